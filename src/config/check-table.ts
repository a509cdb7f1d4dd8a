import type { Manifest, WriteSlot } from '../core/connector.ts'
import { OFFLINE, type Presence, parsePresence, presenceName, UNKNOWN } from '../core/presence.ts'
import type { Path } from './problem.ts'
import type { HookswitchConfig } from './schema.ts'
import type { SchemaProblem } from './schema-error.ts'
import { suggest } from './suggest.ts'

type WrittenLink = HookswitchConfig['tenants'][number]['links'][number]
type WrittenRow = NonNullable<WrittenLink['table']>[number]

/** What is known of the two ends of a link; undefined where the type or the settings do not tell. */
export interface TableEnds {
  readonly source: Manifest | undefined
  /** Write slots of the target. */
  readonly slots: readonly WriteSlot[] | undefined
}

/** Faults of the rows of a table that was written by hand. */
export function checkTable(rows: readonly WrittenRow[], at: Path, ends: TableEnds): readonly SchemaProblem[] {
  return rows.flatMap((row, index) => [
    ...checkWhen(row, [...at, index, 'when'], ends.source),
    ...checkState(row, [...at, index, 'state'], ends.slots),
  ])
}

/** Long absence cannot sign anybody out of a system that has neither a logout nor an Offline to be set. */
export function checkSignOut(
  link: WrittenLink,
  at: Path,
  slots: readonly WriteSlot[] | undefined,
): readonly SchemaProblem[] {
  if (link.signOutAfter === undefined || slots === undefined) return []
  if (slots.some(({ states, signsOut }) => signsOut || states.includes(OFFLINE))) return []
  const possible = list(slots.flatMap(({ states }) => states))
  return [
    {
      path: [...at, 'signOutAfter'],
      message: `signs people out at ${link.to}, which has no logout and cannot be set to Offline`,
      fix: `Remove it. Possible there: ${possible}.`,
    },
  ]
}

function list(states: readonly Presence[]): string {
  return states.map(presenceName).join(', ')
}

function checkState(
  row: WrittenRow,
  path: Path,
  slots: readonly WriteSlot[] | undefined,
): readonly SchemaProblem[] {
  if (row.act !== 'set') {
    if (row.state === undefined) return []
    return [{ path, message: `has no meaning with act: ${row.act}`, fix: 'Remove it, or write act: set.' }]
  }
  if (row.state === undefined) {
    return [{ path, message: 'is missing', fix: 'With act: set say which state, such as busy/inACall.' }]
  }
  const state = parsePresence(row.state)
  if (!state) {
    const fix = 'Write availability/activity, such as busy/inACall or doNotDisturb/doNotDisturb.'
    return [{ path, message: 'is not a state', fix }]
  }
  const settable = slots?.flatMap((slot) => slot.states) ?? []
  if (slots === undefined || settable.includes(state)) return []
  const near = suggest(row.state, settable.map(presenceName))
  const possible = `Possible there: ${list(settable)}.`
  return [
    {
      path,
      message: `is ${presenceName(state)}, which cannot be set at the target`,
      fix: near === undefined ? possible : `Did you mean ${near}? ${possible}`,
    },
  ]
}

/** Refuses a row that can never match. */
function checkWhen(row: WrittenRow, path: Path, source: Manifest | undefined): readonly SchemaProblem[] {
  const { availability, activity } = row.when ?? {}
  const shown = source && shownBy(source)
  if (!source || !shown || (!availability && !activity)) return []
  const fits = ({ availability: a, activity: b }: Presence) =>
    (availability ?? a) === a && (activity ?? b) === b
  if (shown.some(fits)) return []
  return [
    {
      path,
      message: `asks for ${[availability, activity].filter(Boolean).join('/')}, which ${source.title} never shows`,
      fix: `Possible there: ${list(shown)}.`,
    },
  ]
}

/** Everything that a source can show; undefined where that cannot be listed. */
function shownBy({ states, alsoShows = [], facets }: Manifest): readonly Presence[] | undefined {
  if (alsoShows === 'any') return undefined
  return [...states, ...alsoShows, ...(facets.includes('presence') ? [UNKNOWN] : [])]
}
