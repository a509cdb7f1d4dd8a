import { type Act, type ExpectedRow, expectedRows } from './rows/fixture.ts'
import { describePhoneRows, withDoNotDisturbOnly } from './rows/phone-rows.ts'

/** Of the acts at a phone: do not disturb on and off, and plain calls. */
function canDo(act: Act | undefined): boolean {
  if (act?.choose !== undefined && !/^(doNotDisturb|available)\//.test(act.choose)) return false
  return act?.leg === undefined || (act.leg.party !== 'unknown' && !act.leg.featureCode)
}

function forAsterisk(row: ExpectedRow): ExpectedRow | undefined {
  if (row.direction.includes('crm') || !canDo(row.act) || !canDo(row.before)) return undefined
  return withDoNotDisturbOnly(row)
}

/** The same expected values with a PBX that has a do not disturb and calls, and no other state: the rest is not shown. */
describePhoneRows('rows at Asterisk', {
  pbx: 'asterisk',
  rows: expectedRows.flatMap((row) => forAsterisk(row) ?? []),
})
