import { endOwnChoice } from '../core/choice.ts'
import type { Ending } from '../core/ledger.ts'
import { isAwaited, isOpen } from '../core/ledger.ts'
import type { Observation } from '../core/observation.ts'
import { observePoint, replacePoint, resetOrder } from '../core/observe-point.ts'
import type { Link, Policy } from '../core/policy.ts'
import type { FeedState, Point } from '../core/presentity.ts'
import { isSynced } from '../core/presentity.ts'
import { endContribution } from '../core/read.ts'
import { isSignedOut, signedOutNotice } from '../core/signed-out.ts'
import type { Actor, Input } from './actor.ts'
import { slotKey, slotState } from './actor.ts'
import { noteContradictions } from './contests.ts'
import { claimLeftover } from './leftover.ts'
import { applyOutcome, firstRetryMs } from './outcome.ts'
import { changePauses } from './pause.ts'
import { isReadAnew, mendedBy, sayings } from './repairs.ts'
import { writeContribution } from './serialize.ts'
import { joinOwnAddresses, slotOf } from './system.ts'
import { withoutFormer } from './take-over.ts'
import type { Turn } from './work.ts'

/** Reads again a little after the settle time, so that the boundary itself has passed. */
const afterSettleMs = 50
/** How soon a choice that we took away is read back, milliseconds. */
const soonMs = 750

/** Takes one thing that happened into the person's state. */
export function applyInput(actor: Actor, input: Input, turn: Turn): void {
  switch (input.type) {
    case 'observed':
    case 'replaced':
      applyFeed(actor, input, turn)
      return
    case 'outcome':
      applyAnswer(actor, input, turn)
      return
    case 'ended':
      turn.work.dirty = true
      return
    case 'release':
      for (const point of input.point ? [input.point] : actor.presentity.points) {
        point.releasedAt = turn.now
        turn.work.dirty = true
      }
      return
    case 'ranOut':
      for (const { slot } of turn.system(input.point.connector)?.slots ?? [])
        closeContribution(actor, input.point, { slot, ending: 'expired', turn })
      turn.work.dirty = true
      turn.work.durability = 'full'
      return
    case 'pause':
      changePauses(actor.presentity, input.change, turn.now)
      turn.work.dirty = true
      turn.work.durability = 'full'
      return
    case 'callsAs':
      if (input.callsAs) actor.presentity.callsAs = input.callsAs
      else delete actor.presentity.callsAs
      turn.work.dirty = true
      turn.work.durability = 'full'
      return
    case 'review':
      if (input.point && isSynced(input.point)) hurry(actor, input.point, turn)
      turn.work.changed = true
  }
}

/** A system that can be heard again is not left waiting for the long end of its retries. */
function hurry(actor: Actor, point: Point, turn: Turn): void {
  for (const { slot } of turn.system(point.connector)?.slots ?? []) {
    const state = actor.slots?.get(slotKey(point, slot))
    if (state?.retryAt === undefined || state.status !== 'pending') continue
    state.retryAt = Math.min(state.retryAt, turn.now + firstRetryMs * turn.random())
  }
}

type FeedInput = Extract<Input, { type: 'observed' | 'replaced' }>

