import { type ExpectedRow, expectedRows } from './rows/fixture.ts'
import { describePhoneRows } from './rows/phone-rows.ts'

/** 3CX has no state for a user who is signed out, and nothing of the pairs between Teams and CRM is its business. */
function isOfThreeCx({ direction, act, before }: ExpectedRow): boolean {
  const offline = [act, before].some((each) => each?.choose?.startsWith('offline/'))
  return direction.includes('phone') && !(offline && direction.startsWith('phone'))
}

/** The vendor's table and the CRM's matrix, at the real connector and its emulator. */
describePhoneRows('rows at 3CX', {
  pbx: '3cx',
  rows: expectedRows.filter(isOfThreeCx).map((row) => ({
    ...row,
    presets: row.presets.filter((preset) => preset.startsWith('3cx')),
  })),
})
