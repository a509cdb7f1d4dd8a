import { expect, it } from 'vitest'
import {
  contribution,
  heardPoint,
  leg,
  link,
  order,
  preferredSlot,
  sessionSlot,
  slotOf,
  teamsPoint,
} from '../../test/support/points.ts'
import { decide } from './decide.ts'
import type { Cause, Contribution } from './ledger.ts'
import { defaultPolicy } from './policy.ts'
import type { Presence } from './presence.ts'
import {
  AVAILABLE,
  AWAY,
  BUSY,
  DO_NOT_DISTURB,
  IN_A_CALL,
  OFFLINE,
  PRESENTING,
  presence,
} from './presence.ts'
import type { Point } from './presentity.ts'
import { projectDecision } from './project.ts'
import { readAggregate } from './read.ts'

const links = [link('teams', 'pbx')]
const cause: Cause = {
  link: 'pbx to teams',
  kind: 'choice',
  at: 0,
  text: 'do not disturb chosen on pbx 1001',
}

function read(point: Point, state: Presence, now: number) {
  return readAggregate(point, { kind: 'presence', state, chosen: 'unknown' }, { now, links, slotOf })
}

/** Do not disturb of the phone, shown as Presenting since 0 beside what the person had chosen in Teams. */
function presenting(change: Partial<Contribution> = {}, chosen = AVAILABLE): Point {
  const session = contribution({ state: PRESENTING, before: chosen, cause, ...change })
  return teamsPoint({ contributions: [session], base: { state: chosen, at: -60_000, by: 'adopted' } })
}

const said = (point: Point) => point.effects?.get('teams to pbx')

it('SW-12: a status picked although our Presenting is shown takes do not disturb back, whichever it is', () => {
  for (const picked of [AVAILABLE, AWAY, BUSY, presence('beRightBack', 'beRightBack')]) {
    const point = presenting()
    expect(read(point, PRESENTING, 10_000)).toBe('echo')
    expect(read(point, picked, 20_000)).toBe('changed')
    expect(said(point)).toMatchObject({ act: 'clear', state: DO_NOT_DISTURB, at: 20_000, origin: 'person' })
    read(point, picked, 40_000)
    expect(said(point)?.at).toBe(20_000)
  }
})

it('what was picked before our Presenting stands beside it, and the next pick takes do not disturb back', () => {
  const point = presenting({}, AWAY)
  expect(read(point, AWAY, 20_000)).toBe('native')
  expect(said(point)).toBeUndefined()
  read(point, BUSY, 30_000)
  expect(said(point)).toMatchObject({ act: 'clear', at: 30_000 })
})

it('a pick seen before our Presenting is settled counts when it is, from when it was seen', () => {
  const point = presenting()
  read(point, BUSY, 5_000)
  expect(said(point)).toBeUndefined()
  for (const now of [16_000, 17_000]) read(point, BUSY, now)
  expect(said(point)).toMatchObject({ act: 'clear', state: DO_NOT_DISTURB, at: 5_000 })
})

it('no pick: a late read, a call, signing out, do not disturb itself, our session over, about to end or in doubt', () => {
  const nothing = (state: Presence, now: number, change: Partial<Contribution> = {}) => {
    const point = presenting(change)
    read(point, PRESENTING, 1_000)
    read(point, state, now)
    expect(said(point)?.act).not.toBe('clear')
  }
  nothing(AVAILABLE, 10_000)
  nothing(IN_A_CALL, 20_000)
  nothing(presence('busy', 'inAMeeting'), 20_000)
  nothing(OFFLINE, 20_000)
  nothing(DO_NOT_DISTURB, 20_000)
  nothing(AWAY, 20_000, { endIntentAt: 19_000 })
  nothing(AWAY, 710_000, { expiresAt: 720_000 })
  nothing(AWAY, 20_000, { doubted: true })
})

it('a session that silences for the length of a call is no choice: a pick above it takes nothing back', () => {
  for (const state of [IN_A_CALL, PRESENTING]) {
    const point = presenting({ state, cause: { ...cause, kind: 'condition' } })
    read(point, state, 10_000)
    read(point, AWAY, 20_000)
    expect(said(point)).toBeUndefined()
  }
})

it('Presenting that a call asks for as well stands for the choice', () => {
  const rows = [{ when: {}, act: 'set', state: PRESENTING }] as const
  const pbx = heardPoint({
    legs: [leg()],
    effects: new Map([
      ['pbx to teams', { act: 'set', state: DO_NOT_DISTURB, at: 1500, row: 0, origin: 'person' }],
    ]),
  })
  const policy = { ...defaultPolicy, links: [link('pbx', 'teams', { rows })] }
  const decision = decide('teams', { points: [pbx], policy, now: 2000, start: 0 })
  const slots = [sessionSlot, { ...preferredSlot, states: preferredSlot.states.slice(1) }]
  const [session] = projectDecision(decision, { point: teamsPoint(), slots, order, openIn: () => undefined })
  expect(session?.wanted).toMatchObject({ act: 'set', state: PRESENTING, voice: { kind: 'choice' } })
  expect(session?.lost).toMatchObject([
    { voice: { kind: 'condition' }, because: 'Do not disturb chosen on pbx 1001 asks for the same' },
  ])
})
