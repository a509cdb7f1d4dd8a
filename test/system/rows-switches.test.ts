import { afterEach, describe, expect, test } from 'vitest'
import type { DialogFacet } from '../../src/core/observation.ts'
import { AVAILABLE, AWAY } from '../../src/core/presence.ts'
import type { Mode } from './rows/fixture.ts'
import { type PersonOf, type RowsWorld, startRowsWorld } from './rows/world.ts'

const settledMs = 17_000
const leg = (more: Partial<DialogFacet> = {}) => ({
  leg: 'a',
  state: 'confirmed' as const,
  direction: 'outbound' as const,
  party: 'external' as const,
  ...more,
})

let world: RowsWorld
afterEach(() => world.stop())

const toTeams = (link: Record<string, unknown> = {}) => ({ from: 'phone', to: 'teams', ...link })
const toPhone = (link: Record<string, unknown> = {}) => ({ from: 'teams', to: 'phone', ...link })

async function start(
  links: readonly Record<string, unknown>[],
  { mode = 'observed' as Mode, people = ['anna'] as readonly (string | PersonOf)[] } = {},
) {
  world = await startRowsWorld([{ id: 't', people, links }], mode)
  await world.pass(2_000)
}

const teams = () => world.shown('anna', 'teams')
const phone = () => world.shown('anna', 'phone')

describe('what a link writes for a call', () => {
  test('X-08, UN-02: silenceTeams writes Presenting for the length of the call, and nothing without it', async () => {
    await start([toTeams({ silenceTeams: true }), toPhone()])
    world.act('anna', 'phone', { leg: leg() })
    await world.passUntil(() => teams() === 'DoNotDisturb/Presenting', 4_000)
    expect(teams()).toBe('DoNotDisturb/Presenting')
    // Our own Presenting is no reason to silence the phone.
    await world.pass(settledMs, () => expect(phone()).toBe('available/available'))
    world.act('anna', 'phone', { hangup: true })
    await world.passUntil(() => teams() === 'Available/Available', 4_000)
    expect(teams()).toBe('Available/Available')
  })

  test('X-07, UN-12, CT-18: callsAs busy writes the status Busy in the place of a session', async () => {
    await start([toTeams({ preset: 'connecttoteams', callsAs: 'busy' })])
    world.act('anna', 'phone', { leg: leg() })
    await world.passUntil(() => teams() === 'Busy/Busy', 4_000)
    expect(teams()).toBe('Busy/Busy')
    await world.pass(settledMs)
    world.act('anna', 'phone', { hangup: true })
    await world.passUntil(() => teams() === 'Available/Available', 4_000)
    expect(teams()).toBe('Available/Available')
  })

  test('SW-33, X-09: clearAvailable takes a chosen Available away for the call, and no other choice', async () => {
    const people = ['anna', 'ben']
    await start([toTeams({ preset: 'swyx', clearAvailable: true })], { mode: 'documented', people })
    world.act('anna', 'teams', { status: 'Available/Available' })
    world.act('ben', 'teams', { status: 'Busy/Busy' })
    await world.pass(8_000)
    for (const person of people) world.act(person, 'phone', { leg: leg() })
    await world.pass(40_000)
    expect([teams(), world.shown('ben', 'teams')]).toEqual(['Busy/InACall', 'Busy/Busy'])
  })
})

describe('filters', () => {
  const filtered = async (link: Record<string, unknown>, more: Partial<DialogFacet>) => {
    await start([toTeams(link)])
    world.act('anna', 'phone', { leg: leg(more) })
    await world.pass(5_000)
    return teams()
  }

  test.each([
    [
      'X-14: calls through a queue, left out',
      { queue: false },
      { through: 'queue' as const },
      'Available/Available',
    ],
    ['X-14: calls through a queue, counted', {}, { through: 'queue' as const }, 'Busy/InACall'],
    ['X-14: star codes, left out', {}, { featureCode: true }, 'Available/Available'],
    ['X-14: star codes, counted', { starCodes: true }, { featureCode: true }, 'Busy/InACall'],
    [
      'X-14: an unknown party, left out',
      { parties: ['external'] },
      { party: 'unknown' as const },
      'Available/Available',
    ],
    [
      'X-15: ringing, counted',
      { ringing: true },
      { state: 'early' as const, direction: 'inbound' as const },
      'Busy/InACall',
    ],
    ['X-15: dialling, left out', { offHook: false }, { state: 'trying' as const }, 'Available/Available'],
  ])('%s', async (_, link, more, shown) => {
    expect(await filtered(link, more)).toBe(shown)
  })

  test('G-05: a call shorter than the minimum length is never shown; a longer one ends after the grace', async () => {
    await start([toTeams({ minimumLength: 10, grace: 20 })])
    const seen = new Set<string>()
    world.act('anna', 'phone', { leg: leg() })
    await world.pass(7_000, () => seen.add(teams()))
    world.act('anna', 'phone', { hangup: true })
    await world.pass(30_000, () => seen.add(teams()))
    expect([...seen]).toEqual(['Available/Available'])
    world.act('anna', 'phone', { leg: leg({ leg: 'b' }) })
    await world.passUntil(() => teams() === 'Busy/InACall', 15_000)
    world.act('anna', 'phone', { hangup: true })
    await world.pass(16_000, () => expect(teams()).toBe('Busy/InACall'))
    await world.passUntil(() => teams() === 'Available/Available', 8_000)
    expect(teams()).toBe('Available/Available')
  })
})

