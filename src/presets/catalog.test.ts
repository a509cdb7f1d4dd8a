import { describe, expect, test } from 'vitest'
import { matchRow } from '../core/policy.ts'
import { activities, availabilities, presence, samePresence } from '../core/presence.ts'
import { directionOf, presets, tableOf } from './catalog.ts'
import { composeRows } from './compose.ts'
import { teamsToCrmRows } from './crm-tables.ts'
import type { Direction, PresetTable } from './preset.ts'
import { hold, release, set } from './preset.ts'
import { crmToProfile } from './three-cx.ts'

const tables = Object.values(presets).flatMap(({ id, directions }) =>
  (Object.entries(directions) as [Direction, PresetTable][]).map(([direction, table]) => ({
    id,
    direction,
    table,
  })),
)
const everyPair = availabilities.flatMap((availability) =>
  activities.map((activity) => presence(availability, activity)),
)
const directionsOf = (id: string) => Object.keys(presets[id]!.directions).sort()

test('UN-22, UN-35: the presets that were decided on are there', () => {
  expect(Object.keys(presets).sort()).toEqual(
    [
      'swyx',
      'swyx-via-crm',
      'connecttoteams',
      'netsapiens',
      'vodia',
      '3cx',
      '3cx-crm',
      'standard',
      'mirage',
      'salesforce',
      'webex',
      'default',
    ].sort(),
  )
})

test('X-01, UN-25, X-21: directions are those of each description', () => {
  expect(directionsOf('swyx')).toEqual(['phone to teams', 'teams to phone'])
  expect(directionsOf('swyx-via-crm')).toEqual(['crm to teams', 'teams to crm', 'teams to phone'])
  expect(directionsOf('connecttoteams')).toEqual(['phone to teams'])
  expect(directionsOf('3cx-crm')).toEqual(['crm to phone', 'phone to crm', 'teams to crm', 'teams to phone'])
})

test('UN-19, UN-24: CRM and phone system have no direct link with webex and swyx', () => {
  for (const id of ['webex', 'swyx-via-crm']) {
    expect(directionsOf(id).filter((one) => /crm/.test(one) && /phone/.test(one))).toEqual([])
  }
})

test('X-02, X-03, X-04: the two descriptions of one phone system differ in three rows only', () => {
  const [page, other] = ['swyx', 'swyx-via-crm'].map((id) => presets[id]!.directions['teams to phone']!.rows)
  const differing = page!.filter((row, index) => row.act !== other![index]!.act).map(({ label }) => label)
  expect(differing).toEqual(['Presenting', 'In a meeting', 'Be right back'])
})

test('UN-26, X-06: that phone system is only ever told states that a sync may set there', () => {
  const told = new Set(
    tables
      .filter(({ id, direction }) => id.startsWith('swyx') && direction === 'teams to phone')
      .flatMap(({ table }) => table.rows.flatMap(({ state }) => (state ? [state.activity] : []))),
  )
  expect([...told].sort()).toEqual(['available', 'away', 'doNotDisturb', 'inACall'])
})

test('X-17: delays that were promised are kept with the tables', () => {
  const promise = (id: string, direction: Direction) => presets[id]!.directions[direction]!.promiseMs
  expect(promise('swyx', 'teams to phone')).toBe(5000)
  expect(promise('swyx', 'phone to teams')).toBe(3000)
  expect([promise('mirage', 'teams to crm'), promise('mirage', 'crm to teams')]).toEqual([7000, 7000])
})

describe.each(tables)('$id, $direction', ({ table }) => {
  test('names its source and the day', () => {
    expect(table.source).toMatch(/^https:\/\/|^this project$/)
    expect(table.date).toMatch(/^\d{4}-\d\d-\d\d$/)
  })

  test('has no row that an earlier one hides, and no call that means Available', () => {
    const hit = new Set(
      everyPair.flatMap((state) =>
        [false, true].map(
          (outOfOffice) => matchRow(table.rows, { state, chosen: 'unknown', outOfOffice }).row,
        ),
      ),
    )
    expect(table.rows.filter((_, index) => !hit.has(index)).map(({ label }) => label)).toEqual([])
    const calls = everyPair.filter(({ activity }) => activity === 'inACall')
    const shown = calls.map(
      (state) => matchRow(table.rows, { state, chosen: 'no', outOfOffice: false }).state,
    )
    expect(shown.some((state) => state?.availability === 'available')).toBe(false)
  })
})

describe('a chain in one table', () => {
  test('X-10, UN-34: Teams to phone system is the CRM’s two tables one after the other, for every pair', () => {
    const chain = presets['3cx-crm']!.directions['teams to phone']!.rows
    for (const state of everyPair) {
      for (const outOfOffice of [false, true]) {
        const input = { state, chosen: 'unknown' as const, outOfOffice }
        const first = matchRow(teamsToCrmRows, input)
        const second = first.act === 'set' ? matchRow(crmToProfile, { ...input, state: first.state! }) : first
        const one = matchRow(chain, input)
        expect([one.act, one.state]).toEqual([second.act, second.state])
      }
    }
  })

  test('refuses a second table that asks for more than a state', () => {
    const first = [set('a', {}, presence('away', 'away'))]
    expect(() => composeRows(first, [hold('b', { outOfOffice: true })])).toThrow('the row "b" asks for more')
    expect(composeRows([release('x', {})], first)[0]).toMatchObject({ act: 'release' })
  })
})

test('two systems of one kind follow each other by the default rules', () => {
  expect(directionOf('pbx', 'pbx')).toBeUndefined()
  expect(directionOf('signal', 'collaboration')).toBe('phone to teams')
  expect(tableOf(presets.swyx!, undefined)).toBe(presets.default!.directions['phone to teams'])
  const own = tableOf(presets.swyx!, 'phone to teams').rows[0]!.state!
  expect(samePresence(own, presence('busy', 'inACall'))).toBe(true)
})
