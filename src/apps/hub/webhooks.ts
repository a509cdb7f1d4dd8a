import { randomUUID } from 'node:crypto'
import type { TenantConfig } from '../../config/resolved.ts'
import { signedHeaders } from '../../connectors/kit/standard-webhooks.ts'
import type { HubPort, PersonView } from '../../core/view.ts'
import { veilPerson } from '../../http/veil.ts'
import { OutgoingWebhooks } from '../../webhooks/outgoing.ts'
import type { Subscription } from '../../webhooks/subscription.ts'
import type { RunningTenant } from './port.ts'
import type { Parts } from './systems.ts'

export interface WebhookParts {
  readonly tenants: ReadonlyMap<string, RunningTenant>
  readonly hub: HubPort
  readonly parts: Parts
}

/** Outgoing webhooks of every tenant; in works council mode nobody is told what single systems say. */
export function createWebhooks({ tenants, hub, parts }: WebhookParts): OutgoingWebhooks {
  const { clock, store, log, metrics, random, outbound } = parts
  const isDiscreet = (tenant: string) => tenants.get(tenant)?.config.history?.worksCouncil ?? false
  const asSeen = (person: PersonView) => (isDiscreet(person.tenant) ? veilPerson(person) : person)
  return new OutgoingWebhooks({
    ...{ clock, store, log, metrics, random },
    fetch: outbound.fetch,
    sign: signedHeaders,
    nextId: randomUUID,
    subscriptions: () => [...tenants.values()].flatMap(({ config }) => subscriptionsOf(config)),
    people: (tenant) => hub.people(tenant).map(asSeen),
    watch: (listener) => hub.watch((person) => listener(asSeen(person))),
  })
}

function subscriptionsOf(tenant: TenantConfig): Subscription[] {
  return (tenant.webhooks ?? []).map(({ id, url, secrets, people, groups, systems }) => ({
    ...{ tenant: tenant.id, id, url, secrets, systems },
    people: people.length + groups.length > 0 ? chosenPeople(tenant, { people, groups }) : undefined,
  }))
}

function chosenPeople(
  tenant: TenantConfig,
  { people, groups }: { readonly people: readonly string[]; readonly groups: readonly string[] },
): ReadonlySet<string> {
  const grouped = tenant.people.filter((person) => person.groups?.some((group) => groups.includes(group)))
  return new Set([...people, ...grouped.map(({ upn }) => upn)].map((upn) => upn.toLowerCase()))
}
