import type { ConfigItem, ConfigPort, ConfigRefused, ConfigSaved } from '../core/config-port.ts'
import { ownConfig } from './own-config.ts'
import type { Reach } from './reach.ts'

/**
 * The configuration as if nothing but the tenants that are reached were there: what belongs to the hub, whole texts and
 * keys are for its operators. Versions are those that changed these tenants.
 */
export function configWithin(port: ConfigPort, reach: Reach): ConfigPort {
  if (reach.isEverything) return port
  const within = ownConfig(reach)
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
    beginSignIn: (place, wish) => {
      const { tenant } = place
      if (!within.has(tenant, port.read().config)) return noTenant(tenant)
      return port.beginSignIn({ ...place, onlyTenant: tenant }, { ...wish, onlyTenant: tenant })
    },
    // The browser proves itself.
    endSignIn: (came) => port.endSignIn(came),
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
    putPart: refuse,
    checkPart: () => forOperators,
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
