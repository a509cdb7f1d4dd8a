import type { TenantConfig } from '../../config/resolved.ts'
import type { ConnectorContext, Finding } from '../../core/connector.ts'
import type { Clock, Log, Metrics } from '../../core/ports.ts'
import { checkAtSite } from '../../sites/remote-system.ts'
import type { SiteLinks } from '../../sites/site-links.ts'
import { type Registry, registry } from '../registry.ts'
import { type Outbound, openOutbound } from './outbound.ts'
import { Reach } from './reach.ts'
import { assignmentOf } from './site-system.ts'
import type { Parts } from './systems.ts'

export interface CheckParts {
  readonly clock: Clock
  readonly log: Log
  readonly metrics: Metrics
  readonly signal: AbortSignal
  readonly registry?: Registry
  /** Where connections may go; on site where it is left out. */
  readonly outbound?: Outbound
  /** Where a connector keeps what it was given to sign in with; nowhere on the command line. */
  readonly sealedFor?: Parts['sealedFor']
  /** Of the running hub; without it nothing is shared and no system can deliver. */
  readonly reach?: Reach
  /** Of the running hub; without it nothing can be tried at a site. */
  readonly sites?: SiteLinks
}

/** Trial connections of every connector of these tenants, one after the other. */
export async function checkSystems(
  tenants: readonly TenantConfig[],
  parts: CheckParts,
): Promise<{ readonly connector: string; readonly findings: readonly Finding[] }[]> {
  const results: { connector: string; findings: readonly Finding[] }[] = []
  for (const tenant of tenants) {
    for (const connector of tenant.connectors) {
      const { id, type, settings, teamsSync, readOnly, site } = connector
      const definition = (parts.registry ?? registry)[type]
      if (!definition) continue
      if (site !== undefined) {
        const at = { tenant: tenant.id, site, connector: id }
        const findings = parts.sites
          ? await checkAtSite(parts.sites, at, assignmentOf(connector))
          : [elsewhere(site)]
        results.push({ connector: `${tenant.id}/${id}`, findings })
        continue
      }
      const context = {
        ...trialContext(tenant.id, id, parts),
        ...(teamsSync && { teamsSync }),
        ...((readOnly || tenant.consent === 'paired') && { readOnly: true as const }),
      }
      const findings = await definition.check(settings, context)
      results.push({ connector: `${tenant.id}/${id}`, findings })
    }
  }
  return results
}

function elsewhere(site: string): Finding {
  const text = `It runs at the site "${site}", where it is tried: not from here.`
  return { level: 'info', text, fix: 'Try it at the running hub: settings of the connector in the portal.' }
}

/** A context that remembers nothing and tells nobody. */
export function trialContext(tenant: string, connector: string, parts: CheckParts): ConnectorContext {
  const kept = new Map<string, unknown>()
  const reach = parts.reach ?? new Reach()
  const { fetch, network } = parts.outbound ?? openOutbound()
  return {
    tenant,
    connector,
    log: parts.log.with({ tenant, connector }),
    clock: parts.clock,
    metrics: parts.metrics,
    fetch,
    network,
    memory: {
      get: async (key) => kept.get(key),
      set: async (key, value) => void kept.set(key, value),
      delete: async (key) => void kept.delete(key),
    },
    ...(parts.sealedFor && { sealed: parts.sealedFor({ tenant, connector }) }),
    ...reach.contextFor(tenant, connector),
    signal: parts.signal,
    emit: () => {},
    health: () => {},
  }
}
