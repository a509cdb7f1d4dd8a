import type { LinkConfig, TenantConfig } from '../../config/resolved.ts'
import type { Link, Policy } from '../../core/policy.ts'
import { defaultCalls, defaultPolicy, defaultRows, defaultSwitches } from '../../core/policy.ts'
import { isDoNotDisturb } from '../../core/presence.ts'
import { apiId } from './systems.ts'

/** The links of a tenant, from the configuration and the default table. */
export function tenantPolicy(tenant: TenantConfig, writable: readonly string[]): Policy {
  const links = tenant.links.map(configuredLink)
  const spoken = tenant.links.some((link) => link.from === apiId)
  return { ...defaultPolicy, links: spoken ? links : [...links, ...writable.map(apiLink)] }
}

function configuredLink(link: LinkConfig): Link {
  const rows = link.table ?? defaultRows
  return {
    id: `${link.from} to ${link.to}`,
    from: link.from,
    to: link.to,
    rows:
      link.dnd === 'follow'
        ? rows
        : rows.filter((row) => row.act !== 'set' || !row.state || !isDoNotDisturb(row.state)),
    calls: {
      ...defaultCalls,
      offHook: link.offHook,
      ringing: link.ringing,
      external: link.parties.includes('external'),
      internal: link.parties.includes('internal'),
      unknownParty: link.parties.includes('unknown'),
    },
    graceMs: link.grace * 1000,
    ...defaultSwitches,
    observeOnly: link.observeOnly,
  }
}

/** What an external system says is shown everywhere, unless the configuration has links from `api` of its own. */
function apiLink(to: string): Link {
  return {
    id: `${apiId} to ${to}`,
    from: apiId,
    to,
    rows: defaultRows,
    calls: defaultCalls,
    graceMs: 0,
    ...defaultSwitches,
  }
}
