import type { ResolvedConfig } from '../../config/resolved.ts'
import type { AlertPort } from '../../core/alert.ts'
import type { LinkLatency } from '../../core/latency.ts'
import type { PausePort } from '../../core/pause.ts'
import type { SelfPort } from '../../core/self-port.ts'
import type { TabPort } from '../../core/tab-port.ts'
import type { HubPort, PersonView } from '../../core/view.ts'
import type { WebhookPort } from '../../core/webhook-port.ts'
import type { HealthDetails } from '../../core/workings.ts'
import { createAlerts } from './alerts.ts'
import { createHealth } from './health.ts'
import { viewLatency } from './latency.ts'
import { createPausePort } from './pauses.ts'
import type { RunningTenant } from './port.ts'
import type { MachineProblems } from './problems/machine.ts'
import type { Seat } from './seat.ts'
import { createSelfPort } from './self.ts'
import type { Parts } from './systems.ts'
import { createTabPort } from './tab.ts'
import { keepOwnSessions, shareSessions } from './tab-sessions.ts'
import { VisitBook } from './visit-book.ts'
import { createWebhooks } from './webhooks.ts'

/** What the API offers beside presence itself. */
export interface DutyPorts {
  readonly alerts: AlertPort
  readonly pauses: PausePort<PersonView>
  readonly webhooks: WebhookPort
  readonly self: SelfPort
  readonly tab: TabPort
  readonly latency: (tenant: string | undefined) => readonly LinkLatency[]
  readonly health: (tenant: string | undefined) => Promise<HealthDetails>
}

export interface DutyParts {
  readonly tenants: ReadonlyMap<string, RunningTenant>
  readonly parts: Parts
  readonly hub: HubPort
  readonly machine: MachineProblems
  /** Among several hubs. */
  readonly seat: Seat | undefined
}

export interface Duties {
  readonly ports: DutyPorts
  readonly visits: VisitBook
  start(): Promise<void>
  /** The configuration has changed. */
  renew(): Promise<void>
  stop(): Promise<void>
}

/** Alerts, pauses, outgoing webhooks and latency of a running hub. */
export function createDuties(config: ResolvedConfig, duty: DutyParts): Duties {
  const { tenants, parts, hub, machine, seat } = duty
  const sessions = seat ? shareSessions(parts.store, parts.clock) : keepOwnSessions(parts.clock)
  const alerts = createAlerts(config.alerts, { ...parts, tenants, machine, seat })
  const visits = new VisitBook(parts.store, parts.clock)
  const webhooks = createWebhooks({ tenants, hub, parts })
  return {
    visits,
    ports: {
      alerts,
      webhooks,
      self: createSelfPort({ tenants, parts, visits }),
      tab: createTabPort({ tenants, parts, sessions }),
      pauses: createPausePort({ tenants, parts, hub }),
      latency: (tenant) => viewLatency(parts.engine, tenant),
      health: createHealth({ tenants, parts }),
    },
    start: async () => {
      await alerts.start()
      await webhooks.start()
    },
    renew: () => webhooks.renew(),
    stop: async () => {
      await webhooks.stop()
      await alerts.stop()
    },
  }
}
