import type { AlertPort } from '../core/alert.ts'
import type { LinkLatency } from '../core/latency.ts'
import type { PauseAnswer, PausePort, PauseSubject } from '../core/pause.ts'
import type { HubPort, PersonView } from '../core/view.ts'
import type { WebhookChoice, WebhookPort } from '../core/webhook-port.ts'
import type { HealthDetails } from '../core/workings.ts'
import type { Reach } from './reach.ts'
import { wholeTenants } from './within-hub.ts'

/** What is wrong with the machine, and how people are told, is for whoever runs the hub. */
export function alertsWithin(alerts: AlertPort, reach: Reach): AlertPort {
  if (reach.isEverything) return alerts
  return {
    current: (tenant) =>
      alerts.current(tenant).filter((one) => one.tenant !== undefined && reach.hasTenant(one.tenant)),
    channels: () => [],
  }
}

export type LatencyOf = (tenant: string | undefined) => readonly LinkLatency[]

export function latencyWithin(latency: LatencyOf, reach: Reach): LatencyOf {
  if (reach.isEverything) return latency
  return (tenant) => latency(tenant).filter((link) => reach.hasTenant(link.tenant))
}

/** Undefined: of every tenant. */
export type HealthOf = (tenant: string | undefined) => Promise<HealthDetails>

/** What waits in the hub as a whole is for whoever runs it. */
export function healthWithin(health: HealthOf, reach: Reach): HealthOf {
  if (reach.isEverything) return health
  return async (tenant) => {
    const { systems } = await health(tenant)
    return { queues: [], systems: systems.filter((one) => reach.hasTenant(one.tenant)) }
  }
}

export function webhooksWithin(webhooks: WebhookPort, reach: Reach): WebhookPort {
  if (reach.isEverything) return webhooks
  return {
    list: (tenant) => webhooks.list(tenant).filter((one) => reach.hasTenant(one.tenant)),
    failed: (choice) => webhooks.failed(choice).filter((one) => reach.hasTenant(one.tenant)),
    deliveries: ({ limit, ...choice }) =>
      webhooks
        .deliveries(choice)
        .filter((one) => reach.hasTenant(one.tenant))
        .slice(0, limit),
    tellAgain: async (tenant, webhook) =>
      reach.hasTenant(tenant) ? webhooks.tellAgain(tenant, webhook) : undefined,
    test: async (tenant, webhook) => (reach.hasTenant(tenant) ? webhooks.test(tenant, webhook) : undefined),
    replay: async (choice: WebhookChoice) => {
      let replayed = 0
      for (const tenant of wholeTenants(reach, choice.tenant)) {
        replayed += await webhooks.replay({ ...choice, tenant })
      }
      return replayed
    },
  }
}

/** `hub` is within the same reach. */
export function pausesWithin(
  pauses: PausePort<PersonView>,
  { hub, reach }: { readonly hub: HubPort; readonly reach: Reach },
): PausePort<PersonView> {
  if (reach.isEverything) return pauses
  const place = (who: PauseSubject): PauseSubject | undefined => {
    if ('key' in who) {
      const person = hub.person(who.key, who.tenant)
      return person && { key: person.id, tenant: person.tenant }
    }
    const among = wholeTenants(reach, who.tenant)
    return among.length > 0 ? { ...who, among } : undefined
  }
  const nobody: PauseAnswer<PersonView> = { refused: 'nobody' }
  return {
    pause: async (who, wish) => {
      const found = place(who)
      return found ? pauses.pause(found, wish) : nobody
    },
    resume: async (who, link) => {
      const found = place(who)
      return found ? pauses.resume(found, link) : nobody
    },
  }
}
