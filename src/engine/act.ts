import type { Publication, WriteSlot } from '../core/connector.ts'
import { causeOf } from '../core/decide.ts'
import type { Cause, Contribution } from '../core/ledger.ts'
import { openAt, unansweredClearance } from '../core/ledger.ts'
import type { Presence } from '../core/presence.ts'
import { AVAILABLE } from '../core/presence.ts'
import type { Point } from '../core/presentity.ts'
import type { SlotPlan } from '../core/project.ts'
import { numberNow } from '../core/read-order.ts'
import type { Action } from '../core/reconcile.ts'

export interface ActInput {
  readonly point: Point
  readonly slot: WriteSlot
  readonly plan: SlotPlan | undefined
  readonly now: number
  readonly nextId: () => string
}

/** The ledger entry of an action and the publication to send once that entry is stored. */
export interface Act {
  readonly contribution: Contribution
  readonly publication: Publication
  /** An entry that the new one takes the place of. */
  readonly replaced: Contribution | undefined
}

/** Writes an action into the point's memory. Nothing is sent here: first the intent is stored. */
export function beginAction(action: Exclude<Action, { do: 'nothing' | 'close' }>, input: ActInput): Act {
  return action.do === 'assert' ? beginAssert(action, input) : beginWithdraw(action, input)
}

function beginAssert(action: Extract<Action, { do: 'assert' }>, input: ActInput): Act {
  const { point, slot, now } = input
  const open = openAt(point.contributions, slot.slot)
  const former = open ?? unansweredClearance(point.contributions, slot.slot)
  const contribution =
    action.refresh && open ? open : addContribution(input, newAssertion(input, action.state))
  if (contribution === open) wantAgain(contribution, point)
  if (contribution === open && slot.readBack === 'aggregate') contribution.prolonging = true
  if (former && former !== contribution) {
    contribution.replaces = former.id
    former.ending = 'replaced'
    Object.assign(former, numberNow(point))
    former.endIntentAt = now
    former.endAckAt = now
  }
  const lifeMs = slot.expiry.kind === 'native' ? slot.expiry.lifeMs : undefined
  return {
    contribution,
    replaced: former === contribution ? undefined : former,
    publication: {
      id: `${contribution.id}:${input.nextId()}`,
      address: point.address,
      slot: slot.slot,
      act: 'assert',
      state: action.state,
      refresh: action.refresh && contribution.ackAt !== undefined,
      ...(lifeMs !== undefined && { lifeMs }),
    },
  }
}

/** Its withdrawal was not answered, and may have been seen to be done: it counts as new, whatever a read said of it. */
function wantAgain(contribution: Contribution, point: Point): void {
  if (contribution.endIntentAt === undefined) return
  Object.assign(contribution, numberNow(point))
  contribution.endIntentAt = undefined
  contribution.endConfirmedAt = undefined
  contribution.confirmedAt = undefined
  contribution.ackAt = undefined
}

function beginWithdraw(action: Extract<Action, { do: 'withdraw' }>, input: ActInput): Act {
  const { point, slot, now } = input
  const open = openAt(point.contributions, slot.slot)
  const contribution =
    open ??
    unansweredClearance(point.contributions, slot.slot) ??
    addContribution(input, newClearance(input, action.taken))
  contribution.endIntentAt = now
  Object.assign(contribution, numberNow(point))
  return {
    contribution,
    replaced: undefined,
    publication: {
      id: `${contribution.id}:${input.nextId()}`,
      address: point.address,
      slot: slot.slot,
      act: 'withdraw',
      state: action.restore,
      refresh: false,
    },
  }
}

function newAssertion({ point, slot, plan, now, nextId }: ActInput, state: Presence): Contribution {
  return {
    ...blank({ point, slot, plan, now, nextId }, state),
    act: 'assert',
    found: restores(plan) ? foundAt(point, slot) : undefined,
  }
}

function newClearance(input: ActInput, taken: Presence): Contribution {
  return { ...blank(input, taken), act: 'clear', found: undefined }
}

function blank(
  { point, slot, plan, now, nextId }: ActInput,
  state: Presence,
): Omit<Contribution, 'act' | 'found'> {
  return {
    id: nextId(),
    slot: slot.slot,
    state,
    cause: causeOfPlan(plan, now),
    ...numberNow(point),
    before: point.read?.state ?? (point.dnd === undefined ? undefined : point.base?.state),
    intentAt: now,
    ackAt: undefined,
    confirmedAt: undefined,
    expiresAt: undefined,
    refreshedAt: undefined,
    endIntentAt: undefined,
    endAckAt: undefined,
    endConfirmedAt: undefined,
    ending: undefined,
  }
}

function causeOfPlan(plan: SlotPlan | undefined, now: number): Cause {
  if (plan && plan.wanted.act !== 'leave') return causeOf(plan.wanted.voice)
  return { link: '', kind: 'choice', at: now, text: 'nothing asks for it any more' }
}

function restores(plan: SlotPlan | undefined): boolean {
  return plan?.wanted.act === 'set' ? plan.wanted.voice.switches.atEnd === 'restore' : true
}

/** Captured only from what the system said by itself: a chosen state, or the settled value of a phone's own slot. */
function foundAt(point: Point, slot: WriteSlot): Presence | undefined {
  if (slot.contribution !== 'sharedSlot') return undefined
  if (slot.readBack === 'own') return point.base?.by === 'hub' ? AVAILABLE : point.base?.state
  const native = point.native
  return native && native.chosen === 'yes' && point.hiddenSince === undefined ? native.state : undefined
}

function addContribution({ point }: ActInput, contribution: Contribution): Contribution {
  point.contributions ??= []
  point.contributions.push(contribution)
  return contribution
}
