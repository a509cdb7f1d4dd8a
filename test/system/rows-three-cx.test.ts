import { beforeAll, describe, expect, test } from 'vitest'
import { type ExpectedRow, expectedRows, type Mode } from './rows/fixture.ts'
import { type Case, type Result, runCases } from './rows/run.ts'

/** A busy machine needs long for dozens of people, milliseconds. */
const busyMs = 600_000

/** 3CX has no state for a user who is signed out, and nothing of the pairs between Teams and CRM is its business. */
function isOfThreeCx({ direction, act, before }: ExpectedRow): boolean {
  const offline = [act, before].some((each) => each?.choose?.startsWith('offline/'))
  return direction.includes('phone') && !(offline && direction.startsWith('phone'))
}

/** The vendor's table and the CRM's matrix, at the real connector and its emulator. */
describe('rows at 3CX', () => {
  const mode: Mode = 'observed'
  const cases: Case[] = expectedRows
    .filter(isOfThreeCx)
    .flatMap((row) =>
      row.presets.filter((preset) => preset.startsWith('3cx')).map((preset) => ({ row, preset })),
    )
  let results: readonly Result[] = []
  beforeAll(async () => {
    results = await runCases(cases, mode, { pbx: '3cx' })
  }, busyMs)

  test.each(
    cases.map((one, index) => ({
      index,
      title: `${one.row.ids.join(', ')}: ${one.preset}, ${one.row.direction}: ${one.row.about}`,
    })),
  )('$title', ({ index }) => {
    const { case: one, before, after } = results[index]!
    expect(before ?? one.row.shownBefore).toBe(one.row.shownBefore)
    expect(after).toBe(typeof one.row.shown === 'string' ? one.row.shown : one.row.shown[mode])
  })
})
