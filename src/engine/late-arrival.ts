import { lateArrivalMs } from '../core/cluster.ts'
import type { WriteSlot } from '../core/connector.ts'
import { type Contribution, openAt } from '../core/ledger.ts'
import type { Actor } from './actor.ts'
import { writeContribution } from './serialize.ts'
import type { Turn } from './work.ts'
import { reviewBy } from './work.ts'

/**
 * Whoever sent this gave it up on its way, or died: it may arrive after what is written now. Where only an aggregate is
 * shown, nothing tells it from what the person does; a slot that is read by itself tells.
 */
export function awaitLateArrival(contribution: Contribution, slot: WriteSlot | undefined, now: number): void {
  if (slot?.readBack === 'aggregate') contribution.lateUntil = now + lateArrivalMs
}

/** For what is found in the ledger: its sender has not heard what became of it. */
export function isUnanswered({ act, ackAt, endIntentAt, endAckAt, prolonging }: Contribution): boolean {
  if (endAckAt !== undefined) return false
  return act === 'clear' || ackAt === undefined || endIntentAt !== undefined || prolonging === true
}

/** Once it cannot arrive any more, the last word is said again: what is wanted is asserted, what was taken back is taken back. */
export function outlastLateArrivals(actor: Actor, turn: Turn): void {
  for (const point of actor.presentity.points) {
    for (const contribution of point.contributions ?? []) {
      if (contribution.lateUntil === undefined) continue
      if (contribution.lateUntil > turn.now) {
        reviewBy(turn.work, contribution.lateUntil)
        continue
      }
      delete contribution.lateUntil
      const last = openAt(point.contributions, contribution.slot) ?? reopened(contribution)
      if (!last) continue
      last.ackAt = undefined
      turn.work.dirty = true
      const entry = writeContribution(actor.presentity, point, { contribution: last, now: turn.now })
      turn.work.changes.push({ put: 'ledger', entry })
    }
  }
}

/** As if it had been sent without an answer just now. Undefined: a person decided otherwise, or it ran out. */
function reopened(contribution: Contribution): Contribution | undefined {
  if (contribution.act !== 'assert') return undefined
  if (contribution.ending !== 'withdrawn' && contribution.ending !== 'replaced') return undefined
  contribution.ending = undefined
  contribution.endIntentAt = undefined
  contribution.endAckAt = undefined
  contribution.endConfirmedAt = undefined
  contribution.expiresAt = undefined
  delete contribution.shownBy
  delete contribution.goneBy
  delete contribution.movedBy
  return contribution
}
