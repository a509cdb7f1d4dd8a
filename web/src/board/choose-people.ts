import type { PersonView } from '../../../src/core/view.ts'
import { words } from '../language/words.ts'
import { personKey } from '../live/board-store.ts'
import { stateLabel } from '../words/state-label.ts'
import type { Grouping } from './group-people.ts'
import { needsAttention, type StateGroup, stateGroup, stateGroups } from './state-kind.ts'

export type Order = 'name' | 'busyFirst' | 'newest'

/** What a person asked to see. An empty set of groups means all. */
export interface Choice {
  readonly search: string
  readonly groups: ReadonlySet<StateGroup>
  readonly tenant: string | undefined
  readonly attention: boolean
  /** Favourites only. */
  readonly favourites: boolean
  readonly order: Order
  readonly grouping: Grouping
}

export const everyone: Choice = {
  search: '',
  groups: new Set(),
  tenant: undefined,
  attention: false,
  favourites: false,
  order: 'name',
  grouping: 'none',
}

export interface Chosen {
  readonly people: readonly PersonView[]
  /** How many of each group there are, under everything but the choice of groups itself. */
  readonly counts: Readonly<Record<StateGroup, number>>
  readonly total: number
  readonly attention: number
  readonly favourites: number
}

const busyness: readonly StateGroup[] = ['call', 'dnd', 'busy', 'away', 'available', 'offline', 'unknown']
const collator = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true })

/** Filters, counts and sorts in one pass: it runs at each change, over thousands of people. `favourites`: their keys. */
export function choosePeople(
  people: Iterable<PersonView>,
  choice: Choice,
  favourites: ReadonlySet<string>,
): Chosen {
  const counts = Object.fromEntries(stateGroups.map((group) => [group, 0])) as Record<StateGroup, number>
  const words = choice.search.toLowerCase().split(/\s+/).filter(Boolean)
  const found: PersonView[] = []
  let total = 0
  let attention = 0
  let starred = 0
  for (const person of people) {
    if (choice.tenant !== undefined && person.tenant !== choice.tenant) continue
    if (words.length > 0 && !matches(person, words)) continue
    const star = favourites.size > 0 && favourites.has(personKey(person))
    if (star) starred += 1
    if (choice.favourites && !star) continue
    const needs = needsAttention(person)
    if (needs) attention += 1
    if (choice.attention && !needs) continue
    const group = stateGroup(person.state)
    counts[group] += 1
    total += 1
    if (choice.groups.size === 0 || choice.groups.has(group)) found.push(person)
  }
  return { people: found.sort(comparisons[choice.order]), counts, total, attention, favourites: starred }
}

function matches(person: PersonView, words: readonly string[]): boolean {
  const text = searchText(person)
  return words.every((word) => text.includes(word))
}

let texts = new WeakMap<PersonView, string>()
let textsIn = words()

function searchText(person: PersonView): string {
  if (textsIn !== words()) {
    textsIn = words()
    texts = new WeakMap()
  }
  let text = texts.get(person)
  if (text === undefined) {
    const addresses = person.systems.flatMap((system) => system.addresses)
    text = [person.displayName, person.upn, stateLabel(person.state), ...addresses].join(' ').toLowerCase()
    texts.set(person, text)
  }
  return text
}

const comparisons: Record<Order, (a: PersonView, b: PersonView) => number> = {
  name: byName,
  busyFirst: (a, b) => rank(a) - rank(b) || byName(a, b),
  newest: (a, b) => (b.state.since ?? 0) - (a.state.since ?? 0) || byName(a, b),
}

function byName(a: PersonView, b: PersonView): number {
  return collator.compare(a.displayName, b.displayName) || (a.id < b.id ? -1 : 1)
}

function rank(person: PersonView): number {
  return person.state.ringing ? -1 : busyness.indexOf(stateGroup(person.state))
}
