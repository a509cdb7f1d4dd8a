import { causeOf, decide } from '../core/decide.ts'
import { callBackUntil } from '../core/emergency.ts'
import { lateForkMs } from '../core/forked-call.ts'
import { isForgettable, isReleased, openAt } from '../core/ledger.ts'
import { forgetLegs } from '../core/observe-point.ts'
import { nextPauseEnd } from '../core/pause.ts'
import type { CallsAs, Link, Policy } from '../core/policy.ts'
import { presenceName } from '../core/presence.ts'
import type { Point } from '../core/presentity.ts'
import type { SlotPlan } from '../core/project.ts'
import { projectDecision } from '../core/project.ts'
import type { Reconciliation } from '../core/reconcile.ts'
import { reconcile } from '../core/reconcile.ts'
import { sharePoint } from '../core/share.ts'
import { beginAction } from './act.ts'
import type { Actor, Input, SlotState } from './actor.ts'
import { isForgotten, slotState } from './actor.ts'
import { barrier } from './barrier.ts'
import { contestOver, contestText } from './contests.ts'
import { applyInput, closeContribution } from './inputs.ts'
import { outlastLateArrivals } from './late-arrival.ts'
import { refusalKey } from './outcome.ts'
import { withoutPaused } from './pause.ts'
import { noteCalls } from './ring-notes.ts'
import { writeContribution, writePresentity } from './serialize.ts'
import type { System } from './system.ts'
import { joinOwnAddresses, slotOf } from './system.ts'
import { isTakenOver } from './take-over.ts'
import type { Turn, TurnContext, Work } from './work.ts'
import { newWork, reviewBy } from './work.ts'

/** Legs that ended this long ago are forgotten; no link's grace is longer. */
const keepEndedLegsMs = 30_000
/** Those that rang stay for as long as they may be found to have been forked to another system. */
const keepRungLegsMs = lateForkMs + keepEndedLegsMs

/** One turn of one person: take what happened, decide, reconcile every slot. Nothing is awaited in it. */
export function takeTurn(actor: Actor, inputs: readonly Input[], context: TurnContext): Work {
  const work = newWork()
  const turn: Turn = { ...context, work }
  if (actor.owed) {
    work.changes.push(...actor.owed)
    work.durability = 'full'
    work.dirty = true
    actor.owed = undefined
  }
  for (const input of inputs) applyInput(actor, input, turn)
  noteCalls(actor, turn)
  outlastLateArrivals(actor, turn)
  for (const point of actor.presentity.points) {
    reconcilePoint(actor, point, turn)
    forget(point, turn)
    sharePoint(point)
  }
  dropRetired(actor, turn)
  if (work.dirty || work.changes.length > 0) work.changed = true
  if (work.dirty) {
    work.changes.push(
      isForgotten(actor)
        ? { delete: 'presentity', tenant: actor.presentity.tenant, id: actor.presentity.id }
        : { put: 'presentity', ...writePresentity(actor.presentity) },
    )
  }
  return work
}

/** The policy as one person meets it: with the links that join several addresses of one system. */
export function personPolicy(actor: Actor, whole: Policy): Policy {
  const { points, id } = actor.presentity
  const covers = (link: Link) => link.people === undefined || link.people.has(id)
  const covered = whole.links.every(covers) ? whole : { ...whole, links: whole.links.filter(covers) }
  const policy = asChosen(covered, actor.presentity.callsAs)
  const joined = severalAt(points)
  return joined ? { ...policy, links: [...policy.links, ...[...joined].map(joinOwnAddresses)] } : policy
}

/** The systems at which the person has more than one address; undefined where there are none, as for nearly everybody. */
function severalAt(points: readonly Point[]): ReadonlySet<string> | undefined {
  let found: Set<string> | undefined
  for (let index = 1; index < points.length; index += 1) {
    const { connector } = points[index]!
    if (points.findIndex((one) => one.connector === connector) < index)
      found = (found ?? new Set<string>()).add(connector)
  }
  return found
}

/** With the rows that the person chose, over links that leave the choice to them. */
function asChosen(policy: Policy, callsAs: CallsAs | undefined): Policy {
  if (callsAs === undefined || !policy.links.some(({ choices }) => choices)) return policy
  const links = policy.links.map((link) => (link.choices ? { ...link, rows: link.choices[callsAs] } : link))
  return { ...policy, links }
}

