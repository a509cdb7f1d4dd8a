import type { SitePort } from '../core/site-port.ts'
import { HttpProblem } from './problem.ts'
import type { Reach } from './reach.ts'

/** Sites of tenants that the caller reaches whole, and no other. */
export function sitesWithin(sites: SitePort, reach: Reach): SitePort {
  if (reach.isEverything) return sites
  return {
    list: async (tenant) => (await sites.list(tenant)).filter((site) => reach.hasTenant(site.tenant)),
    issueCode: async (wish, who) => {
      if (reach.hasTenant(wish.tenant)) return sites.issueCode(wish, who)
      throw new HttpProblem(404, `There is no tenant "${wish.tenant}".`)
    },
    revoke: async (tenant, name, who) => reach.hasTenant(tenant) && sites.revoke(tenant, name, who),
  }
}
