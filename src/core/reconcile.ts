import type { Contribution, Ending } from './ledger.ts'
import { isSettled, openAt, unansweredClearance } from './ledger.ts'
import type { Presence } from './presence.ts'
import { AVAILABLE, isDoNotDisturb, OFFLINE, presenceName, samePresence } from './presence.ts'
import type { Base, Point } from './presentity.ts'
import type { SlotPlan } from './project.ts'
import { rank } from './project.ts'
import type { TargetStatus } from './view.ts'

/** What to do now at one slot of one address, so that it comes to show what is wanted. */
export type Action =
  | { readonly do: 'nothing' }
  | { readonly do: 'assert'; readonly state: Presence; readonly refresh: boolean }
  /** Take back what we wrote, or (without an open contribution) a choice that a person withdrew elsewhere. */
  | { readonly do: 'withdraw'; readonly restore: Presence; readonly taken: Presence }
  /** Our contribution is not there any more; close it without a request. */
  | { readonly do: 'close'; readonly ending: Ending }

/** The next step for one slot and how it stands. */
export interface Reconciliation {
  readonly action: Action
  readonly status: TargetStatus
  readonly detail: string | undefined
  /** When time alone may ask for another action, hub time. */
  readonly reviewAt: number | undefined
}

/** One slot's plan against what is there. `now` in hub time. */
export interface ReconcileInput {
  readonly plan: SlotPlan
  readonly point: Point
  readonly order: readonly Presence[]
  readonly now: number
  /** A contribution that a request is under way for. */
  readonly inFlight: boolean
}

/** How often a session that vanishes is put back before it waits for its half life. */
const maxVanishings = 3

/** Compares what is wanted with what is there and answers the one next step; pure and total. */
export function reconcile(input: ReconcileInput): Reconciliation {
  if (input.inFlight) return result({ do: 'nothing' }, 'pending', { detail: 'a request is under way' })
  const { wanted } = input.plan
  const open = openAt(input.point.contributions, input.plan.slot.slot)
  if (open?.expiresAt !== undefined && input.now >= open.expiresAt) {
    return result({ do: 'close', ending: 'expired' }, 'pending', { detail: 'ran out at the target' })
  }
  if (open?.refused) return withdraw(input, open)
  if (open?.overruled && wanted.act !== 'set') return reconcileOverruled(input, open)
  switch (wanted.act) {
    case 'set':
      return reconcileSet(input, wanted.state, open)
    case 'clear':
      return reconcileClear(input, wanted.state, open)
    case 'hold':
      return reconcileHold(input, open, wanted)
    case 'leave':
      return reconcileLeave(input, open)
  }
}

function reconcileSet(
  input: ReconcileInput,
  state: Presence,
  open: Contribution | undefined,
): Reconciliation {
  if (open && !open.overruled && samePresence(open.state, state) && !isChosenSince(input, open)) {
    return keepOpen(input, open)
  }
  // What is taken away without an answer covers nothing.
  if (!open && !unansweredHere(input)) {
    const covered = coveredBy(input, state)
    if (covered) return result({ do: 'nothing' }, 'covered', { detail: covered })
    const resting = vanishedTooOften(input)
    if (resting !== undefined) {
      return result({ do: 'nothing' }, 'masked', {
        detail: 'the target drops what is written',
        reviewAt: resting,
      })
    }
  }
  return result({ do: 'assert', state, refresh: false }, 'pending')
}

/** A session that silenced for a call goes on for a choice: written anew for it, so that a pick above it is one against it. */
function isChosenSince({ plan: { slot, wanted } }: ReconcileInput, open: Contribution): boolean {
  if (slot.contribution !== 'ownSession' || wanted.act !== 'set' || !isDoNotDisturb(open.state)) return false
  return wanted.voice.kind === 'choice' && open.cause.kind === 'condition'
}

/** Already written: prolong it in time, and say what is shown instead of it, if anything. */
function keepOpen(input: ReconcileInput, open: Contribution): Reconciliation {
  const { plan, point, now } = input
  const doubted = open.doubted && mayRefresh(input, open)
  if (doubted || open.ackAt === undefined || open.endIntentAt !== undefined) {
    return result({ do: 'assert', state: open.state, refresh: true }, 'pending', {
      detail: 'sent without an answer',
    })
  }
  const refreshAt = refreshTime(input, open)
  if (refreshAt !== undefined && now >= refreshAt && mayRefresh(input, open)) {
    return result({ do: 'assert', state: open.state, refresh: true }, 'applied')
  }
  const reviewAt = refreshAt !== undefined && now < refreshAt ? refreshAt : open.expiresAt
  if (!isSettled(open, plan.slot, { now })) {
    return result({ do: 'nothing' }, 'applied', {
      reviewAt: Math.min(reviewAt ?? Number.POSITIVE_INFINITY, open.ackAt + plan.slot.settleMs + 1),
    })
  }
  const masked = plan.slot.readBack === 'none' ? undefined : maskedBy(point, open)
  return masked
    ? result({ do: 'nothing' }, 'masked', { detail: `${presenceName(masked)} is shown instead`, reviewAt })
    : result({ do: 'nothing' }, 'applied', { reviewAt })
}

/**
 * A person took it away while it was prolonged: the answer does not tell which came last. What is shown when that is
 * settled does; our value then is ours, and taken back.
 */
