import { expect, test } from 'vitest'
import { defaultPolicy } from '../core/policy.ts'
import { newPoint } from '../core/presentity.ts'
import { newActor, type SlotState, slotState } from './actor.ts'
import { applyInput } from './inputs.ts'
import type { System } from './system.ts'
import { newWork } from './work.ts'

/** Someone whose write to Teams failed often, at a Teams that is or is not heard. */
function waiting({ live, status = 'pending' }: { live: boolean; status?: SlotState['status'] }) {
  const point = newPoint({ connector: 'teams', address: 'id', line: 'teams\nid', rank: 0 })
  point.feeds = [{ feed: 'presence', epoch: 1, live, lostSince: 0 }]
  const upn = 'anna@contoso.example'
  const actor = newActor({ tenant: 'contoso', id: upn, upn, displayName: 'Anna', points: [point] }, 0)
  const state = slotState(actor, point, 'session')
  Object.assign(state, { status, attempts: 7, retryAt: 60_000 })
  const system = { id: 'teams', slots: [{ slot: 'session' }] } as unknown as System
  applyInput(
    actor,
    { type: 'review', point },
    {
      ...{ now: 10_000, policy: defaultPolicy, system: () => system, work: newWork() },
      ...{ random: () => 0.5, nextId: () => 'x', formerWrites: () => [], isAddress: () => true },
    },
  )
  return state
}

test('G-02: a target that is heard again is tried again at once, with a jitter', () => {
  expect(waiting({ live: true }).retryAt).toBe(10_500)
  expect(waiting({ live: false }).retryAt).toBe(60_000)
})

test('what a target told to wait for, or refused, waits as told', () => {
  expect(waiting({ live: true, status: 'deferred' }).retryAt).toBe(60_000)
  expect(waiting({ live: true, status: 'rejected' }).retryAt).toBe(60_000)
})
