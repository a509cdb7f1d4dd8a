import { expect, test } from 'vitest'
import { defaultPolicy } from '../core/policy.ts'
import { newPoint } from '../core/presentity.ts'
import { type Actor, type Input, newActor, type SlotState, slotState } from './actor.ts'
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
  apply(actor, { type: 'review', point }, system)
  return state
}

function apply(actor: Actor, input: Input, system: System) {
  const work = newWork()
  applyInput(actor, input, {
    ...{ now: 10_000, policy: defaultPolicy, system: () => system, work },
    ...{ random: () => 0.5, nextId: () => 'x', formerWrites: () => [], isAddress: () => true },
  })
  return work
}

test('G-02: a target that is heard again is tried again at once, with a jitter', () => {
  expect(waiting({ live: true }).retryAt).toBe(10_500)
  expect(waiting({ live: false }).retryAt).toBe(60_000)
})

test('what a target told to wait for, or refused, waits as told', () => {
  expect(waiting({ live: true, status: 'deferred' }).retryAt).toBe(60_000)
  expect(waiting({ live: true, status: 'rejected' }).retryAt).toBe(60_000)
})

test('G-02: watchers are told that somebody is heard again after a start, also where all is as it was stored', () => {
  const point = newPoint({ connector: 'pbx', address: '1001', line: 'pbx\n1001', rank: 0 })
  const actor = newActor(
    { tenant: 'contoso', id: 'anna', upn: 'anna', displayName: 'Anna', points: [point] },
    0,
  )
  const snapshot = (): Input => ({
    ...{ type: 'replaced', point, epoch: 1, received: { receivedWall: 9_000, receivedAt: 10_000 } },
    feed: heard,
    observations: [{ address: '1001', observedAt: 9_000, facet: { kind: 'dnd', on: true } }],
  })
  const heard = { feed: 'lamps', epoch: 1, live: true, lostSince: 0 }
  const pbx = { id: 'pbx', slots: [] } as unknown as System
  apply(actor, snapshot(), pbx)
  point.feeds = []
  const { dirty, changed } = apply(actor, snapshot(), pbx)
  expect({ dirty, changed, dnd: point.dnd }).toEqual({ dirty: false, changed: true, dnd: true })
  expect(apply(actor, snapshot(), pbx)).toMatchObject({ dirty: false, changed: false })
})
