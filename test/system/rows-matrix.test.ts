import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { presence } from '../../src/core/presence.ts'
import { type Act, modes } from './rows/fixture.ts'
import { type RowsWorld, startRowsWorld } from './rows/world.ts'

/** A busy machine needs long for hundreds of people, milliseconds. */
const busyMs = 600_000

/** Every pair Teams can show, and what the phone system shows for it by way of the CRM, written down by hand. */
const inTeams: readonly {
  readonly pair: string
  readonly act: Act
  readonly shown: string
  readonly kind: Kind
}[] = [
  { pair: 'Available', act: { status: 'Available/Available' }, shown: 'available/available', kind: 'choice' },
  { pair: 'Busy', act: { status: 'Busy/Busy' }, shown: 'away/away', kind: 'choice' },
  {
    pair: 'Do not disturb',
    act: { status: 'DoNotDisturb/DoNotDisturb' },
    shown: 'doNotDisturb/doNotDisturb',
    kind: 'choice',
  },
  { pair: 'Be right back', act: { status: 'BeRightBack/BeRightBack' }, shown: 'away/away', kind: 'choice' },
  { pair: 'Away', act: { status: 'Away/Away' }, shown: 'away/away', kind: 'choice' },
  { pair: 'Appear offline', act: { status: 'Offline/OffWork' }, shown: 'away/away', kind: 'choice' },
  { pair: 'In a call', act: { client: 'Busy/InACall' }, shown: 'away/away', kind: 'condition' },
  {
    pair: 'In a conference call',
    act: { client: 'Busy/InAConferenceCall' },
    shown: 'away/away',
    kind: 'condition',
  },
  { pair: 'In a meeting', act: { client: 'Busy/InAMeeting' }, shown: 'away/away', kind: 'condition' },
  {
    pair: 'Presenting',
    act: { client: 'DoNotDisturb/Presenting' },
    shown: 'doNotDisturb/doNotDisturb',
    kind: 'condition',
  },
  {
    pair: 'Focusing',
    act: { client: 'DoNotDisturb/Focusing' },
    shown: 'doNotDisturb/doNotDisturb',
    kind: 'condition',
  },
  { pair: 'Offline', act: { client: null }, shown: 'available/available', kind: 'nothing' },
]

/** A choice is a change by a person; a condition stands while it lasts; signed out says nothing. */
type Kind = 'choice' | 'condition' | 'nothing'

const inCrm = [
  presence('away', 'away'),
  presence('doNotDisturb', 'doNotDisturb'),
  presence('available', 'available'),
]
const nameOf = (state: (typeof inCrm)[number]) => `${state.availability}/${state.activity}`

/** Of the two changes the latest by a person; a call or meeting in Teams stands above it while it lasts. */
function expected(one: (typeof inTeams)[number], chosen: string, order: 'Teams first' | 'CRM first'): string {
  if (one.kind === 'condition') return one.shown
  return one.kind === 'choice' && order === 'CRM first' ? one.shown : chosen
}

const cases = inTeams.flatMap((one) =>
  inCrm.flatMap((state) =>
    (['Teams first', 'CRM first'] as const).map((order) => ({ one, chosen: nameOf(state), state, order })),
  ),
)
const links = (['crm to phone', 'phone to crm', 'teams to crm', 'teams to phone'] as const).map(
  (direction) => {
    const [from, to] = direction.split(' to ')
    return { from, to, preset: '3cx-crm' }
  },
)

const matrix =
  'UN-30, UN-31, UN-32, UN-33, UN-34, UN-36, X-10: phone system, CRM and Teams, every pair in both orders'

describe.each(modes)(`${matrix}, Teams aggregates as %s`, (mode) => {
  let world: RowsWorld
  const during: string[] = []
  const after: string[] = []
  let teamsWrites: readonly unknown[] = []

  beforeAll(async () => {
    world = await startRowsWorld([{ id: 't', people: cases.map((_, index) => `p${index}`), links }], mode)
    await world.pass(2_000)
    // So that a chosen Available, and one chosen in the CRM, are changes that can be seen.
    for (const [index, { one }] of cases.entries()) {
      const other = one.pair === 'Be right back' ? 'Away/Away' : 'BeRightBack/BeRightBack'
      world.act(`p${index}`, 'teams', { status: other })
    }
    await world.pass(8_000)
    for (const [index, { one }] of cases.entries()) {
      if (one.kind !== 'choice') world.act(`p${index}`, 'teams', { status: null })
    }
    await world.pass(8_000)
    const change = (side: 'Teams first' | 'CRM first') => {
      for (const [index, { one, state, order }] of cases.entries()) {
        if (order === side) world.act(`p${index}`, 'teams', one.act)
        else world.crm.choose(`p${index}`, state)
      }
    }
    change('Teams first')
    await world.pass(10_000)
    change('CRM first')
    await world.pass(12_000)
    during.push(...cases.map((_, index) => world.shown(`p${index}`, 'phone')))
    for (const [index, { one }] of cases.entries()) {
      if (one.kind !== 'choice') world.act(`p${index}`, 'teams', { client: 'Available/Available' })
    }
    await world.pass(15_000)
    after.push(...cases.map((_, index) => world.shown(`p${index}`, 'phone')))
    teamsWrites = world.lab.requests.since(0).filter(({ path }) => /presence\/(set|clear)/.test(path))
  }, busyMs)
  afterAll(() => world.stop())

  test.each(cases.map((one, index) => ({ ...one, index, pair: one.one.pair })))(
    '$pair and $chosen in the CRM, $order',
    ({ one, chosen, order, index }) => {
      expect(during[index]).toBe(expected(one, chosen, order))
    },
  )

  test.each(
    cases
      .map((one, index) => ({ ...one, index, pair: one.one.pair }))
      .filter(({ one }) => one.kind !== 'choice')
      // What equals what the hub shows there already is no change that can be seen.
      .filter(({ one, chosen, order }) => order === 'CRM first' || one.shown !== chosen),
  )('$pair ends: $chosen of the CRM is shown again ($order)', ({ chosen, index }) => {
    expect(after[index]).toBe(chosen)
  })

  test('UN-32, UN-33: nothing goes to Teams', () => {
    expect(teamsWrites).toEqual([])
  })
})
