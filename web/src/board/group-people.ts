import type { PersonView } from '../../../src/core/view.ts'
import { personKey } from '../live/board-store.ts'

export const groupings = ['none', 'tenant', 'system'] as const
export type Grouping = (typeof groupings)[number]

/** A person on the board. Under several systems the same person has several lines, each with its own key. */
export interface PersonLine {
  readonly key: string
  readonly person: PersonView
}

/** The head of a group. */
export interface GroupLine {
  readonly key: string
  readonly title: string
  readonly count: number
}

export type Line = PersonLine | GroupLine

export function isPersonLine(line: Line): line is PersonLine {
  return 'person' in line
}

/** The lines of the board, in the order of the people; groups by their titles. A person without a system is in none. */
export function groupPeople(people: readonly PersonView[], grouping: Grouping): readonly Line[] {
  if (grouping === 'none') return people.map((person) => ({ key: personKey(person), person }))
  const groups = new Map<string, { readonly title: string; readonly lines: PersonLine[] }>()
  for (const person of people) {
    for (const { id, title } of groupsOf(person, grouping)) {
      const group = groups.get(id) ?? { title, lines: [] }
      groups.set(id, group)
      group.lines.push({ key: `${personKey(person)} ${id}`, person })
    }
  }
  return [...groups]
    .sort(([, a], [, b]) => a.title.localeCompare(b.title))
    .flatMap(([id, { title, lines }]) => [{ key: `group ${id}`, title, count: lines.length }, ...lines])
}

function groupsOf({ tenant, systems }: PersonView, grouping: Grouping) {
  if (grouping === 'tenant') return [{ id: tenant, title: tenant }]
  return systems.map(({ connector, title }) => ({ id: `${tenant}/${connector}`, title }))
}
