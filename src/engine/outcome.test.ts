import { expect, it } from 'vitest'
import { contribution, dndSlot, heardPoint, order, sessionSlot } from '../../test/support/points.ts'
import type { Publication, WriteSlot } from '../core/connector.ts'
import { AVAILABLE, IN_A_CALL, PRESENTING } from '../core/presence.ts'
import { reconcile } from '../core/reconcile.ts'
import { beginAction } from './act.ts'
import { newActor, slotState } from './actor.ts'
import { applyOutcome } from './outcome.ts'

function refusedWithdrawal(slot: WriteSlot): number | undefined {
  const point = heardPoint()
  const presentity = { tenant: 'contoso', id: 'anna', upn: 'anna', displayName: 'Anna', points: [point] }
  const state = slotState(newActor(presentity, 0), point, slot.slot)
  const publication: Publication = {
    id: 'p',
    address: '1001',
    slot: slot.slot,
    act: 'withdraw',
    state: AVAILABLE,
    refresh: false,
  }
  const sent = { point, publication, contribution: contribution({ slot: slot.slot }), at: 0 }
  applyOutcome(sent, { kind: 'rejected', reason: 'denied' }, { slot, state, now: 1000, random: () => 0 })
  expect(state.status).toBe('rejected')
  return state.retryAt
}

it('G-03: a withdrawal that is refused is tried again: within a minute where what is left never ends', () => {
  expect(refusedWithdrawal(dndSlot)).toBe(61_000)
  expect(refusedWithdrawal(sessionSlot)).toBe(3_601_000)
})

it('G-03: a replacement that is refused keeps its row until what it was to replace is taken back', () => {
  const point = heardPoint({ contributions: [contribution({ state: PRESENTING })] })
  const presentity = { tenant: 'contoso', id: 'anna', upn: 'anna', displayName: 'Anna', points: [point] }
  const state = slotState(newActor(presentity, 0), point, 'session')
  const plan = { slot: sessionSlot, wanted: { act: 'leave' }, lost: [], yielded: false } as const
  const act = beginAction(
    { do: 'assert', state: IN_A_CALL, refresh: false },
    { point, slot: sessionSlot, plan, now: 500, nextId: () => 'c2' },
  )
  const sent = { point, publication: act.publication, contribution: act.contribution, at: 500 }
  const context = { slot: sessionSlot, state, now: 1000, random: () => 0 }
  applyOutcome(sent, { kind: 'rejected', reason: 'denied' }, context)
  expect(act.contribution).toMatchObject({ refused: true, endAckAt: undefined })
  const next = reconcile({ plan, point, order, now: 1000, inFlight: false })
  expect(next.action.do).toBe('withdraw')
})
