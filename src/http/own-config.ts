import { stringify } from 'yaml'
import type {
  ConfigProblem,
  ConfigRefused,
  ConfigSaved,
  ConfigText,
  ConfigVersion,
  ConfigWarning,
} from '../core/config-port.ts'
import type { Reach } from './reach.ts'

/** What is left of answers for whoever reaches only some tenants. */
export function ownConfig(reach: Reach) {
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
