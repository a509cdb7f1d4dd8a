import { describe, expect, test } from 'vitest'
import { dndSlot, heardPoint, leg, link, order, teamsPoint } from '../../test/support/points.ts'
import { decide } from './decide.ts'
import { forkWindowMs, noteForkedCalls } from './forked-call.ts'
import type { Row } from './policy.ts'
import { defaultPolicy } from './policy.ts'
import type { Presence } from './presence.ts'
import { AVAILABLE, BUSY, DO_NOT_DISTURB, IN_A_CALL, PRESENTING, presence } from './presence.ts'
import type { Leg, Point } from './presentity.ts'
import { projectDecision } from './project.ts'

/** As preset `vodia` has it. */
const silencing: readonly Row[] = [
  { when: { activity: 'inACall' }, act: 'set', state: DO_NOT_DISTURB },
  { when: { availability: 'doNotDisturb' }, act: 'set', state: DO_NOT_DISTURB },
  { when: {}, act: 'release' },
]
const policy = { ...defaultPolicy, links: [link('teams', 'pbx', { rows: silencing })] }

const began = 100_000
const shown = (state: Presence, since = began) => ({
  state,
  chosen: 'unknown' as const,
  outOfOffice: false,
  since,
})
const ringing = (change: Partial<Leg> = {}) => leg({ state: 'early', since: began - 5000, ...change })
const elsewhere = (endedAt: number) => ringing({ state: 'terminated', was: 'early', endedAt })

const isPhone = (point: Point) => point.connector !== 'teams'
/** True when it is judged as a forked one. */
function note(points: readonly Point[], now = began + 500): boolean {
  noteForkedCalls(points, { now, isPhone })
  const { forked } = points[0]!
  return forked !== undefined && forked !== 'no'
}

function wantedAt(phone: Point, points: readonly Point[], now = began + 500) {
  const decision = decide('pbx', { points, policy, now, start: 0 })
  const [plan] = projectDecision(decision, { point: phone, slots: [dndSlot], order, openIn: () => undefined })
  return plan!
}

describe('X-12: a call that the phone system forked and that was taken on the other side', () => {
  test.each([
    ['still rings at the phone', ringing()],
    ['ended at the phone without an answer', elsewhere(began - 800)],
    ['ended at the phone after it was seen on the other side', elsewhere(began + 400)],
    ['ended as long ago as a late read takes', elsewhere(began - forkWindowMs)],
    [
      'is counted at the phone as answered there',
      ringing({ state: 'confirmed', was: 'confirmed', answeredAt: began - 300 }),
    ],
  ])('%s: it does not silence its own line', (_what, rang) => {
    const phone = heardPoint({ legs: [rang] })
    const points = [teamsPoint({ native: shown(IN_A_CALL) }), phone]
    expect(note(points)).toBe(true)
    const plan = wantedAt(phone, points)
    expect(plan.wanted.act).toBe('leave')
    expect(plan.lost[0]!.because).toContain('one call')
  })

  test.each([
    ['nothing rang', []],
    ['it rang long before', [elsewhere(began - forkWindowMs - 1)]],
    ['the person was the caller', [ringing({ direction: 'outbound' })]],
    [
      'the phone had been answered long before',
      [ringing({ state: 'confirmed', was: 'confirmed', answeredAt: began - 60_000 })],
    ],
  ])('%s: it is another call, and silences the phone', (_what, legs) => {
    const phone = heardPoint({ legs })
    const points = [teamsPoint({ native: shown(IN_A_CALL) }), phone]
    expect(note(points)).toBe(false)
    expect(wantedAt(phone, points).wanted).toMatchObject({ act: 'set', state: DO_NOT_DISTURB })
  })

  test('a phone that begins to ring in the middle of a call does not make it a forked one', () => {
    const phone = heardPoint({ legs: [] })
    const points = [teamsPoint({ native: shown(IN_A_CALL) }), phone]
    note(points)
    phone.legs = [ringing({ since: began + 60_000 })]
    expect(note(points, began + 60_000)).toBe(false)
    expect(wantedAt(phone, points, began + 60_000).wanted.act).toBe('set')
  })

  test.each([
    [
      'a leg that nobody answered at the phone',
      ringing({ state: 'terminated', was: 'early', endedAt: began + 60_000 }),
      true,
    ],
    [
      'a call on the phone, in whose shadow another began',
      ringing({ state: 'terminated', was: 'confirmed', answeredAt: began, endedAt: began + 60_000 }),
      false,
    ],
    ['a leg that rang too long ago', ringing({ state: 'terminated', was: 'early', endedAt: began }), false],
  ])('a call that our own write had hidden: %s', (_what, rang, expected) => {
    const now = began + 130_000
    expect(note([teamsPoint({ native: shown(IN_A_CALL) }), heardPoint({ legs: [rang] })], now)).toBe(expected)
  })

  test('while our own write hides what is there, nothing is judged', () => {
    const teams = teamsPoint({ native: shown(IN_A_CALL), hiddenSince: began })
    expect(note([teams, heardPoint({ legs: [ringing()] })])).toBe(false)
    expect(teams.forked).toBeUndefined()
  })

  test('holds for the whole call, long after the leg is forgotten, and not for the next one', () => {
    const phone = heardPoint({ legs: [elsewhere(began)] })
    const teams = teamsPoint({ native: shown(IN_A_CALL) })
    const points = [teams, phone]
    note(points)
    phone.legs = []
    for (const state of [presence('busy', 'inAMeeting'), IN_A_CALL, presence('busy', 'inAConferenceCall')]) {
      teams.native = shown(state, began + 600_000)
      expect(note(points, began + 600_000)).toBe(true)
      expect(wantedAt(phone, points, began + 600_000).wanted.act).toBe('leave')
    }
    teams.native = shown(AVAILABLE, began + 700_000)
    expect(note(points, began + 700_000)).toBe(false)
    expect(teams.forked).toBeUndefined()
    teams.native = shown(IN_A_CALL, began + 800_000)
    expect(note(points, began + 800_000)).toBe(false)
    expect(wantedAt(phone, points, began + 800_000).wanted.act).toBe('set')
  })

  test('sharing the screen in it is a reason of its own', () => {
    const phone = heardPoint({ legs: [ringing()] })
    const teams = teamsPoint({ native: shown(IN_A_CALL) })
    const points = [teams, phone]
    note(points)
    teams.native = shown(PRESENTING, began + 60_000)
    expect(note(points, began + 60_000)).toBe(true)
    expect(wantedAt(phone, points, began + 60_000).wanted.act).toBe('set')
    teams.native = shown(IN_A_CALL, began + 90_000)
    expect(wantedAt(phone, points, began + 90_000).wanted.act).toBe('leave')
  })

  test('Busy is no call, forked or not', () => {
    expect(note([teamsPoint({ native: shown(BUSY) }), heardPoint({ legs: [ringing()] })])).toBe(false)
  })

  test('another phone system, which did not ring, is silenced', () => {
    const phone = heardPoint({ legs: [ringing()] })
    const points = [teamsPoint({ native: shown(IN_A_CALL) }), phone, heardPoint({ connector: 'other' })]
    expect(note(points, began)).toBe(true)
    const both = { ...policy, links: [link('teams', 'other', { rows: silencing })] }
    const decision = decide('other', { points, policy: both, now: began, start: 0 })
    const target = { point: points[2]!, slots: [dndSlot], order, openIn: () => undefined }
    expect(projectDecision(decision, target)[0]!.wanted.act).toBe('set')
  })
})
