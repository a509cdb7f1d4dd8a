import { stringify } from 'yaml'
import type {
  ConfigItem,
  ConfigPort,
  ConfigProblem,
  ConfigRefused,
  ConfigSaved,
  ConfigText,
  ConfigVersion,
  ConfigWarning,
} from '../core/config-port.ts'
import type { Reach } from './reach.ts'

/**
 * The configuration as if nothing but the tenants that are reached were there: what belongs to the hub, whole texts and
 * keys are for its operators. Versions are those that changed these tenants.
 */
export function configWithin(port: ConfigPort, reach: Reach): ConfigPort {
  if (reach.isEverything) return port
  const within = withinOf(reach)
  const refuse = async () => forOperators
  /** What is wished for one tenant; another one is like none. */
  const change = async (tenant: string, work: () => Promise<ConfigSaved | ConfigRefused>) => {
    const config = port.read().config
    if (!within.has(tenant, config)) return noTenant(tenant)
    const result = await work()
    return 'refused' in result ? within.refusal(result, config) : within.saved(result)
  }
  return {
    source: port.source,
    read: () => {
      const view = port.read()
      const text = within.text(view.config)
      if (view.source === 'file') return { source: 'file', ...text }
      const newest = port.versions().find(within.concerns)
      return { source: 'stored', ...(newest ? within.version(newest) : { version: 0 }), ...text }
    },
    schemas: () => port.schemas(),
    versions: () => port.versions().filter(within.concerns).map(within.version),
    version: async (version) => {
      const found = await port.version(version)
      if (!found || !within.concerns(found)) return undefined
      const differences = found.differences.filter(({ tenant }) => reach.hasTenant(tenant))
      return { ...within.version(found), ...within.text(found.config), differences }
    },
    put: (item, value, wish) =>
      change(item.tenant, () => port.put(item, value, { ...wish, onlyTenant: item.tenant })),
    delete: (item: ConfigItem, wish) =>
      change(item.tenant, () => port.delete(item, { ...wish, onlyTenant: item.tenant })),
    rollBackTenant: (tenant, version, wish) =>
      change(tenant, async () => {
        const past = port.versions().find((one) => one.version === version)
        if (!past?.tenants?.includes(tenant)) return noVersion(version)
        return port.rollBackTenant(tenant, version, { ...wish, onlyTenant: tenant })
      }),
    trial: async (place, settings) => {
      const { config } = port.read()
      if (!within.has(place.tenant, config)) return noTenant(place.tenant)
      const found = await port.trial({ ...place, onlyTenant: place.tenant }, settings)
      return 'refused' in found ? within.refusal(found, config) : found
    },
    signIn: (place, grant, wish) => {
      const { tenant } = place
      const bound = { onlyTenant: tenant }
      return change(tenant, () => port.signIn({ ...place, ...bound }, grant, { ...wish, ...bound }))
    },
    checkItem: (item, value) => {
      const { config } = port.read()
      if (!within.has(item.tenant, config)) return noTenant(item.tenant)
      const found = port.checkItem(item, value, item.tenant)
      if ('refused' in found) return within.refusal(found, config)
      return { problems: within.problems(found.problems, config), warnings: within.warnings(found.warnings) }
    },
    links: (tenant) => (within.has(tenant, port.read().config) ? port.links(tenant) : noTenant(tenant)),
    tryLinks: async (trial, who) => {
      const { config } = port.read()
      if (!within.has(trial.tenant, config)) return noTenant(trial.tenant)
      const report = await port.tryLinks(trial, who)
      return 'refused' in report ? within.refusal(report, config) : report
    },
    check: () => forOperators,
    save: refuse,
    rollback: refuse,
    rotateKeys: refuse,
  }
}

const forOperators: ConfigRefused = { refused: 'missing', detail: 'This is for the operators of the hub.' }

const noTenant = (id: string): ConfigRefused => ({
  refused: 'missing',
  detail: `There is no tenant "${id}".`,
})

const noVersion = (version: number): ConfigRefused => {
  return { refused: 'missing', detail: `There is no version ${version}.` }
}

/** What is left of answers for whoever reaches only some tenants. */
function withinOf(reach: Reach) {
  const own = (config: unknown) => tenantsOf(config).filter(({ id }) => reach.hasTenant(id))
  const ownWarnings = (warnings: readonly ConfigWarning[]) =>
    warnings.filter(({ tenant }) => reach.hasTenant(tenant))
  const ownProblems = (problems: readonly ConfigProblem[], config: unknown): readonly ConfigProblem[] => {
    const told = problems.map((problem) => ownProblem(problem, tenantsOf(config), own(config)))
    // Several that are elsewhere say no more than one.
    return [...new Map(told.map((problem) => [JSON.stringify(problem), problem])).values()]
  }
  return {
    has: (tenant: string, config: unknown) => own(config).some(({ id }) => id === tenant),
    text: (whole: unknown): ConfigText => {
      const config = { tenants: own(whole).map(({ value }) => value) }
      return { config, yaml: stringify(config) }
    },
    concerns: ({ tenants }: ConfigVersion) => tenants?.some((id) => reach.hasTenant(id)) ?? false,
    version: ({ version, at, author, comment, tenants }: ConfigVersion): ConfigVersion => {
      return { version, at, author, comment, tenants: tenants?.filter((id) => reach.hasTenant(id)) ?? [] }
    },
    saved: ({ version, added, changed, removed, warnings }: ConfigSaved): ConfigSaved => ({
      version,
      added: added.filter((id) => reach.hasTenant(id)),
      changed: changed.filter((id) => reach.hasTenant(id)),
      removed: removed.filter((id) => reach.hasTenant(id)),
      afterRestart: [],
      warnings: ownWarnings(warnings),
    }),
    problems: ownProblems,
    warnings: ownWarnings,
    refusal: ({ refused, detail, problems }: ConfigRefused, config: unknown): ConfigRefused => ({
      ...{ refused, detail: inOtherWords[refused] ?? detail },
      ...(problems && { problems: ownProblems(problems, config) }),
    }),
  }
}

/** Sentences that tell of files, of other tenants, or of the whole hub. */
const inOtherWords: Partial<Record<ConfigRefused['refused'], string>> = {
  readOnly:
    'The configuration comes from a file that the operators of this hub keep. Ask them for the change.',
  failed: 'The hub could not take it over. Ask an operator: its log says why.',
  problems: 'This cannot be saved.',
}

interface Placed {
  readonly id: string
  readonly value: unknown
}

function tenantsOf(config: unknown): readonly Placed[] {
  const { tenants } = (config ?? {}) as { readonly tenants?: unknown }
  return (Array.isArray(tenants) ? tenants : []).map((value: unknown) => {
    return { id: String((value as { readonly id?: unknown } | null)?.id), value }
  })
}

/** A problem with the place where its reader has the tenant; what is wrong elsewhere is not told. */
function ownProblem(
  { path, message, fix }: ConfigProblem,
  all: readonly Placed[],
  own: readonly Placed[],
): ConfigProblem {
  const [, index, rest = ''] = /^tenants\[(\d+)\](.*)$/.exec(path) ?? []
  const here = index === undefined ? -1 : own.findIndex(({ id }) => id === all[Number(index)]?.id)
  if (here < 0) {
    return {
      path: '',
      message: 'does not fit a part of this hub that only its operators see',
      fix: 'Ask an operator.',
    }
  }
  // Which viewers tokens have is no matter of one tenant.
  const isOfHub = /^\.hidden\[\d+\]\.viewers/.test(rest)
  return { path: `tenants[${here}]${rest}`, message, ...(fix !== undefined && !isOfHub && { fix }) }
}
