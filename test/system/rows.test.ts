import { beforeAll, describe, expect, test } from 'vitest'
import { expectedRows, modes, shownIn } from './rows/fixture.ts'
import { type Case, type Result, runCases } from './rows/run.ts'

/** A busy machine needs long for hundreds of people, milliseconds. */
const busyMs = 600_000

/**
 * Every mapping row over the wire: the lab's Teams, a phone system and a CRM by HTTP, and the hub between them with the
 * preset as it stands. Both readings of how Teams aggregates.
 */
for (const mode of modes) {
  describe(`rows, Teams aggregates as ${mode}`, () => {
    const cases: Case[] = expectedRows.flatMap((row) => row.presets.map((preset) => ({ row, preset })))
    let results: readonly Result[] = []
    beforeAll(async () => {
      results = await runCases(cases, mode)
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
