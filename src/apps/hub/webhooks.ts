import { randomUUID } from 'node:crypto'
import type { ResolvedConfig, TenantConfig } from '../../config/resolved.ts'
import { signedHeaders } from '../../connectors/kit/standard-webhooks.ts'
import type { HubPort, PersonView } from '../../core/view.ts'
import { veilPerson } from '../../http/veil.ts'
import { OutgoingWebhooks } from '../../webhooks/outgoing.ts'
import type { Subscription } from '../../webhooks/subscription.ts'
import type { Parts } from './systems.ts'

/** Outgoing webhooks of every tenant; in works council mode nobody is told what single systems say. */
export function createWebhooks(config: ResolvedConfig, hub: HubPort, parts: Parts): OutgoingWebhooks {
  const { clock, store, log, metrics, random } = parts
  const discreet = new Set(config.tenants.filter(({ history }) => history?.worksCouncil).map(({ id }) => id))
  const asSeen = (person: PersonView) => (discreet.has(person.tenant) ? veilPerson(person) : person)
  return new OutgoingWebhooks({
    ...{ clock, store, log, metrics, random },
    fetch: globalThis.fetch,
    sign: signedHeaders,
    nextId: randomUUID,
    subscriptions: config.tenants.flatMap(subscriptionsOf),
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
