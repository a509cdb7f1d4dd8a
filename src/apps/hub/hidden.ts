import type { TenantConfig } from '../../config/resolved.ts'
import type { RunningTenant } from './port.ts'

/** Whom a tenant hides: from every viewer, or from those of these groups. By id. */
type Hidden = ReadonlyMap<string, 'everyone' | ReadonlySet<string>>

/** Whether a tenant's configuration hides a person from who looks with a token of this viewer group. */
export type Hides = (
  person: { readonly tenant: string; readonly id: string },
  viewer: string | undefined,
) => boolean

const known = new WeakMap<TenantConfig, Hidden>()

/** From whom a tenant hides a person, by id; undefined from nobody. */
export function hiddenFrom(config: TenantConfig, id: string): 'everyone' | ReadonlySet<string> | undefined {
  if (!config.hidden?.length) return undefined
  let hidden = known.get(config)
  if (!hidden) {
    hidden = listHidden(config)
    known.set(config, hidden)
  }
  return hidden.get(id)
}

/** Tenants by id, wherever they run. */
export type ConfiguredTenants = Pick<ReadonlyMap<string, Pick<RunningTenant, 'config'>>, 'get'>

/** Follows the configuration in force, which may change while the hub runs. */
export function createHides(tenants: ConfiguredTenants): Hides {
  return ({ tenant, id }, viewer) => {
    const config = tenants.get(tenant)?.config
    const from = config && hiddenFrom(config, id)
    return from === 'everyone' || (from !== undefined && viewer !== undefined && from.has(viewer))
  }
}

/** The groups that the configuration in force gives a person. */
export function createGroupsOf(tenants: ConfiguredTenants) {
  const known = new WeakMap<TenantConfig, ReadonlyMap<string, readonly string[]>>()
  return ({ tenant, id }: { readonly tenant: string; readonly id: string }): readonly string[] => {
    const config = tenants.get(tenant)?.config
    if (!config) return []
    let groups = known.get(config)
    if (!groups) {
      groups = new Map(config.people.map((person) => [person.upn.toLowerCase(), person.groups ?? []]))
      known.set(config, groups)
    }
    return groups.get(id) ?? []
  }
}

/** Ids are UPNs in lower case. */
function listHidden({ hidden = [], people }: TenantConfig): Hidden {
  const found = new Map<string, 'everyone' | Set<string>>()
  for (const rule of hidden) {
    const ofGroups = people.filter(({ groups }) => groups?.some((group) => rule.groups.includes(group)))
    for (const upn of [...rule.people, ...ofGroups.map((person) => person.upn)]) {
      const id = upn.toLowerCase()
      const before = found.get(id)
      if (rule.viewers.length === 0 || before === 'everyone') found.set(id, 'everyone')
      else found.set(id, new Set([...(before ?? []), ...rule.viewers]))
    }
  }
  return found
}