/** What is wanted at an address, slot by slot. The policy is the person's own. */
export function planPoint(
  actor: Actor,
  point: Point,
  { system, policy, now }: { system: System; policy: Policy; now: number },
): { readonly plans: SlotPlan[]; readonly reviewAt: number | undefined } {
  const { retired } = actor
  const given = retired?.has(point) ? [] : policy.links
  const links = given.some((link) => link.observeOnly) ? given.filter((link) => !link.observeOnly) : given
  const { points } = actor.presentity
  const decision = decide(point.connector, {
    // What is given up has no say any more, also while our own writes are still being taken back there.
    points: retired ? points.filter((one) => !retired.has(one)) : points,
    policy: links === policy.links ? policy : { ...policy, links },
    now,
    start: actor.since,
  })
  const { voices, lost } = withoutPaused(decision.voices, actor.presentity, now)
  const plans = projectDecision(
    { ...decision, voices },
    {
      point,
      slots: system.slots,
      order: system.manifest.states,
      openIn: (slot) => openAt(point.contributions, slot),
      callBackUntil: system.manifest.kind === 'pbx' ? callBackUntil(actor.presentity, now) : undefined,
    },
  )
  return {
    plans: lost.length > 0 ? plans.map((plan) => ({ ...plan, lost: [...plan.lost, ...lost] })) : plans,
    reviewAt: earlier(decision.reviewAt, nextPauseEnd(actor.presentity.pauses, now)),
  }
}

function earlier(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b)
}

function reconcilePoint(actor: Actor, point: Point, turn: Turn): void {
  const system = turn.system(point.connector)
  if (!system || system.slots.length === 0) return
  const policy = personPolicy(actor, turn.policy)
  const helpMayCall =
    system.manifest.kind === 'pbx' && callBackUntil(actor.presentity, turn.now) !== undefined
  const isDue = point.contributions?.some((one) => isReleased(point, one))
  const freely = actor.retired?.has(point) || isDue || helpMayCall
  const wait = freely ? undefined : barrier({ actor, target: point, system, policy, now: turn.now })
  if (wait) {
    reviewBy(turn.work, wait.until)
    return
  }
  if (isTakenOver(actor, point, turn)) {
    reviewBy(turn.work, turn.now + 1000)
    return
  }
  const { plans, reviewAt } = planPoint(actor, point, { system, policy, now: turn.now })
  reviewBy(turn.work, reviewAt)
  for (const plan of plans) reconcileSlot({ actor, point, system, plan }, turn)
}

interface SlotInput {
  readonly actor: Actor
  readonly point: Point
  readonly system: System
  readonly plan: SlotPlan
}

function reconcileSlot(input: SlotInput, turn: Turn): void {
  const { actor, point, system, plan } = input
  if (plan.wanted.act === 'leave' && !point.contributions?.length && !hasSlotState(actor, point, plan)) return
  const state = slotState(actor, point, plan.slot.slot)
  for (let round = 0; round < 2; round++) {
    const result = reconcile({
      plan,
      point,
      order: system.manifest.states,
      now: turn.now,
      inFlight: state.inFlight,
    })
    if (result.action.do !== 'close') {
      settle(input, { state, result }, turn)
      return
    }
    closeContribution(actor, point, {
      slot: plan.slot.slot,
      ending: result.action.ending,
      turn,
    })
  }
}

function hasSlotState(actor: Actor, point: Point, plan: SlotPlan): boolean {
  return actor.slots?.has(`${point.connector}\n${point.address}\n${plan.slot.slot}`) ?? false
}

