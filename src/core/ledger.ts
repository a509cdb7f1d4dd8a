import type { WriteSlot } from './connector.ts'
import { isOlder } from './order.ts'
import type { Presence } from './presence.ts'
import { AVAILABLE, BUSY, isSelectable, samePresence } from './presence.ts'

/** Why something was written: the link and the condition or choice behind it. */
export interface Cause {
  readonly link: string
  readonly kind: 'condition' | 'choice'
  /** When the condition began or the choice was made, hub time. A write yields to what a person does after it. */
  readonly at: number
  /** For people: "call on pbx 1001". */
  readonly text: string
}

/** What became of a contribution. */
export type Ending =
  | 'withdrawn'
  | 'yielded'
  | 'expired'
  | 'gone'
  | 'replaced'
  | 'released'
  | 'rejected'
  /** The person signed out of the target, and with that it was over. */
  | 'signedOut'

/**
 * One thing we wrote at an address and how long it can show. Stored before it is sent (intent), closed by its
 * outcome. `assert` put a state there; `clear` took away a choice that was not ours.
 */
export interface Contribution {
  readonly id: string
  readonly slot: string
  readonly act: 'assert' | 'clear'
  /** assert: what we put there. clear: what we took away. */
  readonly state: Presence
  readonly cause: Cause
  /** The choice a person had there before, when it was seen as chosen; restored on withdrawal. */
  readonly found: Presence | undefined
  /** The raw value read last before the write: a late read may still show it. */
  readonly before: Presence | undefined
  readonly intentAt: number
  ackAt: number | undefined
  /** A read showed our value after the write; only where the slot can be read by itself. */
  confirmedAt: number | undefined
  /** Native expiry at the target, hub time. */
  expiresAt: number | undefined
  /** When the target was last asked to prolong it. */
  refreshedAt: number | undefined
  endIntentAt: number | undefined
  endAckAt: number | undefined
  endConfirmedAt: number | undefined
  ending: Ending | undefined
  /**
   * The source's order of the first read that showed it, and of the first after its end that did not any more. Whatever
   * a later one shows came after our write, however little time has passed. Aggregates that number their states only.
   */
  shownBy?: string
  goneBy?: string
  /**
   * What the source showed last before we sent this, or its end, and the number it gave to it. Where the number has not
   * moved, a read is from before that, however much time has passed.
   */
  unmoved?: { readonly sequence: string; readonly shown: Presence }
  /**
   * The first later number than that of `unmoved`, with something that was neither there before nor what we wrote: what
   * was there before, shown by a still later one, is there again.
   */
  movedBy?: string
  /** What stood in the slot before it, also ours. */
  replaces?: string
  /** It was sent once more, without an answer as yet: what a person does now may come before or after it. */
  prolonging?: true
  /** A person decided otherwise while it was sent once more: only a settled read tells whether it is there again. */
  overruled?: true
  /**
   * Whoever sent it, or its end, gave it up on its way or died: until then it may still arrive, whatever was written since.
   * Hub time. Reads that show it, or what was there before, decide nothing until the last word was said once more.
   */
  lateUntil?: number
  /** The target refused it; what it was to replace is still there and has to be taken back. */
  refused?: true
  /** The clock stepped since, or prolonging it was not answered: whether it is still there is not sure. */
  doubted?: boolean
}

/** True while what we asserted may be there: from the intent until its withdrawal is acknowledged. */
export function isOpen(contribution: Contribution): boolean {
  return contribution.act === 'assert' && contribution.endAckAt === undefined
}

/** True for what is still there although an operator has asked for everything back since. */
export function isReleased(
  { releasedAt }: { readonly releasedAt: number | undefined },
  contribution: Contribution,
): boolean {
  return releasedAt !== undefined && contribution.intentAt <= releasedAt && isOpen(contribution)
}

/** What we asserted in a slot and have not taken back; at most one at a time. */
export function openAt(
  contributions: readonly Contribution[] | undefined,
  slot: string,
): Contribution | undefined {
  return contributions?.find((contribution) => contribution.slot === slot && isOpen(contribution))
}

/** A choice that we were taking away when the answer failed to come: it may be gone or not. */
export function unansweredClearance(
  contributions: readonly Contribution[] | undefined,
  slot: string,
): Contribution | undefined {
  return contributions?.find(
    (contribution) =>
      contribution.slot === slot && contribution.act === 'clear' && contribution.endAckAt === undefined,
  )
}

/** How long a source is waited for whose number has not moved since a write of ours: far longer than reads are late. */
const unmovedMs = 5 * 60_000

/** A read at a time (hub time), with its place in the source's own order where it has one. */
export interface Moment {
  readonly now: number
  readonly sequence?: string | undefined
}

