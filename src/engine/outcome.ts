import { recordOwnWrite } from '../core/choice.ts'
import type { Outcome, WriteSlot } from '../core/connector.ts'
import { AVAILABLE, isSelectable, samePresence } from '../core/presence.ts'
import { endContribution } from '../core/read.ts'
import type { Sent, SlotState } from './actor.ts'
import { awaitLateArrival } from './late-arrival.ts'

/** Waits after answers that did not come: doubling from one second to one minute, with jitter. */
export const firstRetryMs = 1000
const maxRetryMs = 60_000
/** A withdrawal that is refused is tried again, because what we left behind must not stay; soon, where it never ends. */
const refusedWithdrawalRetryMs = { native: 60 * 60_000, none: 60_000 } as const

export interface OutcomeContext {
  readonly now: number
  /** 0 ≤ random < 1. */
  readonly random: () => number
}

/** Closes or prolongs the ledger entry by what the target answered. */
export function applyOutcome(
  sent: Sent,
  outcome: Outcome,
  at: { readonly slot: WriteSlot; readonly state: SlotState } & OutcomeContext,
): void {
  const { state } = at
  state.inFlight = false
  delete sent.contribution.prolonging
  if (outcome.kind === 'applied' || outcome.kind === 'unchanged') {
    state.attempts = 0
    state.retryAt = undefined
    state.writtenAt = outcome.at
    acknowledge(sent, at)
  } else if (outcome.kind === 'deferred') {
    state.retryAt = at.now + outcome.retryAfterMs
    state.status = 'deferred'
    state.detail = outcome.reason
  } else if (outcome.kind === 'failed') {
    state.attempts += 1
    state.retryAt = at.now + backoff(state.attempts, at.random)
    state.status = 'pending'
    state.detail = outcome.reason
    doubt(sent, at.now)
    if (outcome.late) awaitLateArrival(sent.contribution, at.slot, at.now)
  } else {
    refuse(sent, outcome.fix ? `${outcome.reason} (${outcome.fix})` : outcome.reason, at)
  }
}

/** A prolongation that may have arrived: the target may keep it until the later time, or not. */
function doubt({ contribution, publication, at }: Sent, now: number): void {
  const { expiresAt } = contribution
  if (contribution.overruled) contribution.ackAt = now
  if (publication.act !== 'assert' || publication.lifeMs === undefined || expiresAt === undefined) return
  contribution.doubted = true
  contribution.expiresAt = Math.max(expiresAt, at + publication.lifeMs)
}

export function backoff(attempts: number, random: () => number): number {
  const full = Math.min(maxRetryMs, firstRetryMs * 2 ** Math.min(attempts - 1, 10))
  return full / 2 + (full / 2) * random()
}

function acknowledge(sent: Sent, { slot, now }: { slot: WriteSlot } & OutcomeContext): void {
  const { contribution, publication, point } = sent
  if (publication.act === 'assert') {
    if (contribution.overruled) contribution.ackAt = now
    contribution.ackAt ??= now
    if (publication.lifeMs !== undefined) contribution.expiresAt = sent.at + publication.lifeMs
    // A read was quicker than the answer: what we wrote was shown, and then taken away by a person.
    if (contribution.endAckAt !== undefined || contribution.overruled) return
    contribution.refreshedAt = now
    contribution.endIntentAt = undefined
    delete contribution.doubted
    if (slot.contribution === 'sharedSlot' && !publication.refresh)
      recordOwnWrite(point, publication.state, { at: now, hides: contribution.cause.kind === 'condition' })
    return
  }
  contribution.endAckAt = now
  contribution.ending ??= 'withdrawn'
  if (slot.contribution === 'sharedSlot') {
    const shown = isSelectable(publication.state) ? publication.state : AVAILABLE
    const { found, cause } = contribution
    const putBack = cause.kind === 'condition' && found !== undefined && samePresence(found, shown)
    recordOwnWrite(point, shown, { at: now, hides: putBack })
  }
}

function refuse(
  sent: Sent,
  reason: string,
  { slot, state, now }: { readonly slot: WriteSlot; readonly state: SlotState } & OutcomeContext,
): void {
  state.status = 'rejected'
  state.detail = reason
  if (sent.publication.act === 'withdraw') {
    state.retryAt = now + refusedWithdrawalRetryMs[slot.expiry.kind]
    // It is sure that nothing changed: what we wrote is still there, and what we meant to take away as well.
    if (sent.contribution.act === 'clear') endContribution(sent.contribution, 'rejected', now)
    else sent.contribution.endIntentAt = undefined
    return
  }
  const { ackAt, replaces } = sent.contribution
  // What it was to replace or to prolong is still there: the row stays open until that is taken back.
  const isThere = ackAt !== undefined || replaces !== undefined || state.attempts > 0
  if (isThere) sent.contribution.refused = true
  else endContribution(sent.contribution, 'rejected', now)
  state.refused = { key: refusalKey(sent.publication.state, sent.contribution.cause), reason }
}

/** The same state for the same cause is not offered twice. */
export function refusalKey(
  state: { availability: string; activity: string },
  cause: { link: string; at: number },
): string {
  return `${state.availability}/${state.activity} ${cause.link} ${cause.at}`
}