function settle(
  input: SlotInput,
  { state, result }: { state: SlotState; result: Reconciliation },
  turn: Turn,
): void {
  const { plan } = input
  reviewBy(turn.work, result.reviewAt)
  const wanted = plan.wanted.act === 'set' ? plan.wanted.state : undefined
  if (state.wanted !== wanted) {
    state.wanted = wanted
    turn.work.changed = true
  }
  const { action } = result
  if (action.do === 'nothing' || action.do === 'close') {
    stand(state, result, turn.work)
    return
  }
  // A person's newest deed does not wait for the retry of the one before.
  const waits = state.status !== 'pending' || state.tried === triedText(action)
  if (state.retryAt !== undefined && turn.now < state.retryAt && waits) {
    reviewBy(turn.work, state.retryAt)
    return
  }
  if (action.do === 'assert' && plan.wanted.act === 'set') {
    const key = refusalKey(action.state, causeOf(plan.wanted.voice))
    if (state.refused?.key === key) {
      stand(state, { ...result, status: 'rejected', detail: state.refused.reason }, turn.work)
      return
    }
  }
  const contest = contestOver(input.actor, input.point, { plan, action, now: turn.now })
  if (contest) {
    reviewBy(turn.work, contest.until)
    const detail = contestText(contest)
    stand(state, { action, status: 'contested', detail, reviewAt: contest.until }, turn.work)
    return
  }
  if (action.do === 'assert') state.refused = undefined
  send(input, { state, result: { ...result, action } }, turn)
}

function triedText(action: Exclude<Reconciliation['action'], { do: 'nothing' | 'close' }>): string {
  return action.do === 'assert' ? presenceName(action.state) : action.do
}

function stand(state: SlotState, result: Reconciliation, work: Work): void {
  if (state.status === result.status && state.detail === result.detail) return
  if (state.status === 'rejected' && result.status === 'idle' && state.refused) return
  state.status = result.status
  state.detail = result.detail
  work.changed = true
}

function send(
  { actor, point, plan }: SlotInput,
  { state, result }: { state: SlotState; result: Reconciliation },
  turn: Turn,
): void {
  const { action } = result
  if (action.do === 'nothing' || action.do === 'close') return
  const act = beginAction(action, { point, slot: plan.slot, plan, now: turn.now, nextId: turn.nextId })
  if (act.replaced) turn.work.dirty = true
  for (const contribution of [act.replaced, act.contribution]) {
    if (!contribution) continue
    turn.work.changes.push({
      put: 'ledger',
      entry: writeContribution(actor.presentity, point, { contribution, now: turn.now }),
    })
  }
  if (plan.slot.expiry.kind === 'none') turn.work.durability = 'full'
  state.inFlight = true
  state.retryAt = undefined
  state.tried = triedText(action)
  state.status = action.do === 'assert' && action.refresh ? state.status : 'pending'
  state.detail = result.detail
  turn.work.changed = true
  turn.work.sends.push({ point, publication: act.publication, contribution: act.contribution, at: turn.now })
}

function forget(point: Point, context: TurnContext): void {
  forgetLegs(point, { ended: context.now - keepEndedLegsMs, rung: context.now - keepRungLegsMs })
  if (!point.contributions) return
  const system = context.system(point.connector)
  const kept = point.contributions.filter(
    (one) =>
      !isForgettable(one, system && slotOf(system, one.slot), {
        now: context.now,
        sequence: point.sequence,
      }) || isRecentlyGone(one, context.now),
  )
  point.contributions = kept.length > 0 ? kept : undefined
}

/** Vanished sessions are remembered a little, so that a target which drops them is not asked without end. */
function isRecentlyGone(
  one: { ending?: string | undefined; endAckAt?: number | undefined },
  now: number,
): boolean {
  return one.ending === 'gone' && (one.endAckAt ?? 0) + 15 * 60_000 > now
}

/** A retired address goes when nothing of ours is left there, nor can be read there by whoever has it next. */
function dropRetired(actor: Actor, turn: Turn): void {
  const { retired } = actor
  if (!retired) return
  const { work, now } = turn
  for (const point of retired) {
    const until = visibleUntil(point, turn)
    if (until > now) {
      reviewBy(work, until === Number.POSITIVE_INFINITY ? undefined : until)
      continue
    }
    actor.presentity.points = actor.presentity.points.filter((one) => one !== point)
    retired.delete(point)
    work.left.push(point)
    work.dirty = true
  }
  if (retired.size === 0) actor.retired = undefined
}

/** Hub time from which no read can show anything of ours at the address; Infinity while something is there. */
function visibleUntil(point: Point, { system: systemOf }: Turn): number {
  const system = systemOf(point.connector)
  const times = (point.contributions ?? []).map((one) => {
    if (one.endAckAt === undefined) return Number.POSITIVE_INFINITY
    const settleMs = (system && slotOf(system, one.slot)?.settleMs) ?? 0
    return (one.endConfirmedAt ?? one.endAckAt + settleMs) + 1
  })
  return Math.max(0, ...times)
}
