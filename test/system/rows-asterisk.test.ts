import { type Act, type ExpectedRow, expectedRows } from './rows/fixture.ts'
import { describePhoneRows } from './rows/phone-rows.ts'

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
describePhoneRows('rows at Asterisk', {
  pbx: 'asterisk',
  rows: expectedRows.flatMap((row) => forAsterisk(row) ?? []),
})