function applyFeed(actor: Actor, said: FeedInput, turn: Turn): void {
  const { point, feed } = said
  const saidBefore =
    said.type === 'replaced' && isReadAnew(point, feed, said.epoch) ? sayings(point) : undefined
  const wasHeard = isSynced(point)
  joinFeed(point, feed, said.epoch)
  // Also where it is just as it was stored: watchers see that it is heard now.
  if (isSynced(point) !== wasHeard) turn.work.changed = true
  const input = withoutFormer(actor, said, turn)
  if (!input) return
  claimLeftover(actor, point, { said: observationsOf(input), turn })
  const read = {
    now: turn.now,
    feed,
    links: linksFrom(point, actor, turn.policy),
    slotOf: (name: string) => {
      const system = turn.system(point.connector)
      return system && slotOf(system, name)
    },
  }
  const before = (point.contributions ?? []).map((one) => one.ending)
  const { native } = point
  const wasOut = isSignedOut(point)
  const changed =
    input.type === 'observed'
      ? observePoint(point, input.observation, read)
      : replacePoint(point, input.observations, read)
  if (changed) turn.work.dirty = true
  if (saidBefore !== undefined && sayings(point) !== saidBefore)
    turn.work.repairs.push({ kind: 'missed', connector: point.connector, address: point.address })
  if (wasOut && !isSignedOut(point)) forgetRefusals(actor, point, turn)
  // Who was out when the hub first looked has done nothing now.
  if (native && !wasOut && isSignedOut(point)) {
    const { connector, address } = point
    turn.work.notices.push({ connector, notice: { address, kind: 'signedOut', text: signedOutNotice } })
  }
  noteObservedAt(actor, input)
  noteEndings(actor, point, { before, turn })
  noteContradictions(actor, point, { before, turn })
  if (input.type === 'replaced' || input.observation.facet.kind === 'presence') readAfterSettle(point, turn)
}

/** What was refused because nobody was signed in is offered again. */
function forgetRefusals(actor: Actor, point: Point, turn: Turn): void {
  for (const { slot } of turn.system(point.connector)?.slots ?? []) {
    const state = actor.slots?.get(slotKey(point, slot))
    if (!state) continue
    state.refused = undefined
    state.retryAt = undefined
  }
}

/** An ending that a read brought about (yielded, gone) closes the ledger row. */
function noteEndings(
  actor: Actor,
  point: Point,
  { before, turn }: { before: readonly unknown[]; turn: Turn },
): void {
  for (const [index, contribution] of (point.contributions ?? []).entries()) {
    if (contribution.ending === before[index]) continue
    turn.work.dirty = true
    turn.work.changes.push({
      put: 'ledger',
      entry: writeContribution(actor.presentity, point, { contribution, now: turn.now }),
    })
  }
}

function observationsOf(input: FeedInput): readonly Observation[] {
  return input.type === 'observed' ? [input.observation] : input.observations
}

function noteObservedAt(actor: Actor, input: FeedInput): void {
  for (const { observedAt } of observationsOf(input)) {
    if (actor.trigger === undefined || observedAt < actor.trigger.sourceAt) {
      actor.trigger = { ...input.received, sourceAt: observedAt }
    }
  }
}

/** Links from a point: the configured ones, and the one that joins a person's own addresses of one system. */
function linksFrom(point: Point, actor: Actor, policy: Policy): readonly Link[] {
  const links = policy.links.filter((link) => link.from === point.connector)
  const siblings = actor.presentity.points.filter((one) => one.connector === point.connector)
  if (siblings.length > 1) links.push(joinOwnAddresses(point.connector))
  return links
}

function joinFeed(point: Point, feed: FeedState, epoch: number): void {
  const index = point.feeds.indexOf(feed)
  if (index >= 0 && point.epochs[index] === epoch) return
  const others = point.feeds.length - (index < 0 ? 0 : 1)
  if (others === 0) {
    const alone = listsOf(feed, epoch)
    point.feeds = alone.feeds
    point.epochs = alone.epochs
  } else {
    point.feeds = index < 0 ? [...point.feeds, feed] : point.feeds
    point.epochs = index < 0 ? [...point.epochs, epoch] : point.epochs.with(index, epoch)
  }
  resetOrder(point, feed.feed)
}

interface Alone {
  readonly feeds: readonly FeedState[]
  readonly epochs: readonly number[]
}

const lists = new WeakMap<FeedState, Alone>()

/** The lists of every point that only this feed covers. */
function listsOf(feed: FeedState, epoch: number): Alone {
  const known = lists.get(feed)
  if (known?.epochs[0] === epoch) return known
  const made = { feeds: known?.feeds ?? [feed], epochs: [epoch] }
  lists.set(feed, made)
  return made
}

