import { expect, it } from 'vitest'
import { contribution, dndSlot, heardPoint, sessionSlot } from '../../test/support/points.ts'
import type { Publication, WriteSlot } from '../core/connector.ts'
import { AVAILABLE } from '../core/presence.ts'
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
