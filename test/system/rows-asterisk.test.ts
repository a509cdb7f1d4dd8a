import { beforeAll, describe, expect, test } from 'vitest'
import { type Act, type ExpectedRow, expectedRows, type Mode } from './rows/fixture.ts'
import { type Case, type Result, runCases } from './rows/run.ts'

/** A busy machine needs long for hundreds of people, milliseconds. */
const busyMs = 600_000

/** What a phone system that knows nothing but do not disturb shows of an expected value. */
const projected = (state: string) =>
  state.startsWith('doNotDisturb/') ? 'doNotDisturb/doNotDisturb' : 'available/available'

/** Of the acts at a phone: do not disturb on and off, and plain calls. */
function canDo(act: Act | undefined): boolean {
  if (act?.choose !== undefined && !/^(doNotDisturb|available)\//.test(act.choose)) return false
  return act?.leg === undefined || (act.leg.party !== 'unknown' && !act.leg.featureCode)
}

function forAsterisk(row: ExpectedRow): ExpectedRow | undefined {
  if (row.direction.includes('crm') || !canDo(row.act) || !canDo(row.before)) return undefined
  if (row.direction === 'phone to teams') return row
  const { shownBefore, shown } = row
  if (typeof shown !== 'string') return undefined
  return { ...row, shown: projected(shown), ...(shownBefore && { shownBefore: projected(shownBefore) }) }
}

/** The same expected values with a PBX that has a do not disturb and calls, and no other state: the rest is not shown. */
describe('rows at Asterisk', () => {
  const mode: Mode = 'observed'
  const cases: Case[] = expectedRows.flatMap((row) => {
    const fitting = forAsterisk(row)
    return fitting ? row.presets.map((preset) => ({ row: fitting, preset })) : []
  })
  let results: readonly Result[] = []
  beforeAll(async () => {
    results = await runCases(cases, mode, { pbx: 'asterisk' })
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
