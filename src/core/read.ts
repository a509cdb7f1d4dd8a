import type { ChoiceChange } from './choice.ts'
import { choiceOf, contradicted, hideChoice, mayStandBehind, recordOwnWrite, settleChoice } from './choice.ts'
import type { WriteSlot } from './connector.ts'
import type { Contribution, Ending } from './ledger.ts'
import { classifyRead, hidesCalls, isOpen, isSettled } from './ledger.ts'
import type { DndFacet, PresenceFacet } from './observation.ts'
import { pickedOverSession } from './picked-over-session.ts'
import type { Link } from './policy.ts'
import type { Presence } from './presence.ts'
import { AVAILABLE, DO_NOT_DISTURB, isDoNotDisturb, isSelectable, OFFLINE, samePresence } from './presence.ts'
import type { Point } from './presentity.ts'
import { doubtNumbers, hasUnsettledChoice, noteOrder } from './read-order.ts'

/** What reading needs to know; `now` in hub time. */
export interface ReadContext {
  readonly now: number
  /** The read's place in the source's own order, where the source has one. */
  readonly sequence?: string | undefined
  /** Links from the point's connector, the person's own other addresses included. */
  readonly links: readonly Link[]
  readonly slotOf: (name: string) => WriteSlot | undefined
}

/** What a read did to a point, for "why?" and the tests. */
export type ReadResult = 'native' | 'changed' | 'echo' | 'stale'

/**
 * A read of a system that shows one aggregate (Teams). What our own writes explain is not native: the last native
 * value is kept, marked as hidden, until a read shows something that our writes do not explain.
 */
export function readAggregate(point: Point, facet: PresenceFacet, context: ReadContext): ReadResult {
  const { now } = context
  point.read = { state: facet.state, at: now }
  doubtNumbers(point, facet.state, context)
  const verdict = classifyRead(facet.state, point.contributions, context)
  noteOrder(point, facet.state, context)
  if (verdict.kind === 'echo') {
    const weaker = contradictedByEcho(point, verdict.of, context)
    if (!point.native || !samePresence(point.native.state, facet.state)) {
      point.hiddenSince ??= verdict.of.intentAt
    }
    return weaker ? 'changed' : 'echo'
  }
  if (verdict.kind === 'stale') return 'stale'
  const hiddenSince = point.hiddenSince
  point.hiddenSince = undefined
  endVanishedSessions(point, facet.state, context)
  const kept = point.native && samePresence(point.native.state, facet.state) ? point.native : undefined
  point.native = {
    state: facet.state,
    chosen: pickedDespiteUs(point, facet, context) ? 'yes' : facet.chosen,
    outOfOffice: facet.outOfOffice ?? false,
    since: kept?.since ?? beginningOf(facet.state, point, hiddenSince) ?? now,
    ...(facet.reason !== undefined && { reason: facet.reason }),
  }
  // A source that says "not chosen" of what could be picked speaks of a condition: a level, no register. A state
  // that nobody can pick (a call) still tells that nothing stronger is picked.
  if (facet.chosen === 'no' && isSelectable(facet.state)) return 'native'
  return readChoice(point, facet, { ...context, wasShown: hiddenSince !== undefined }) ? 'changed' : 'native'
}

/**
 * Our call shows although what was chosen stands above it, by us or by the person: somebody has taken that away. Only
 * Available and Busy may be chosen and give way to a call all the same.
 */
function contradictedByEcho(point: Point, of: Contribution, context: ReadContext): boolean {
  const gone = contradicted(point, of.state, context)
  for (const contribution of gone) endContribution(contribution, 'yielded', context.now)
  const isSession = context.slotOf(of.slot)?.contribution === 'ownSession'
  const stood = point.base !== undefined && hidesCalls(point.base.state)
  if (gone.length === 0 && !(isSession && stood && !hasUnsettledChoice(point, context))) return false
  return settleChoice(point, AVAILABLE, choiceChange(context))
}

function readChoice(
  point: Point,
  facet: PresenceFacet,
  context: ReadContext & { readonly wasShown: boolean },
): boolean {
  const value = facet.state
  const choice = choiceOf(value)
  if (choice === undefined) {
    hideChoice(point, value, context.links)
    return false
  }
  if (hasUnsettledChoice(point, context)) return false
  if (point.base && mayStandBehind(point.base.state, value)) return false
  for (const contribution of contradicted(point, value, context)) {
    endContribution(contribution, 'yielded', context.now)
  }
  const change = choiceChange(context, { ...facet, chosen: point.native?.chosen ?? facet.chosen })
  const pickedAt = pickedOverSession(point, value, context)
  return pickedAt === undefined
    ? settleChoice(point, choice, change)
    : settleChoice(point, choice, { ...change, at: pickedAt, instead: DO_NOT_DISTURB })
}

