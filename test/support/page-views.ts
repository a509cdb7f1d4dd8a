import type { PeoplePage, PeopleQuery, PersonView } from '../../src/core/view.ts'

/** As the hub pages, for scripted hubs: of finished views, in the order they are given. */
export function pageViews(
  people: Iterable<PersonView>,
  { tenant, text, offset, limit, except }: PeopleQuery,
): PeoplePage {
  const wanted = text?.toLowerCase() ?? ''
  const found = [...people].filter((person) => {
    const addresses = person.systems.flatMap((system) => system.addresses)
    const words = [person.displayName, person.upn, ...addresses]
    return (
      !except?.(person) &&
      (tenant === undefined || person.tenant === tenant) &&
      words.some((word) => word.toLowerCase().includes(wanted))
    )
  })
  return { people: found.slice(offset, offset + limit), total: found.length }
}
