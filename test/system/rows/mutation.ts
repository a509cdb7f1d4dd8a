import { matchRow, type RowInput } from '../../../src/core/policy.ts'
import { AWAY, DO_NOT_DISTURB, IN_A_CALL, parsePresence, samePresence } from '../../../src/core/presence.ts'
import { presets } from '../../../src/presets/catalog.ts'
import type { Direction, PresetRow, PresetTable } from '../../../src/presets/preset.ts'
import { type ExpectedRow, type Mode, shownIn } from './fixture.ts'
import type { Case } from './run.ts'

/** One row of one preset, changed, and the first expected value that has to notice. */
export interface Mutation {
  readonly preset: string
  readonly direction: Direction
  readonly row: PresetRow
  readonly index: number
  /** Undefined when no expected value meets the row. */
  readonly noticedBy: Case | undefined
}

/** What the table is asked when the act of an expected value has happened; undefined where it is not asked. */
export function inputOf({ before, act, direction }: ExpectedRow): RowInput | undefined {
  const blank = { chosen: 'unknown', outOfOffice: false } as const
  if (!direction.startsWith('teams')) {
    const state = act.choose === undefined ? act.leg && IN_A_CALL : parsePresence(act.choose)
    return state && { ...blank, state }
  }
  const { status, client = 'Available/Available', outOfOffice = false } = { ...before, ...act }
  const pair = client === null ? 'Offline/Offline' : (status ?? client)
  const shown = outOfOffice && pair === 'Available/Available' ? 'Available/OutOfOffice' : pair
  const state = parsePresence(shown.replace('PresenceUnknown/PresenceUnknown', 'unknown/unknown'))
  return state && { ...blank, state, outOfOffice }
}

function meets(row: ExpectedRow, table: PresetTable, index: number): boolean {
  const input = inputOf(row)
  // A call that the filters keep out asks nothing.
  if (!input || (row.act.leg && row.unchanged)) return false
  return matchRow(table.rows, input).row === index
}

/** The row shows something else than this. */
function change(row: PresetRow, expected: string): PresetRow {
  const shown = parsePresence(expected)!
  const state = samePresence(shown, AWAY) ? DO_NOT_DISTURB : AWAY
  return { label: row.label, when: row.when, act: 'set', state }
}

/** One change of every row of every table; tables that several directions share are changed once. */
export function listMutations(expected: readonly ExpectedRow[], mode: Mode): readonly Mutation[] {
  const seen = new Set<PresetTable>()
  return Object.values(presets).flatMap(({ id, directions }) =>
    (Object.entries(directions) as [Direction, PresetTable][]).flatMap(([direction, table]) => {
      if (seen.has(table)) return []
      seen.add(table)
      return table.rows.map((row, index): Mutation => {
        const found = expected.find(
          (one) => one.presets.includes(id) && one.direction === direction && meets(one, table, index),
        )
        const rows = found && table.rows.with(index, change(row, shownIn(found, mode)))
        return {
          ...{ preset: id, direction, row, index },
          noticedBy: found &&
            rows && {
              row: found,
              preset: id,
              changed: { name: `${direction.replaceAll(' ', '-')}-${index}`, rows },
            },
        }
      })
    }),
  )
}