/** Offline/Offline while our session should be live and visible: the session is gone. */
function endVanishedSessions(point: Point, value: Presence, context: ReadContext): void {
  if (!samePresence(value, OFFLINE)) return
  for (const contribution of point.contributions ?? []) {
    const slot = context.slotOf(contribution.slot)
    const isLive = slot?.contribution === 'ownSession' && isOpen(contribution)
    if (isLive && isSettled(contribution, slot, context)) endContribution(contribution, 'gone', context.now)
  }
}

/**
 * A condition that comes to light behind our own write or behind a do not disturb may have begun with it: what a person
 * did at a target since then stands.
 */
function beginningOf(shown: Presence, point: Point, hiddenSince: number | undefined): number | undefined {
  if (isSelectable(shown)) return undefined
  const { native } = point
  const veils = (point.contributions ?? []).map((contribution) => contribution.intentAt)
  if (hiddenSince !== undefined) veils.push(hiddenSince)
  if (native && isDoNotDisturb(native.state) && !isDoNotDisturb(shown)) veils.push(native.since)
  return veils.length > 0 ? Math.min(...veils) : undefined
}

/** A weaker state shows while our session is live and settled: only a choice can stand above a session. */
function pickedDespiteUs(point: Point, { state }: PresenceFacet, context: ReadContext): boolean {
  if (samePresence(state, OFFLINE) || choiceOf(state) === undefined) return false
  return (point.contributions ?? []).some((contribution) => {
    const slot = context.slotOf(contribution.slot)
    return (
      slot?.contribution === 'ownSession' &&
      isOpen(contribution) &&
      // What we are taking back ourselves may be gone before the answer is here.
      contribution.endIntentAt === undefined &&
      !contribution.doubted &&
      isSettled(contribution, slot, context) &&
      !samePresence(state, contribution.state)
    )
  })
}

/**
 * A read of a phone's do not disturb, a slot that can be read by itself. The first read that shows our write
 * confirms it; from then on every other value is a person's.
 */
export function readDnd(point: Point, facet: DndFacet, context: ReadContext): ReadResult {
  point.dnd = facet.on
  return readSwitch(point, facet, context)
}

/** The same of whatever is do not disturb at an address: that of a phone, or a pause in its queues. */
export function readSwitch(
  point: Point,
  facet: { readonly on: boolean; readonly origin?: DndFacet['origin'] | undefined },
  context: ReadContext,
): ReadResult {
  const { now, slotOf } = context
  const value = facet.on ? DO_NOT_DISTURB : AVAILABLE
  for (const contribution of (point.contributions ?? []).toReversed()) {
    const slot = slotOf(contribution.slot)
    if (slot?.readBack !== 'own') continue
    const target = contribution.endIntentAt === undefined ? contribution.state : restored(contribution)
    const confirmed =
      contribution.endIntentAt === undefined ? contribution.confirmedAt : contribution.endConfirmedAt
    if (confirmed !== undefined) break
    if (facet.on === isDoNotDisturb(target)) {
      if (contribution.endIntentAt === undefined) contribution.confirmedAt = now
      else contribution.endConfirmedAt = now
      recordOwnWrite(point, value, { at: point.base?.by === 'hub' ? point.base.at : now })
      return 'echo'
    }
    const ackAt = contribution.endIntentAt === undefined ? contribution.ackAt : contribution.endAckAt
    if (ackAt === undefined || ackAt + slot.settleMs >= now) return 'stale'
    break
  }
  const changed = settleChoice(point, value, {
    ...choiceChange(context, { chosen: 'yes' }),
    origin: facet.origin ?? 'person',
  })
  if (changed) {
    for (const contribution of point.contributions ?? []) {
      if (slotOf(contribution.slot)?.readBack === 'own' && isOpen(contribution)) {
        endContribution(contribution, 'yielded', now)
      }
    }
  }
  return changed ? 'changed' : 'native'
}

function restored(contribution: { readonly found: Presence | undefined }): Presence {
  return contribution.found ?? AVAILABLE
}

function choiceChange(
  context: ReadContext,
  said?: Pick<PresenceFacet, 'chosen' | 'outOfOffice' | 'origin'>,
): ChoiceChange {
  return {
    at: context.now,
    origin: said?.origin ?? 'person',
    chosen: said?.chosen ?? 'unknown',
    outOfOffice: said?.outOfOffice ?? false,
    links: context.links,
  }
}

/** Closes a contribution that is no longer there, without a request; not one that a request may just put back. */
export function endContribution(contribution: Contribution, ending: Ending, now: number): void {
  if (contribution.prolonging) {
    if (ending === 'yielded') contribution.overruled = true
    return
  }
  contribution.ending = ending
  contribution.endIntentAt ??= now
  contribution.endAckAt = now
  // Only the target knows when exactly it lets something run out, and a read may be late: not seen gone yet.
  if (ending !== 'expired') contribution.endConfirmedAt = now
}