function reconcileOverruled({ plan, point, now }: ReconcileInput, open: Contribution): Reconciliation {
  const settledAt = (open.ackAt ?? open.intentAt) + plan.slot.settleMs
  if (now <= settledAt || !point.read || point.read.at <= settledAt) {
    const detail = 'changed there by hand while it was prolonged'
    return result({ do: 'nothing' }, 'pending', {
      detail,
      reviewAt: now <= settledAt ? settledAt + 1 : undefined,
    })
  }
  if (samePresence(point.read.state, open.state)) {
    return result({ do: 'withdraw', restore: plan.slot.neutral, taken: open.state }, 'pending')
  }
  return result({ do: 'close', ending: 'yielded' }, 'pending')
}

/** Half of the life that the target was told, or earlier. */
function refreshTime({ plan }: ReconcileInput, open: Contribution): number | undefined {
  if (plan.slot.expiry.kind === 'none' || open.ackAt === undefined || open.expiresAt === undefined)
    return undefined
  const from = open.refreshedAt ?? open.ackAt
  return from + Math.floor((open.expiresAt - from) / 2)
}

/** A choice is never refreshed blindly: only what still shows our value is prolonged. */
function mayRefresh({ plan, point }: ReconcileInput, open: Contribution): boolean {
  if (plan.slot.contribution !== 'sharedSlot') return true
  return point.read !== undefined && samePresence(point.read.state, open.state)
}

/** The system shows as much or more by itself: nothing has to be written. */
function coveredBy({ plan, point, order }: ReconcileInput, state: Presence): string | undefined {
  if (plan.slot.contribution === 'sharedSlot') {
    const base = point.base
    if (!base || !samePresence(base.state, state) || isFoundForIt(plan, base)) return undefined
    return `${presenceName(state)} is already chosen there`
  }
  const native = point.native
  if (!native || point.hiddenSince !== undefined) return undefined
  if (rank(native.state, order) > rank(state, order) || rank(native.state, order) === order.length)
    return undefined
  return `the target shows ${presenceName(native.state)} by itself`
}

/**
 * Met together at first sight: a do not disturb that nobody remembers, and the condition that would have written it.
 * It is taken for ours, so that it goes with the condition: a phone must not stay silent because a memory was lost.
 */
function isFoundForIt({ wanted, slot }: SlotPlan, base: Base): boolean {
  if (wanted.act !== 'set' || slot.expiry.kind !== 'none' || base.by !== 'adopted') return false
  return wanted.voice.kind === 'condition' && wanted.voice.found === true
}

/** Sessions that the target dropped again and again: wait half a life before the next attempt. */
function vanishedTooOften({ plan, point, now }: ReconcileInput): number | undefined {
  if (plan.slot.contribution !== 'ownSession' || plan.slot.expiry.kind === 'none') return undefined
  const pause = plan.slot.expiry.lifeMs / 2
  const gone = (point.contributions ?? []).filter(
    (one) => one.slot === plan.slot.slot && one.ending === 'gone' && one.endAckAt! + pause > now,
  )
  if (gone.length < maxVanishings) return undefined
  return Math.min(...gone.map((one) => one.endAckAt!)) + pause
}

function maskedBy(point: Point, open: Contribution): Presence | undefined {
  const shown = point.read?.state
  // Not knowing what is shown is not seeing something else.
  if (!shown || shown.availability === 'unknown') return undefined
  return samePresence(shown, open.state) ? undefined : shown
}

function reconcileClear(
  input: ReconcileInput,
  state: Presence,
  open: Contribution | undefined,
): Reconciliation {
  const { plan, point } = input
  if (plan.slot.contribution !== 'sharedSlot') return reconcileLeave(input, open)
  if (open) return withdraw(input, open)
  if (unansweredHere(input)) return clear(input, state)
  // Whatever else is chosen there by now is not what was taken back.
  if (!point.base || !samePresence(point.base.state, state)) return result({ do: 'nothing' }, 'idle')
  return clear(input, state)
}

function clear({ plan }: ReconcileInput, taken: Presence): Reconciliation {
  return result({ do: 'withdraw', restore: plan.slot.neutral, taken }, 'pending')
}

function unansweredHere({ plan, point }: ReconcileInput): Contribution | undefined {
  return unansweredClearance(point.contributions, plan.slot.slot)
}

function reconcileHold(
  input: ReconcileInput,
  open: Contribution | undefined,
  wanted: { readonly lost: boolean; readonly until: number },
): Reconciliation {
  if (!open) return result({ do: 'nothing' }, 'idle')
  if (input.now >= wanted.until) return reconcileLeave(input, open)
  if (!wanted.lost) return keepOpen(input, open)
  const reviewAt = Math.min(wanted.until, open.expiresAt ?? wanted.until)
  return result({ do: 'nothing' }, 'lost', { detail: 'the source cannot be heard', reviewAt })
}

function reconcileLeave(input: ReconcileInput, open: Contribution | undefined): Reconciliation {
  if (open) return withdraw(input, open)
  const unanswered = unansweredHere(input)
  if (unanswered) return clear(input, unanswered.state)
  return result({ do: 'nothing' }, input.plan.yielded ? 'yielded' : 'idle')
}

function withdraw({ plan }: ReconcileInput, open: Contribution): Reconciliation {
  const restore = restoreOf(open) ?? plan.slot.neutral
  return result({ do: 'withdraw', restore, taken: open.state }, 'pending')
}

/** What was chosen there before us; a preferred Available is never written as a restore, nor is a signed-out state. */
export function restoreOf(open: Contribution): Presence | undefined {
  const { found } = open
  if (!found || samePresence(found, AVAILABLE) || samePresence(found, OFFLINE)) return undefined
  return samePresence(found, open.state) ? undefined : found
}

function result(action: Action, status: TargetStatus, more: Outlook = {}): Reconciliation {
  return { action, status, detail: more.detail, reviewAt: more.reviewAt }
}

interface Outlook {
  readonly detail?: string
  readonly reviewAt?: number | undefined
}
