import { matchRow } from '../../../src/core/policy.ts'
import { presenceName } from '../../../src/core/presence.ts'
import { presets } from '../../../src/presets/catalog.ts'
import type { Direction, PresetRow, PresetTable } from '../../../src/presets/preset.ts'
import type { ExpectedRow } from './fixture.ts'
import { inputOf } from './mutation.ts'

/** One table that is not the preset's any more. */
export interface TableChange {
  readonly name: string
  readonly preset: string
  readonly direction: Direction
  readonly before: readonly PresetRow[]
  readonly after: readonly PresetRow[]
}

/** Each row taken out, each two neighbours swapped, and each condition of a row dropped. */
function changesOf(rows: readonly PresetRow[]): readonly (readonly [string, readonly PresetRow[]])[] {
  return rows.flatMap((row, index) => {
    const named = (what: string) => `row ${index + 1} (${row.label}) ${what}`
    const next = rows[index + 1]
    const keys = Object.keys(row.when) as (keyof PresetRow['when'])[]
    return [
      [named('taken out'), rows.toSpliced(index, 1)] as const,
      ...(next ? [[named('after the next'), rows.with(index, next).with(index + 1, row)] as const] : []),
      ...keys.map((key) => {
        const { [key]: _, ...when } = row.when
        return [named(`without ${key}`), rows.with(index, { ...row, when })] as const
      }),
    ]
  })
}

/** Rows that several presets or directions share are changed once. */
export function listTableChanges(): readonly TableChange[] {
  const seen = new Set<readonly PresetRow[]>()
  return Object.values(presets).flatMap(({ id, directions }) =>
    (Object.entries(directions) as [Direction, PresetTable][]).flatMap(([direction, { rows }]) => {
      if (seen.has(rows)) return []
      seen.add(rows)
      return changesOf(rows).map(([name, after]) => ({ name, preset: id, direction, before: rows, after }))
    }),
  )
}

/** What the table makes of an input; where no row fits, what was written is taken back. */
export function outcomeOf(rows: readonly PresetRow[], input: Parameters<typeof matchRow>[1]): string {
  const { act, state } = matchRow(rows, input)
  return act === 'set' && state ? `set ${presenceName(state)}` : act
}

/** The expected value that such a table cannot meet: it makes something else of what the table is asked. */
export function whoNotices(
  { preset, direction, before, after }: TableChange,
  expected: readonly ExpectedRow[],
): ExpectedRow | undefined {
  return expected.find((row) => {
    if (!row.presets.includes(preset) || row.direction !== direction) return false
    // A call that the filters keep out asks nothing.
    const input = row.act.leg && row.unchanged ? undefined : inputOf(row)
    return input !== undefined && outcomeOf(before, input) !== outcomeOf(after, input)
  })
}
