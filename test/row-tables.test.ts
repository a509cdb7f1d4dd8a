import { expect, test } from 'vitest'
import { matchRow } from '../src/core/policy.ts'
import { type Chosen, parsePresence, presenceName } from '../src/core/presence.ts'
import { presets } from '../src/presets/catalog.ts'
import { expectedRows } from './system/rows/fixture.ts'
import { inputOf } from './system/rows/mutation.ts'
import { listTableChanges, outcomeOf, type TableChange, whoNotices } from './system/rows/table-changes.ts'

/** The pairs that Microsoft Graph documents, by availability. */
const pairs: Readonly<Record<string, readonly string[]>> = {
  available: ['available', 'outOfOffice'],
  busy: ['busy', 'inACall', 'inAConferenceCall', 'inAMeeting'],
  doNotDisturb: ['doNotDisturb', 'presenting', 'focusing', 'urgentInterruptionsOnly'],
  away: ['away', 'outOfOffice'],
  beRightBack: ['beRightBack'],
  offline: ['offline', 'offWork', 'outOfOffice'],
  unknown: ['unknown'],
}
const states = Object.entries(pairs).flatMap(([availability, activities]) =>
  activities.map((activity) => parsePresence(`${availability}/${activity}`)!),
)
const inputs = states.flatMap((state) =>
  [false, true].flatMap((outOfOffice) =>
    (['yes', 'no', 'unknown'] as const satisfies readonly Chosen[]).map((chosen) => ({
      ...{ state, outOfOffice, chosen },
    })),
  ),
)

/** A change that makes the same of everything is none. */
const isChange = ({ before, after }: TableChange) =>
  inputs.some((input) => outcomeOf(before, input) !== outcomeOf(after, input))

// Over the wire test/system/rows.test.ts holds the same expected values, and rows-mutation.test.ts what a row does.
test('a row taken out, put after the next, or asked for less: an expected value notices each of them', () => {
  const changes = listTableChanges().filter(isChange)
  expect(changes.length).toBeGreaterThan(200)
  const unnoticed = changes.filter((change) => !whoNotices(change, expectedRows))
  expect(unnoticed.map(({ preset, direction, name }) => `${preset}, ${direction}: ${name}`)).toEqual([])
})

test('each state of Teams that a row writes to the phone for has an expected value of its own', () => {
  const missing = Object.values(presets).flatMap(({ id, directions }) => {
    const rows = directions['teams to phone']?.rows ?? []
    const expected = expectedRows.flatMap((row) => {
      if (!row.presets.includes(id) || row.direction !== 'teams to phone') return []
      const state = inputOf(row)?.state
      return state ? [presenceName(state)] : []
    })
    return states
      .filter((state) => matchRow(rows, { state, outOfOffice: false, chosen: 'unknown' }).act === 'set')
      .map(presenceName)
      .filter((name) => !expected.includes(name))
      .map((name) => `${id}: ${name}`)
  })
  expect(missing).toEqual([])
})
