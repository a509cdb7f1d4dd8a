import type { HubPort, PersonView, ReleaseReport } from '../core/view.ts'
import type { Reach } from './reach.ts'

/** The hub as if nothing but what is reached were there. */
export function hubWithin(hub: HubPort, reach: Reach): HubPort {
  if (reach.isEverything) return hub
  const find: HubPort['person'] = (key, tenant) => personWithin(hub, reach, { key, tenant })
  return {
    ready: () => hub.ready(),
    tenants: () => hub.tenants().filter((one) => reach.hasTenant(one)),
    people: (tenant) => hub.people(tenant).filter((person) => reach.has(person)),
    page: (query) =>
      hub.page({
        ...query,
        except: (person) => !reach.has(person) || (query.except?.(person) ?? false),
      }),
    *present() {
      for (const person of hub.present()) if (reach.has(person)) yield person
    },
    person: find,
    explain: async (key, tenant) => {
      const person = find(key, tenant)
      return person && hub.explain(person.id, person.tenant)
    },
    reachability: (key, tenant) => {
      const person = find(key, tenant)
      return person && hub.reachability(person.id, person.tenant)
    },
    ring: (question) => {
      const among = wholeTenants(reach, question.tenant)
      return among.length > 0 ? hub.ring({ ...question, among }) : undefined
    },
    connectors: (tenant) => hub.connectors(tenant).filter((one) => reach.hasTenant(one.tenant)),
    resync: (tenant, connector) => reach.hasTenant(tenant) && hub.resync(tenant, connector),
    resyncPerson: (key, tenant) => {
      const person = find(key, tenant)
      return person !== undefined && hub.resyncPerson(person.id, person.tenant)
    },
    putSignal: async (at, signal) => {
      const person = find(at.key, at.tenant)
      return person && hub.putSignal({ ...at, key: person.id, tenant: person.tenant }, signal)
    },
    deleteSignal: async (at) => {
      const person = find(at.key, at.tenant)
      if (!person) return false
      return hub.deleteSignal({ ...at, key: person.id, tenant: person.tenant })
    },
    release: (key, tenant) => releaseWithin(hub, { key, tenant, find, reach }),
    checkConnectors: async (tenant) => {
      const asked = wholeTenants(reach, tenant).map((one) => hub.checkConnectors(one))
      return (await Promise.all(asked)).flat()
    },
    watch: (listener) =>
      hub.watch((change) => {
        if (reach.has(change)) listener(change)
      }),
  }
}

/** Somebody who is reached; others are as if they were not there. */
export function personWithin(
  hub: Pick<HubPort, 'person'>,
  reach: Reach | undefined,
  { key, tenant }: { readonly key: string; readonly tenant?: string | undefined },
): PersonView | undefined {
  if (!reach || reach.isEverything) return hub.person(key, tenant)
  for (const owner of reach.tenants(tenant)) {
    const person = hub.person(key, owner)
    if (person && reach.has(person)) return person
  }
  return undefined
}

/** Those that are reached with all that is in them. */
export function wholeTenants(reach: Reach, asked: string | undefined): readonly string[] {
  return reach.tenants(asked).filter((tenant) => reach.hasTenant(tenant))
}

interface Release {
  readonly key: string
  readonly tenant: string | undefined
  readonly find: HubPort['person']
  readonly reach: Reach
}

async function releaseWithin(hub: HubPort, { key, tenant, find, reach }: Release): Promise<ReleaseReport> {
  if (key !== 'all') {
    const person = find(key, tenant)
    return person ? hub.release(person.id, person.tenant) : { released: [], remaining: 0 }
  }
  const reports = await Promise.all(wholeTenants(reach, tenant).map((one) => hub.release('all', one)))
  return {
    released: reports.flatMap(({ released }) => released),
    remaining: reports.reduce((sum, { remaining }) => sum + remaining, 0),
  }
}