function applyAnswer(actor: Actor, input: Extract<Input, { type: 'outcome' }>, turn: Turn): void {
  const { sent, outcome } = input
  const system = turn.system(sent.point.connector)
  const slot = system && slotOf(system, sent.publication.slot)
  if (!slot) return
  const state = slotState(actor, sent.point, slot.slot)
  const { connector, address } = sent.point
  const kind = mendedBy(sent, outcome, state)
  if (kind) turn.work.repairs.push({ kind, connector, address })
  applyOutcome(sent, outcome, { slot, state, now: turn.now, random: turn.random })
  if (outcome.kind === 'applied') {
    const { act, state: left } = sent.publication
    state.taken = act === 'withdraw' ? { state: sent.contribution.state, left, at: turn.now } : undefined
  }
  // What is open has the ledger's row alone; a choice that we wrote has become the base.
  if (sent.contribution.endAckAt !== undefined || slot.contribution === 'sharedSlot') turn.work.dirty = true
  turn.work.changes.push({
    put: 'ledger',
    entry: writeContribution(actor.presentity, sent.point, {
      contribution: sent.contribution,
      now: turn.now,
    }),
  })
  if (slot.expiry.kind === 'none') turn.work.durability = 'full'
  const isAnswered = outcome.kind === 'applied' || outcome.kind === 'unchanged'
  if (isAnswered || sent.contribution.overruled) {
    turn.work.reads.push({ point: sent.point, at: turn.now + slot.settleMs + afterSettleMs })
    // A person who took a choice back wants to see it gone, and reads are as quick as they can be.
    if (sent.publication.act === 'withdraw' && slot.contribution === 'sharedSlot')
      turn.work.reads.push({ point: sent.point, at: turn.now + soonMs })
  }
}

/**
 * A read within the settle time of a write of ours decides nothing for good: one extra read follows when that time is
 * over, also after a restart, which forgets what was asked for, and more where the source's number has not moved then.
 */
function readAfterSettle(point: Point, turn: Turn): void {
  const system = turn.system(point.connector)
  for (const contribution of point.contributions ?? []) {
    const slot = system && slotOf(system, contribution.slot)
    if (!slot) continue
    const answeredAt = contribution.endAckAt ?? contribution.ackAt
    if (answeredAt === undefined) continue
    const at = answeredAt + slot.settleMs + afterSettleMs
    if (at > turn.now) turn.work.reads.push({ point, at })
    // Later than was declared: asked again, less and less often, until the number moves.
    else if (isAwaited(contribution, { now: turn.now, sequence: point.sequence }))
      turn.work.reads.push({ point, at: 2 * turn.now - answeredAt })
  }
}

/** Everything of a feed has ended because the source withdrew it. */
export function endFeed(point: Point, feed: FeedState, now: number): void {
  for (const leg of point.legs) {
    if (leg.feed !== feed.feed || leg.state === 'terminated') continue
    leg.state = 'terminated'
    leg.endedAt = now
  }
  const index = point.feeds.indexOf(feed)
  if (index < 0) return
  point.feeds = point.feeds.toSpliced(index, 1)
  point.epochs = point.epochs.toSpliced(index, 1)
}

/** Closes without a request what can no longer be there. */
export function closeContribution(
  actor: Actor,
  point: Point,
  at: {
    readonly slot: string
    readonly ending: Ending
    readonly turn: Turn
  },
): void {
  for (const contribution of point.contributions ?? []) {
    if (contribution.slot !== at.slot || !isOpen(contribution)) continue
    endContribution(contribution, at.ending, at.turn.now)
    if (at.ending === 'expired' && isShared(point, at)) endOwnChoice(point, contribution.state, at.turn.now)
    at.turn.work.dirty = true
    at.turn.work.changes.push({
      put: 'ledger',
      entry: writeContribution(actor.presentity, point, { contribution, now: at.turn.now }),
    })
  }
}

function isShared(
  { connector }: Point,
  { slot, turn }: { readonly slot: string; readonly turn: Turn },
): boolean {
  const system = turn.system(connector)
  return system !== undefined && slotOf(system, slot)?.contribution === 'sharedSlot'
}
