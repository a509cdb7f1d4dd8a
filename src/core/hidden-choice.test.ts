import { describe, expect, it } from 'vitest'
import { contribution, link, slotOf, teamsPoint } from '../../test/support/points.ts'
import type { Chosen, Presence } from './presence.ts'
import { AVAILABLE, DO_NOT_DISTURB, IN_A_CALL } from './presence.ts'
import type { Point } from './presentity.ts'
import { readAggregate } from './read.ts'

const links = [link('teams', 'pbx')]

function read(point: Point, state: Presence, about: { now: number; chosen: Chosen }) {
  const { now, chosen } = about
  return readAggregate(point, { kind: 'presence', state, chosen }, { now, links, slotOf })
}

const effect = (point: Point) => point.effects?.get(links[0]!.id)

describe('a choice behind a call', () => {
  it('G-01: a call that comes into view tells that do not disturb was taken back', () => {
    const point = teamsPoint()
    read(point, AVAILABLE, { now: 0, chosen: 'unknown' })
    read(point, DO_NOT_DISTURB, { now: 1, chosen: 'unknown' })
    expect(effect(point)).toMatchObject({ act: 'set', state: DO_NOT_DISTURB })
    // Nothing weaker than do not disturb can hide it: who shows a call has none.
    expect(read(point, IN_A_CALL, { now: 2, chosen: 'no' })).toBe('changed')
    expect(effect(point)).toMatchObject({ act: 'clear', state: DO_NOT_DISTURB })
  })

  it('G-01: so does our own call, when do not disturb was chosen above it', () => {
    const point = teamsPoint()
    read(point, AVAILABLE, { now: 0, chosen: 'unknown' })
    point.contributions = [contribution({ slot: 'session', state: IN_A_CALL, intentAt: 10, ackAt: 10 })]
    expect(read(point, IN_A_CALL, { now: 20, chosen: 'no' })).toBe('echo')
    read(point, DO_NOT_DISTURB, { now: 100_000, chosen: 'unknown' })
    expect(effect(point)).toMatchObject({ act: 'set' })
    expect(read(point, IN_A_CALL, { now: 200_000, chosen: 'no' })).toBe('changed')
    expect(effect(point)).toMatchObject({ act: 'clear' })
  })

  it('G-01: what we took away and a person chose again is theirs, once our clearance is settled', () => {
    const cleared = contribution({
      slot: 'preferred',
      act: 'clear',
      state: DO_NOT_DISTURB,
      before: DO_NOT_DISTURB,
      ackAt: undefined,
      endIntentAt: 0,
      endAckAt: 100,
    })
    const point = teamsPoint({ contributions: [cleared], base: { state: AVAILABLE, at: 100, by: 'hub' } })
    expect(read(point, DO_NOT_DISTURB, { now: 5000, chosen: 'unknown' })).toBe('stale')
    expect(read(point, DO_NOT_DISTURB, { now: 15_200, chosen: 'unknown' })).toBe('changed')
    expect(effect(point)).toMatchObject({ act: 'set', state: DO_NOT_DISTURB })
  })

  it('G-01: a call that comes to light behind our own write may have begun with it', () => {
    const point = teamsPoint()
    read(point, AVAILABLE, { now: 0, chosen: 'unknown' })
    point.contributions = [
      contribution({ slot: 'preferred', state: DO_NOT_DISTURB, intentAt: 10, ackAt: 10 }),
    ]
    read(point, DO_NOT_DISTURB, { now: 100, chosen: 'unknown' })
    point.contributions = undefined
    read(point, IN_A_CALL, { now: 50_000, chosen: 'no' })
    expect(point.native).toMatchObject({ state: IN_A_CALL, since: 10 })
  })

  it('G-01: so may one behind a write that no read ever showed', () => {
    const cleared = contribution({
      slot: 'preferred',
      state: DO_NOT_DISTURB,
      intentAt: 100,
      ackAt: 110,
      endIntentAt: 200,
      endAckAt: 210,
    })
    const point = teamsPoint()
    read(point, AVAILABLE, { now: 0, chosen: 'unknown' })
    point.contributions = [cleared]
    read(point, IN_A_CALL, { now: 300, chosen: 'no' })
    expect(point.native).toMatchObject({ state: IN_A_CALL, since: 100 })
  })

  it('G-01: so may a call that comes to light behind a do not disturb', () => {
    const point = teamsPoint()
    read(point, DO_NOT_DISTURB, { now: 10, chosen: 'unknown' })
    read(point, IN_A_CALL, { now: 50_000, chosen: 'no' })
    expect(point.native).toMatchObject({ state: IN_A_CALL, since: 10 })
    read(point, AVAILABLE, { now: 60_000, chosen: 'unknown' })
    read(point, IN_A_CALL, { now: 70_000, chosen: 'no' })
    expect(point.native).toMatchObject({ state: IN_A_CALL, since: 70_000 })
  })

  it('G-01: what we are taking back ourselves, without an answer yet, no person has taken away', () => {
    const own = contribution({ slot: 'preferred', state: DO_NOT_DISTURB, endIntentAt: 50_000 })
    const call = contribution({ id: 'c2', slot: 'session', state: IN_A_CALL })
    const base = { state: DO_NOT_DISTURB, at: 0, by: 'hub' as const }
    const point = teamsPoint({ contributions: [own, call], base })
    expect(read(point, IN_A_CALL, { now: 51_000, chosen: 'no' })).toBe('echo')
    expect(own.ending).toBeUndefined()
    expect(effect(point)).toBeUndefined()
  })

  it('takes what a source calls a condition for no choice', () => {
    const point = teamsPoint()
    read(point, AVAILABLE, { now: 0, chosen: 'no' })
    read(point, DO_NOT_DISTURB, { now: 1, chosen: 'no' })
    expect(point.base).toBeUndefined()
    expect(effect(point)).toBeUndefined()
  })
})
