import { expect, it } from 'vitest'
import { contribution, link, slotOf, teamsPoint } from '../../test/support/points.ts'
import type { Contribution } from './ledger.ts'
import { resetOrder } from './observe-point.ts'
import type { Presence } from './presence.ts'
import { AVAILABLE, AWAY, DO_NOT_DISTURB, IN_A_CALL } from './presence.ts'
import type { Point } from './presentity.ts'
import { readAggregate } from './read.ts'

const links = [link('teams', 'pbx')]

function read(point: Point, state: Presence, at: { now: number; sequence?: string }) {
  return readAggregate(point, { kind: 'presence', state, chosen: 'unknown' }, { ...at, links, slotOf })
}

const dnd = (change: Partial<Contribution> = {}) =>
  contribution({ slot: 'preferred', state: DO_NOT_DISTURB, before: AVAILABLE, ...change })

const written = (...contributions: Contribution[]) =>
  teamsPoint({ contributions, base: { state: DO_NOT_DISTURB, at: 0, by: 'hub' } })

it('G-01: what a later number shows after our write was shown is a change, within the settle time', () => {
  const point = written(dnd())
  expect(read(point, DO_NOT_DISTURB, { now: 1000, sequence: '5' })).toBe('echo')
  expect(read(point, AVAILABLE, { now: 2000, sequence: '5' })).toBe('stale')
  expect(read(point, AVAILABLE, { now: 3000, sequence: '6' })).toBe('changed')
  expect(point.effects?.get('teams to pbx')?.act).toBe('clear')
})

it('without a number it waits for the settle time, and so it does until our write was shown', () => {
  const unnumbered = written(dnd())
  read(unnumbered, DO_NOT_DISTURB, { now: 1000 })
  expect(read(unnumbered, AVAILABLE, { now: 3000 })).toBe('stale')
  expect(read(unnumbered, AVAILABLE, { now: 15_001 })).toBe('changed')
  const unseen = written(dnd())
  expect(read(unseen, AVAILABLE, { now: 3000, sequence: '6' })).toBe('stale')
})

it('the same value from before our write, or another write of the same value, proves nothing', () => {
  const alike = written(dnd({ before: DO_NOT_DISTURB }))
  read(alike, DO_NOT_DISTURB, { now: 1000, sequence: '5' })
  expect(read(alike, AWAY, { now: 2000, sequence: '6' })).toBe('native')
  expect(alike.base?.by).toBe('hub')
  const former = dnd({ id: 'c0', intentAt: -9000, ackAt: -9000, endIntentAt: -500, endAckAt: -400 })
  const twice = written(former, dnd())
  read(twice, DO_NOT_DISTURB, { now: 1000, sequence: '5' })
  expect(read(twice, AVAILABLE, { now: 2000, sequence: '6' })).toBe('stale')
})

it('a new epoch numbers anew', () => {
  const point = written(dnd())
  read(point, DO_NOT_DISTURB, { now: 1000, sequence: '5' })
  resetOrder(point, 'presence')
  expect(read(point, AVAILABLE, { now: 2000, sequence: '6' })).toBe('stale')
})

it('G-01: what we took away and was seen gone is chosen anew when a later number shows it', () => {
  const ours = dnd({ endIntentAt: 9000, endAckAt: 9100, ending: 'withdrawn', shownBy: '5' })
  const point = teamsPoint({ contributions: [ours], base: { state: AVAILABLE, at: 9100, by: 'hub' } })
  expect(read(point, DO_NOT_DISTURB, { now: 9200, sequence: '5' })).toBe('echo')
  expect(read(point, AVAILABLE, { now: 10_000, sequence: '7' })).toBe('native')
  expect(read(point, DO_NOT_DISTURB, { now: 11_000, sequence: '8' })).toBe('changed')
})

it('G-01: a number that has not moved is from before our write, however much time has passed', () => {
  const point = written(dnd({ unmoved: { sequence: '4', shown: AVAILABLE } }))
  expect(read(point, AVAILABLE, { now: 60_000, sequence: '4' })).toBe('stale')
  expect(read(point, AVAILABLE, { now: 61_000, sequence: '5' })).toBe('changed')
  const inNewEpoch = written(dnd({ unmoved: { sequence: '4', shown: AVAILABLE } }))
  resetOrder(inNewEpoch, 'presence')
  expect(read(inNewEpoch, AVAILABLE, { now: 60_000, sequence: '4' })).toBe('changed')
})

it('where two states have one number, numbers prove nothing and time decides', () => {
  const point = written(dnd({ unmoved: { sequence: '4', shown: AVAILABLE } }))
  expect(read(point, DO_NOT_DISTURB, { now: 1000, sequence: '4' })).toBe('echo')
  expect(read(point, AVAILABLE, { now: 16_000, sequence: '4' })).toBe('changed')
})

it('G-01: under the same number what we took away is not there again; behind a session it may be the system’s own', () => {
  const over = { endIntentAt: 9000, endAckAt: 9100, ending: 'withdrawn' } as const
  const choice = dnd({ ...over, unmoved: { sequence: '5', shown: DO_NOT_DISTURB } })
  const chosen = teamsPoint({ contributions: [choice], base: { state: AVAILABLE, at: 9100, by: 'hub' } })
  expect(read(chosen, DO_NOT_DISTURB, { now: 60_000, sequence: '5' })).toBe('echo')
  const session = contribution({ ...over, unmoved: { sequence: '5', shown: IN_A_CALL } })
  expect(read(teamsPoint({ contributions: [session] }), IN_A_CALL, { now: 60_000, sequence: '5' })).toBe(
    'native',
  )
})

it('G-01: before, then something else, then the same as before, each with a later number: there again, whatever we wrote meanwhile', () => {
  const numbered = { unmoved: { sequence: '4', shown: AVAILABLE } }
  const unseen = (change: Partial<Contribution>) =>
    contribution({
      ...{ state: IN_A_CALL, before: AVAILABLE, endIntentAt: 2000, endAckAt: 2100, ending: 'withdrawn' },
      ...change,
    })
  const after = (written: Contribution) =>
    teamsPoint({ contributions: [written], base: { state: AVAILABLE, at: -9000, by: 'hub' } })
  const point = after(unseen(numbered))
  expect(read(point, AVAILABLE, { now: 3000, sequence: '6' })).toBe('stale')
  expect(read(point, DO_NOT_DISTURB, { now: 4000, sequence: '7' })).toBe('changed')
  expect(read(point, AVAILABLE, { now: 5000, sequence: '7' })).toBe('stale')
  expect(read(point, AVAILABLE, { now: 6000, sequence: '8' })).toBe('changed')
  const waiting = [
    unseen({}),
    unseen({ ...numbered, lateUntil: 9000 }),
    unseen({ ...numbered, slot: 'preferred', state: AWAY }),
  ]
  for (const written of waiting) {
    const later = after(written)
    read(later, DO_NOT_DISTURB, { now: 4000, sequence: '7' })
    expect(read(later, AVAILABLE, { now: 6000, sequence: '8' })).toBe('stale')
  }
  const anew = after(unseen(numbered))
  read(anew, DO_NOT_DISTURB, { now: 4000, sequence: '7' })
  resetOrder(anew, 'presence')
  expect(read(anew, AVAILABLE, { now: 6000, sequence: '8' })).toBe('stale')
})
