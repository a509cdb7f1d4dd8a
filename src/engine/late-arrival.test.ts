import { expect, test } from 'vitest'
import {
  contribution,
  dndSlot,
  preferredSlot,
  sessionSlot,
  slotOf,
  teamsPoint,
} from '../../test/support/points.ts'
import { lateArrivalMs } from '../core/cluster.ts'
import { type Contribution, classifyRead } from '../core/ledger.ts'
import { AVAILABLE, DO_NOT_DISTURB, IN_A_CALL } from '../core/presence.ts'
import { newActor } from './actor.ts'
import { awaitLateArrival, isUnanswered, outlastLateArrivals } from './late-arrival.ts'
import { newWork, type Turn } from './work.ts'

const over = { endIntentAt: 4_000, endAckAt: 4_100, ending: 'withdrawn' } as const

/** What is left of contributions after a turn at that moment, and when the next one is asked for. */
function outlast(contributions: Contribution[], now: number) {
  const points = [teamsPoint({ contributions })]
  const described = { tenant: 't', id: 'anna', upn: 'anna', displayName: 'Anna', points }
  const turn = { now, work: newWork() } as Turn
  outlastLateArrivals(newActor(described, 0), turn)
  return { reviewAt: turn.work.reviewAt, stored: turn.work.changes.length }
}

test('only what was sent without an answer is awaited, and only where nothing but an aggregate shows it', () => {
  const awaited = (change: Partial<Contribution>, slot = sessionSlot) => {
    const one = contribution(change)
    if (isUnanswered(one)) awaitLateArrival(one, slot, 1_000)
    return one.lateUntil === 1_000 + lateArrivalMs
  }
  expect(awaited({})).toBe(false)
  expect(awaited({ ackAt: undefined })).toBe(true)
  expect(awaited({ endIntentAt: 900 })).toBe(true)
  expect(awaited({ prolonging: true })).toBe(true)
  expect(awaited({ act: 'clear', ackAt: undefined }, preferredSlot)).toBe(true)
  expect(awaited({ ...over, endIntentAt: 900, endAckAt: 950 })).toBe(false)
  expect(awaited({ ackAt: undefined }, dndSlot)).toBe(false)
})

test('what was taken back is taken back once more when it cannot arrive any more, and what arrives until then is ours', () => {
  const one = contribution({ ...over, goneBy: '5', lateUntil: 13_000 })
  expect(classifyRead(IN_A_CALL, [one], { now: 9_000, sequence: '7', slotOf }).kind).toBe('echo')
  expect(outlast([one], 9_000)).toEqual({ reviewAt: 13_000, stored: 0 })
  expect(one.endAckAt).toBe(4_100)
  expect(outlast([one], 13_000).stored).toBe(1)
  expect(one).toMatchObject({
    ackAt: undefined,
    endIntentAt: undefined,
    endAckAt: undefined,
    ending: undefined,
  })
})

test('what is wanted again is asserted once more; that it seems gone until then decides nothing', () => {
  const one = contribution({ ackAt: 3_000, lateUntil: 13_000 })
  expect(classifyRead(AVAILABLE, [one], { now: 12_000, sequence: '7', slotOf }).kind).toBe('stale')
  outlast([one], 13_000)
  expect(one.ackAt).toBeUndefined()
})

test('what another write of ours has replaced leaves its place to that', () => {
  const former = contribution({ ...over, ending: 'replaced', lateUntil: 13_000 })
  const present = contribution({ id: 'c2', state: DO_NOT_DISTURB, ackAt: 4_000 })
  outlast([former, present], 13_000)
  expect([former.endAckAt, present.ackAt]).toEqual([4_100, undefined])
})

test('what a person has decided stays decided', () => {
  const one = contribution({ ...over, ending: 'yielded', lateUntil: 13_000 })
  expect(outlast([one], 13_000).stored).toBe(0)
  expect(one.endAckAt).toBe(4_100)
})
