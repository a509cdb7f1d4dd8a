import type { ConfigRefused, ConfigSaved } from '../core/config-port.ts'
import type { RosterPort } from '../core/roster-port.ts'
import type { Reach } from './reach.ts'

/** The roster of tenants that are reached as a whole; any other is none. */
export function rosterWithin(roster: RosterPort, reach: Reach): RosterPort {
  if (reach.isEverything) return roster
  const has = (tenant: string) => reach.hasTenant(tenant)
  const none = (tenant: string): ConfigRefused => {
    return { refused: 'missing', detail: `There is no tenant "${tenant}".` }
  }
  /** What is said of other tenants is not for these. */
  const own = <Saved extends ConfigSaved>(saved: Saved | ConfigRefused) =>
    'refused' in saved ? saved : { ...saved, warnings: saved.warnings.filter(({ tenant }) => has(tenant)) }
  return {
    tenants: () => roster.tenants().filter(has),
    view: (tenant) => (has(tenant) ? roster.view(tenant) : undefined),
    coverage: async (query) => (has(query.tenant) ? roster.coverage(query) : undefined),
    places: async (query) => (has(query.tenant) ? roster.places(query) : undefined),
    link: async (link, wish) => (has(link.tenant) ? own(await roster.link(link, wish)) : none(link.tenant)),
    hide: async (person, wish) =>
      has(person.tenant) ? own(await roster.hide(person, wish)) : none(person.tenant),
    table: (tenant) => (has(tenant) ? roster.table(tenant) : undefined),
    previewTable: (tenant, csv) => (has(tenant) ? roster.previewTable(tenant, csv) : none(tenant)),
    takeTable: async (tenant, csv, wish) =>
      has(tenant) ? roster.takeTable(tenant, csv, wish) : none(tenant),
  }
}
