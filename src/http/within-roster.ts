import type { ConfigRefused, ConfigSaved } from '../core/config-port.ts'
import type { RosterPort } from '../core/roster-port.ts'
import { ownConfig } from './own-config.ts'
import type { Reach } from './reach.ts'

/** The roster of tenants that are reached as a whole; any other is none. */
export function rosterWithin(roster: RosterPort, reach: Reach): RosterPort {
  if (reach.isEverything) return roster
  const own = ownConfig(reach)
  const has = (tenant: string) => reach.hasTenant(tenant)
  const none = (tenant: string): ConfigRefused => {
    return { refused: 'missing', detail: `There is no tenant "${tenant}".` }
  }
  /** What is said of other tenants, and of the hub, is not for these. Problems are of the one that was edited. */
  const hush = (refusal: ConfigRefused): ConfigRefused => {
    return refusal.refused === 'problems' ? refusal : own.refusal(refusal, undefined)
  }
  const change = async <Saved extends ConfigSaved>(
    tenant: string,
    work: () => Promise<Saved | ConfigRefused>,
  ): Promise<Saved | ConfigRefused> => {
    if (!has(tenant)) return none(tenant)
    const result = await work()
    return 'refused' in result ? hush(result) : { ...result, ...own.saved(result) }
  }
  return {
    tenants: () => roster.tenants().filter(has),
    view: (tenant) => (has(tenant) ? roster.view(tenant) : undefined),
    coverage: async (query) => (has(query.tenant) ? roster.coverage(query) : undefined),
    places: async (query) => (has(query.tenant) ? roster.places(query) : undefined),
    link: (link, wish) => change(link.tenant, () => roster.link(link, wish)),
    hide: (person, wish) => change(person.tenant, () => roster.hide(person, wish)),
    table: (tenant) => (has(tenant) ? roster.table(tenant) : undefined),
    previewTable: (tenant, csv) => {
      if (!has(tenant)) return none(tenant)
      const report = roster.previewTable(tenant, csv)
      return 'refused' in report ? hush(report) : report
    },
    takeTable: (tenant, csv, wish) => change(tenant, () => roster.takeTable(tenant, csv, wish)),
  }
}
