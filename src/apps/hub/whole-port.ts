import type { Mirror } from '../../cluster/mirror.ts'
import type { HubPort, PeopleQuery, PersonView } from '../../core/view.ts'

export interface WholeParts {
  /** What runs here. */
  readonly local: HubPort
  /** What runs elsewhere. */
  readonly mirror: Mirror
  /** Every tenant, in the order of the configuration. */
  readonly tenants: () => readonly string[]
  readonly isElsewhere: (tenant: string) => boolean
}

/**
 * All tenants for whoever looks at one hub of several. What concerns one tenant that is elsewhere is asked there before it
 * comes here, apart from looking; of an act on everybody each hub does its part.
 */
export function createWholePort(parts: WholeParts): HubPort {
  const { local, mirror, tenants, isElsewhere } = parts
  const chosen = (tenant: string | undefined) => (tenant === undefined ? tenants() : [tenant])
  const away = (tenant: string | undefined) => chosen(tenant).filter(isElsewhere)
  const find = (key: string, tenant: string | undefined): PersonView | undefined => {
    for (const one of chosen(tenant)) {
      const found = isElsewhere(one) ? mirror.person(one, key.toLowerCase()) : local.person(key, one)
      if (found) return found
    }
    return undefined
  }
  return {
    ...local,
    tenants,
    people: (tenant) => [...local.people(tenant), ...away(tenant).flatMap((one) => mirror.people(one))],
    page(query) {
      const people: PersonView[] = []
      let total = 0
      for (const tenant of chosen(query.tenant)) {
        const rest = {
          ...{ ...query, tenant, offset: Math.max(0, query.offset - total) },
          limit: query.limit - people.length,
        }
        const found = isElsewhere(tenant) ? cutViews(mirror.people(tenant), rest) : local.page(rest)
        people.push(...found.people)
        total += found.total
      }
      return { people, total }
    },
    *present() {
      yield* local.present()
      for (const tenant of away(undefined)) yield* mirror.people(tenant)
    },
    person: find,
    connectors(tenant) {
      const others = mirror
        .connectors()
        .filter((one) => isElsewhere(one.tenant) && (tenant === undefined || one.tenant === tenant))
      // Whichever hub is asked: a page that asks again must not find everything in another place.
      const places = new Map(tenants().map((one, place) => [one, place]))
      const placeOf = (one: { readonly tenant: string }) => places.get(one.tenant) ?? places.size
      return [...local.connectors(tenant), ...others].sort((a, b) => placeOf(a) - placeOf(b))
    },
    watch(listener) {
      const stops = [local.watch(listener), mirror.watch(listener)]
      return () => {
        for (const stop of stops) stop()
      }
    },
  }
}

function cutViews(people: readonly PersonView[], { text, offset, limit, except }: PeopleQuery) {
  const wanted = text?.toLowerCase()
  const found = people.filter(
    (person) => !except?.(person) && (wanted === undefined || isNamed(person, wanted)),
  )
  return { people: found.slice(offset, offset + limit), total: found.length }
}

function isNamed({ displayName, upn, systems }: PersonView, text: string): boolean {
  const names = [displayName, upn, ...systems.flatMap(({ addresses }) => addresses)]
  return names.some((name) => name.toLowerCase().includes(text))
}
