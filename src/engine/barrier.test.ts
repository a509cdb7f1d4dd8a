import { expect, it } from 'vitest'
import { leg, link, sessionSlot } from '../../test/support/points.ts'
import { defaultPolicy, MINUTE } from '../core/policy.ts'
import { newPoint, type Point } from '../core/presentity.ts'
import { newActor } from './actor.ts'
import { barrier } from './barrier.ts'
import type { System } from './system.ts'

/** How long a target that was heard waits for a phone that was not, in a hub that remembers the person. */
function waitFor(change: Partial<Point>): number | undefined {
  const heard = { feeds: [{ feed: 'f', epoch: 1, live: true, lostSince: 0 }], epochs: [1] }
  const teams = { ...newPoint({ connector: 'teams', address: 'a', line: 'a', rank: 0 }), ...heard }
  const phone = { ...newPoint({ connector: 'lamps', address: '1001', line: '1001', rank: 0 }), ...change }
  const presentity = { tenant: 't', id: 'anna', upn: 'anna', displayName: 'Anna', points: [teams, phone] }
  const actor = { ...newActor(presentity, 0), restored: true }
  const policy = { ...defaultPolicy, links: [link('lamps', 'teams')] }
  const system = { slots: [sessionSlot] } as unknown as System
  return barrier({ actor, target: teams, system, policy, now: 1000 })?.until
}

it('G-02: a source of which nothing is remembered is not waited for as long as one that may be in a call', () => {
  expect(waitFor({ legs: [leg()] })).toBe(15 * MINUTE)
  expect(waitFor({ dnd: false })).toBe(15 * MINUTE)
  expect(waitFor({})).toBe(30_000)
  expect(waitFor({ feeds: [{ feed: 'f', epoch: 1, live: true, lostSince: 0 }] })).toBeUndefined()
})
