import { randomUUID } from 'node:crypto'
import { Alerts } from '../../alerts/alerts.ts'
import { createMail } from '../../alerts/mail.ts'
import { createWebhook } from '../../alerts/webhook.ts'
import type { AlertsConfig } from '../../config/alert-schema.ts'
import { signedHeaders } from '../../connectors/kit/standard-webhooks.ts'
import type { Problem } from '../../core/alert.ts'
import type { RunningTenant } from './port.ts'
import { ConnectorOutages } from './problems/connectors.ts'
import { findContests, findSharedSessions } from './problems/contests.ts'
import { Expiries } from './problems/expiries.ts'
import type { MachineProblems } from './problems/machine.ts'
import { RoutingProblems } from './problems/routing.ts'
import { StaleWrites } from './problems/stale-writes.ts'
import { findUnbegun } from './problems/unbegun.ts'
import type { Seat } from './seat.ts'
import { createMemory, type Parts } from './systems.ts'

const minute = 60_000

export interface AlertParts extends Parts {
  readonly tenants: ReadonlyMap<string, RunningTenant>
  readonly machine: MachineProblems
  /** Among several hubs: each remembers what it has told. */
  readonly seat?: Pick<Seat, 'member' | 'unbegun'> | undefined
}

/** For a configuration that is not read from a file; the schema has the same. */
const defaults: AlertsConfig = { webhooks: [], downAfter: 5, staleAfter: 10, expiryDays: 30 }

/** Looks for everything that somebody should know of, and the ways to tell them. */
export function createAlerts(configured: AlertsConfig | undefined, parts: AlertParts): Alerts {
  const config = configured ?? defaults
  const { clock, log, engine, tenants, machine, seat } = parts
  const downAfterMs = config.downAfter * minute
  const expiries = new Expiries({ [Symbol.iterator]: () => tenants.values() })
  const outages = new ConnectorOutages(downAfterMs)
  const stale = new StaleWrites(engine, config.staleAfter * minute)
  const routing = new RoutingProblems(parts)
  routing.find(tenants.values())
  const { fetch } = parts.outbound
  const { mail, quietHours } = config
  return new Alerts({
    clock,
    log,
    memory: createMemory(parts.store, '', seat ? `alerts/${seat.member.node}` : 'alerts'),
    channels: [
      ...(mail ? [createMail(mail)] : []),
      ...config.webhooks.map((webhook) => createWebhook(webhook, { clock, fetch, sign: signedHeaders })),
    ],
    quietHours: quietHours && { ...quietHours, timeZone: quietHours.timeZone },
    earlyMs: downAfterMs + minute,
    nextId: randomUUID,
    problems: async () => {
      const now = clock.wall()
      const problems: Problem[] = [
        ...machine.find(),
        ...routing.find(tenants.values()),
        ...findSharedSessions(engine),
        ...(seat ? findUnbegun(seat, now) : []),
      ]
      for (const tenant of tenants.values()) problems.push(...outages.find(tenant, now))
      for (const actor of engine.people.all()) {
        problems.push(...findContests(engine, actor), ...stale.find(actor))
      }
      problems.push(...(await expiries.find(now, config.expiryDays)))
      return problems
    },
  })
}
