import type { DialogFacet, Observation } from './observation.ts'
import { isOlder } from './order.ts'
import type { FeedState, Leg, Point } from './presentity.ts'
import { none } from './presentity.ts'
import type { ReadContext, ReadResult } from './read.ts'
import { readAggregate, readDnd, readSwitch } from './read.ts'
import { sameFields } from './share.ts'
import { readSignOut } from './signed-out.ts'

/** Takes what a feed said about one address; true when anything about the point changed. */
export function observePoint(
  point: Point,
  observation: Observation,
  context: ReadContext & { readonly feed: FeedState },
): boolean {
  const { facet } = observation
  switch (facet.kind) {
    case 'dialog':
      return observeDialog(
        point,
        { facet, sequence: observation.sequence, feed: context.feed.feed },
        context.now,
      )
    case 'registration': {
      const changed = point.registered !== facet.registered
      point.registered = facet.registered
      return changed
    }
    case 'dnd': {
      const was = point.dnd
      const result = readDnd(point, facet, context)
      return was !== facet.on || changes(result)
    }
    case 'queue': {
      const was = point.paused
      point.paused = facet.paused
      const result = readSwitch(point, { on: facet.paused, origin: facet.origin }, context)
      return was !== facet.paused || changes(result)
    }
    case 'presence': {
      if (isOlder(observation.sequence, point.sequence)) return false
      point.sequence = observation.sequence ?? point.sequence
      const native = point.native
      const signedOut = readSignOut(point, facet, context.now)
      if (signedOut) return signedOut === 'changed'
      const hidden = point.hiddenSince
      const result = readAggregate(point, facet, { ...context, sequence: observation.sequence })
      if (facet.absent && point.native) point.native = { ...point.native, absent: facet.absent }
      // A start reads everybody anew: what is as it was stored is not stored again.
      if (native && point.native && sameFields(native, point.native)) point.native = native
      return changes(result) || native !== point.native || hidden !== point.hiddenSince
    }
  }
}

function changes(result: ReadResult): boolean {
  return result === 'changed' || result === 'echo'
}

interface DialogObservation {
  readonly facet: DialogFacet
  readonly sequence: string | undefined
  readonly feed: string
}

function observeDialog(point: Point, { facet, sequence, feed }: DialogObservation, now: number): boolean {
  const known = point.legs.find((leg) => leg.leg === facet.leg && leg.feed === feed)
  if (!known || beginsAnew(known, facet, sequence)) {
    if (facet.state === 'terminated') return false
    point.legs = [...point.legs.filter((leg) => leg !== known), newLeg(facet, { sequence, feed }, now)]
    return true
  }
  if (known.state === 'terminated' || isOlder(sequence, known.sequence)) return false
  if (sequence !== undefined) known.sequence = sequence
  const same =
    known.through === (facet.through ?? known.through) &&
    known.remote === (facet.remote ?? known.remote) &&
    known.featureCode === (facet.featureCode ?? known.featureCode) &&
    known.state === facet.state &&
    known.direction === facet.direction &&
    known.party === facet.party &&
    known.evidence === facet.evidence
  if (same) return false
  if (facet.state === 'terminated') {
    endLeg(known, now)
    return true
  }
  known.state = facet.state
  known.was = facet.state
  known.direction = facet.direction
  known.party = facet.party
  known.evidence = facet.evidence
  tellMore(known, facet)
  if (isAnswered(facet)) known.answeredAt ??= now
  return true
}

/** A lamp, and many a phone system, has one name for all its calls: what is said after the end is the next call. */
function beginsAnew(known: Leg, facet: DialogFacet, sequence: string | undefined): boolean {
  if (known.state !== 'terminated' || facet.state === 'terminated') return false
  return sequence === undefined || (sequence !== known.sequence && !isOlder(sequence, known.sequence))
}

function newLeg(facet: DialogFacet, from: { sequence: string | undefined; feed: string }, now: number): Leg {
  const leg: Leg = {
    feed: from.feed,
    leg: facet.leg,
    state: facet.state,
    was: facet.state,
    direction: facet.direction,
    party: facet.party,
    evidence: facet.evidence,
    since: now,
  }
  if (from.sequence !== undefined) leg.sequence = from.sequence
  tellMore(leg, facet)
  if (isAnswered(facet)) leg.answeredAt = now
  return leg
}

/** What not every source tells, and what one that did does not take back. */
function tellMore(leg: Leg, facet: DialogFacet): void {
  if (facet.through !== undefined) leg.through = facet.through
  if (facet.featureCode !== undefined) leg.featureCode = facet.featureCode
  if (facet.remote !== undefined) leg.remote = facet.remote
}

function isAnswered(facet: DialogFacet): boolean {
  return facet.state === 'confirmed' || facet.state === 'held'
}

function endLeg(leg: Leg, now: number): void {
  leg.state = 'terminated'
  leg.endedAt = now
}

/** A snapshot replaces the whole set of its feed: what it does not name has ended. */
export function replacePoint(
  point: Point,
  observations: readonly Observation[],
  context: ReadContext & { readonly feed: FeedState },
): boolean {
  let changed = false
  const legs = new Set<string>()
  let hasPresence = false
  for (const { facet } of observations) {
    if (facet.kind === 'dialog') legs.add(facet.leg)
    if (facet.kind === 'presence') hasPresence = true
  }
  for (const leg of point.legs) {
    if (leg.feed !== context.feed.feed || leg.state === 'terminated' || legs.has(leg.leg)) continue
    // A call that went on when the feed was lost ended while nobody listened: its grace does not begin now.
    const { lostSince } = context.feed
    endLeg(leg, lostSince > leg.since ? lostSince : context.now)
    changed = true
  }
  const byAnother = point.feeds.some((feed) => feed.tellsPresence && feed.feed !== context.feed.feed)
  if (!hasPresence && point.native && !byAnother) {
    point.native = undefined
    point.hiddenSince = undefined
    changed = true
  }
  // Signed out of every queue.
  if (point.paused !== undefined && !observations.some(({ facet }) => facet.kind === 'queue')) {
    delete point.paused
    changed = true
  }
  for (const observation of observations) {
    if (observePoint(point, observation, context)) changed = true
  }
  return changed
}

/** A new epoch has an order of its own: what the former one told of before and after says nothing here. */
export function resetOrder(point: Point, feed: string): void {
  point.sequence = undefined
  for (const contribution of point.contributions ?? []) {
    delete contribution.shownBy
    delete contribution.goneBy
    delete contribution.movedBy
    delete contribution.unmoved
  }
  for (const leg of point.legs) {
    if (leg.feed === feed) delete leg.sequence
  }
}

/**
 * Drops legs that ended before these hub times: `ended`, so long ago that no grace can count them; `rung`, for those that
 * came in, so long ago that no forked call is found any more.
 */
export function forgetLegs(point: Point, before: { readonly ended: number; readonly rung: number }): void {
  const isOver = ({ endedAt, direction }: Leg) =>
    endedAt !== undefined && endedAt <= (direction === 'outbound' ? before.ended : before.rung)
  if (!point.legs.some(isOver)) return
  const kept = point.legs.filter((leg) => !isOver(leg))
  point.legs = kept.length > 0 ? kept : none
}