describe('whom a link covers', () => {
  const people = [
    { name: 'anna', optedIn: true, groups: ['sales'] },
    { name: 'ben', groups: ['sales'] },
    { name: 'chiara', optedIn: true },
  ]
  const covered = async (link: Record<string, unknown>) => {
    await start([toTeams(link)], { people })
    for (const { name } of people) world.act(name, 'phone', { leg: leg() })
    await world.pass(5_000)
    return people.filter(({ name }) => world.shown(name, 'teams') === 'Busy/InACall').map(({ name }) => name)
  }

  test.each([
    ['VO-11: everyone, where the link says nothing else', {}, ['anna', 'ben', 'chiara']],
    ['UN-08, VO-11: a preset for a group', { groups: ['sales'], preset: 'connecttoteams' }, ['anna', 'ben']],
    ['a list', { people: ['Chiara@rows.example'] }, ['chiara']],
    ['CT-09, CT-13, VO-17: who opted in', { optedInOnly: true }, ['anna', 'chiara']],
    ['who opted in of a group', { groups: ['sales'], optedInOnly: true }, ['anna']],
  ])('%s', async (_, link, expected) => {
    expect(await covered(link)).toEqual(expected)
  })

  test('CT-14: who opts out is let go, what was written is taken back; who opts in again in mid-call is shown again', async () => {
    const links = [toTeams({ optedInOnly: true })]
    await start(links, { people })
    world.act('anna', 'phone', { leg: leg() })
    await world.passUntil(() => teams() === 'Busy/InACall', 4_000)
    const out = people.map((person) => ({ ...person, optedIn: person.name !== 'anna' }))
    await world.restart([{ id: 't', people: out, links }])
    await world.passUntil(() => teams() === 'Available/Available', 60_000)
    expect(teams()).toBe('Available/Available')
    await world.restart([{ id: 't', people, links }])
    await world.passUntil(() => teams() === 'Busy/InACall', 60_000)
    expect(teams()).toBe('Busy/InACall')
  })
})

describe('what stands', () => {
  test('CT-15, UN-09, UN-10: a direction without a link carries nothing', async () => {
    await start([toTeams({ preset: 'connecttoteams' })])
    world.act('anna', 'teams', { status: 'DoNotDisturb/DoNotDisturb' })
    await world.pass(settledMs, () => expect(phone()).toBe('available/available'))
    expect(world.phone.requests).toEqual([])
  })

  test('SW-29: the text a person has set in a phone client is never touched', async () => {
    await start([toTeams({ preset: 'swyx' }), toPhone({ preset: 'swyx' })])
    world.phone.write('anna', 'Back at three')
    for (const status of ['Away/Away', 'DoNotDisturb/DoNotDisturb', 'BeRightBack/BeRightBack', null]) {
      world.act('anna', 'teams', { status })
      await world.pass(8_000)
      expect(world.phone.text('anna')).toBe('Back at three')
    }
    expect(world.phone.requests.length).toBeGreaterThan(2)
    expect(new Set(world.phone.requests.map(({ body }) => Object.keys(body as object).join()))).toEqual(
      new Set(['state']),
    )
  })

  test('X-09: what a person does at the phone stands above a meeting that began before it, unless told otherwise', async () => {
    const meeting = [{ when: { activity: 'inAMeeting' }, act: 'set', state: 'away/away' }]
    for (const manualWins of [true, false]) {
      await start([toPhone({ table: meeting, manualWins })])
      world.act('anna', 'teams', { client: 'Busy/InAMeeting' })
      await world.passUntil(() => phone() === 'away/away', 8_000)
      await world.pass(5_000)
      world.phone.choose('anna', AVAILABLE)
      await world.pass(10_000)
      expect(phone()).toBe(manualWins ? 'available/available' : 'away/away')
      if (manualWins) await world.stop()
    }
  })

  test('X-09: Away of an idle computer changes nothing where idleness is ignored', async () => {
    await start([toPhone({ preset: 'swyx', ignoreIdle: true })])
    world.act('anna', 'teams', { client: 'Away/Away' })
    await world.pass(10_000, () => expect(phone()).toBe('available/available'))
    world.act('anna', 'teams', { client: 'Available/Available', status: 'DoNotDisturb/DoNotDisturb' })
    await world.passUntil(() => phone() === 'doNotDisturb/doNotDisturb', 8_000)
    expect(phone()).toBe('doNotDisturb/doNotDisturb')
  })

  test('X-16, G-04: at the end what was found comes back, or is only cleared', async () => {
    const call = [{ when: { activity: 'inACall' }, act: 'set', state: 'doNotDisturb/doNotDisturb' }]
    for (const atEnd of ['restore', 'clear']) {
      await start([toPhone({ table: call, atEnd })])
      world.phone.choose('anna', AWAY)
      await world.pass(5_000)
      world.act('anna', 'teams', { client: 'Busy/InACall' })
      await world.passUntil(() => phone() === 'doNotDisturb/doNotDisturb', 8_000)
      await world.pass(settledMs)
      world.act('anna', 'teams', { client: 'Available/Available' })
      await world.pass(10_000)
      expect(phone()).toBe(atEnd === 'restore' ? 'away/away' : 'available/available')
      if (atEnd === 'restore') await world.stop()
    }
  })

  test('observe only decides and writes nothing', async () => {
    await start([toPhone({ preset: 'swyx', observeOnly: true })])
    world.act('anna', 'teams', { status: 'DoNotDisturb/DoNotDisturb' })
    await world.pass(10_000)
    expect(world.phone.requests).toEqual([])
  })
})