/** True once a read can no longer show the value from before the write. */
export function isSettled(contribution: Contribution, slot: WriteSlot, { now, sequence }: Moment): boolean {
  if (contribution.lateUntil !== undefined) return false
  if (contribution.confirmedAt !== undefined && contribution.confirmedAt <= now) return true
  if (isOlder(contribution.shownBy, sequence)) return true
  if (isUnmoved(contribution, sequence)) return false
  return contribution.ackAt !== undefined && contribution.ackAt + slot.settleMs < now
}

/** True once a read can no longer show what we took away. */
export function isEndSettled(
  contribution: Contribution,
  slot: WriteSlot,
  { now, sequence }: Moment,
): boolean {
  if (contribution.lateUntil !== undefined) return false
  if (contribution.endConfirmedAt !== undefined && contribution.endConfirmedAt <= now) return true
  if (isOlder(contribution.goneBy, sequence)) return true
  // Behind a session of ours another one may show the same: only in a shared slot nothing else is left to show it.
  if (slot.contribution === 'sharedSlot' && isUnmoved(contribution, sequence)) return false
  return contribution.endAckAt !== undefined && contribution.endAckAt + slot.settleMs < now
}

/**
 * True once a read can no longer show what was there before the write: it is settled, or something else stood there since.
 * The latter is proof for sessions only. In the slot of a person's own choices that something may have been chosen a
 * moment before our write, which would then be taken for overruled.
 */
function isPast(contribution: Contribution, slot: WriteSlot, moment: Moment): boolean {
  if (isSettled(contribution, slot, moment)) return true
  if (contribution.lateUntil !== undefined || slot.contribution !== 'ownSession') return false
  return isOlder(contribution.movedBy, moment.sequence)
}

function isUnmoved({ unmoved }: Contribution, sequence: string | undefined): boolean {
  return sequence !== undefined && unmoved?.sequence === sequence
}

/** True while the source has yet to say something newer than what it showed when we sent this, or its end. */
export function isAwaited(contribution: Contribution, { now, sequence }: Moment): boolean {
  const { ackAt, endAckAt = ackAt } = contribution
  return isUnmoved(contribution, sequence) && endAckAt !== undefined && now <= endAckAt + unmovedMs
}

/** What is shown above everything else: of the choices, only Available and Busy give way to a call. */
export function hidesCalls(state: Presence): boolean {
  return isSelectable(state) && !samePresence(state, AVAILABLE) && !samePresence(state, BUSY)
}

/** Whose word a read of an aggregate is. */
export type Verdict =
  /** The system says so by itself. */
  | { readonly kind: 'native' }
  /** Equal to what our own write produces. */
  | { readonly kind: 'echo'; readonly of: Contribution }
  /** Equal to the value from before a write of ours that may not be visible yet. */
  | { readonly kind: 'stale'; readonly of: Contribution }

const native: Verdict = { kind: 'native' }

/**
 * Sorts a read of an aggregate (architecture, "What can be known of a target"): an echo equals what a contribution
 * live in [at − settle, at] would produce; a stale read equals the value from before a write within its settle time;
 * everything else is native. Echo and stale reads neither renew nor withdraw what the system says by itself.
 */
export function classifyRead(
  value: Presence,
  contributions: readonly Contribution[] | undefined,
  read: Moment & { readonly slotOf: (name: string) => WriteSlot | undefined },
): Verdict {
  if (!contributions) return native
  let stale: Contribution | undefined
  for (const contribution of contributions) {
    const slot = read.slotOf(contribution.slot)
    if (!slot || contribution.intentAt > read.now) continue
    const ended = contribution.endIntentAt !== undefined
    const endSettled = ended && isEndSettled(contribution, slot, read)
    if (samePresence(value, contribution.state)) {
      if (contribution.act === 'assert' && !endSettled && contribution.ending !== 'yielded') {
        return { kind: 'echo', of: contribution }
      }
      if (contribution.act === 'clear' && !endSettled) stale = contribution
    }
    const before = contribution.before
    const past = endSettled || isPast(contribution, slot, read)
    if (before && samePresence(value, before) && !past) stale ??= contribution
  }
  return stale ? { kind: 'stale', of: stale } : native
}

/**
 * How long a write that is over is kept and told without any history: 15 minutes, which is the longest a session of
 * ours lives in Teams by itself, and far beyond what settling needs (75 s where Graph pushes). A late read within it
 * can still be explained by what was written; nothing older can show anywhere. Milliseconds.
 */
export const recentWritesMs = 15 * 60_000

/** True when a late read can no longer show the contribution, so that its memory may be dropped. */
export function isForgettable(
  contribution: Contribution,
  slot: WriteSlot | undefined,
  { now, sequence }: Moment,
): boolean {
  if (isOpen(contribution)) return false
  const awaited = isAwaited(contribution, { now, sequence })
  return !slot || isEndSettled(contribution, slot, awaited ? { now, sequence } : { now })
}
