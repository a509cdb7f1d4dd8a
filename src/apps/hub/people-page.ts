import type { PeoplePage, PeopleQuery, PersonView } from '../../core/view.ts'
import type { Actor } from '../../engine/actor.ts'

export interface PageSource {
  /** Everyone of these tenants, in the order of the pages. */
  readonly people: Iterable<Actor>
  /** Whether a person is there for others; not who has left and is only taken back. */
  shows(actor: Actor): boolean
  view(actor: Actor): PersonView
}

/** One page; only its own people are viewed, the rest is passed over by name and address. */
export function cutPage(query: PeopleQuery, { people, shows, view }: PageSource): PeoplePage {
  const text = query.text?.toLowerCase()
  const end = query.offset + query.limit
  const page: PersonView[] = []
  let total = 0
  for (const actor of people) {
    if (!shows(actor) || query.except?.(actor.presentity) || (text !== undefined && !isNamed(actor, text)))
      continue
    if (total >= query.offset && total < end) page.push(view(actor))
    total += 1
  }
  return { people: page, total }
}

function isNamed({ presentity }: Actor, text: string): boolean {
  return (
    presentity.displayName.toLowerCase().includes(text) ||
    presentity.upn.toLowerCase().includes(text) ||
    presentity.points.some(({ address }) => address.toLowerCase().includes(text))
  )
}
