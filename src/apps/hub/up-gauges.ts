import type { Sample, ScrapedMetrics } from '../../observe/metrics.ts'
import type { SiteLinks } from '../../sites/site-links.ts'
import type { RunningTenant } from './port.ts'
import type { Seat } from './seat.ts'
import { apiId } from './systems.ts'

interface UpParts {
  /** Among several hubs. */
  readonly seat?: Pick<Seat, 'configured' | 'isRunning'> | undefined
  /** Those that this hub has: of a tenant only one of several hubs tells. */
  readonly tenants: ReadonlyMap<string, RunningTenant>
  readonly sites: Pick<SiteLinks, 'find'>
}

/** Tells Prometheus which tenants, connectors and sites are up. */
export function tellWhatIsUp(
  metrics: Pick<ScrapedMetrics, 'gauges'>,
  { tenants, sites, seat }: UpParts,
): void {
  metrics.gauges('tenant_up', ['tenant'], () =>
    seat
      ? seat.configured.map(({ id: tenant }) => sampleOf({ tenant }, seat.isRunning(tenant)))
      : [...tenants.keys()].map((tenant) => sampleOf({ tenant }, true)),
  )
  metrics.gauges('connector_up', ['tenant', 'connector'], () => [...tenants.values()].flatMap(connectorsOf))
  metrics.gauges('site_link_up', ['tenant', 'site'], () =>
    [...tenants.values()].flatMap(({ config: { id: tenant, connectors } }) => {
      const names = new Set(connectors.flatMap(({ site }) => site ?? []))
      return [...names].map((site) => sampleOf({ tenant, site }, sites.find(tenant, site) !== undefined))
    }),
  )
}

/** Without those that wait for their first turn to start: nothing is wrong with them. */
function connectorsOf({ config, systems }: RunningTenant): readonly Sample[] {
  return [...systems.values()].flatMap(({ system, supervisor: { health, waits } }) => {
    if (system.id === apiId || waits || health.state === 'stopped') return []
    return [sampleOf({ tenant: config.id, connector: system.id }, health.state === 'up')]
  })
}

function sampleOf(labels: Sample['labels'], isUp: boolean): Sample {
  return { labels, value: isUp ? 1 : 0 }
}
