import { beforeAll, describe, expect, test } from 'vitest'
import { type ExpectedRow, modes, shownIn } from './fixture.ts'
import type { PhoneSystemName } from './phone-systems.ts'
import { type Case, type Result, runCases } from './run.ts'

/** A busy machine needs long for hundreds of people, milliseconds. */
const busyMs = 600_000

const projected = (state: string) =>
  state.startsWith('doNotDisturb/') ? 'doNotDisturb/doNotDisturb' : 'available/available'

/** The row as a phone system shows it that can be set to nothing but do not disturb. */
export function withDoNotDisturbOnly(row: ExpectedRow): ExpectedRow | undefined {
  if (!row.direction.endsWith('to phone')) return row
  const { shownBefore, shown } = row
  if (typeof shown !== 'string') return undefined
  return { ...row, shown: projected(shown), ...(shownBefore && { shownBefore: projected(shownBefore) }) }
}

/** The rows at a phone system's real connector and its emulator, in both readings of how Teams aggregates. */
export function describePhoneRows(
  title: string,
  { pbx, rows }: { readonly pbx: PhoneSystemName; readonly rows: readonly ExpectedRow[] },
): void {
  describe.each(modes)(`${title}, Teams aggregates as %s`, (mode) => {
    const cases: Case[] = rows.flatMap((row) => row.presets.map((preset) => ({ row, preset })))
    let results: readonly Result[] = []
    beforeAll(async () => {
      results = await runCases(cases, mode, { pbx })
    }, busyMs)

    test.each(
      cases.map((one, index) => ({
        index,
        title: `${one.row.ids.join(', ')}: ${one.preset}, ${one.row.direction}: ${one.row.about}`,
      })),
    )('$title', ({ index }) => {
      const { case: one, before, after, steady } = results[index]!
      expect(before ?? one.row.shownBefore).toBe(one.row.shownBefore)
      expect({ after, steady }).toEqual({ after: shownIn(one.row, mode), steady: true })
    })
  })
}
