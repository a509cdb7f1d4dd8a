import { isOpen } from './ledger.ts'
import type { CallFilter, Link, Policy } from './policy.ts'
import type { Presence } from './presence.ts'
import { IN_A_CALL, isDoNotDisturb } from './presence.ts'
import type { Leg, Point } from './presentity.ts'
import { isSynced, lostSince } from './presentity.ts'

/**
 * Calls are counted over all legs of an address: held, parallel and conference legs count, and the state ends with
 * the last one, after the link's grace.
 */
export interface CallCount {
  readonly count: number
  /** What the table is asked about while legs count. */
  readonly state: Presence
  /** Hub time when the first counted leg began to count. */
  readonly since: number
  readonly reviewAt: number | undefined
}

/** All addresses of the person and the policy: other addresses may see the same line. `now` in hub time. */
export interface CallInput {
  readonly points: readonly Point[]
  readonly policy: Policy
  readonly now: number
}

/** Counts the legs at one address that this link lets count, grace included. */
export function countCalls(link: Link, point: Point, input: CallInput): CallCount {
  let count = 0
  let since = Number.POSITIVE_INFINITY
  let reviewAt: number | undefined
  if (point.legs.length > 0) {
    const lampsCount = lampMeansCall(point, input.points)
    const doubtedFrom = lampsDoubtedFrom(point, input.points)
    for (const leg of point.legs) {
      if (leg.evidence === 'lamp' && (!lampsCount || (leg.since > doubtedFrom && !hasRung(leg)))) continue
      if (coveredByBetterLine(link, point, input)) continue
      if (toldByAnotherView(link, point, input)) continue
      const counted = countLeg(leg, link, input.now)
      if (!counted) continue
      if (counted !== 'live') {
        const at = 'until' in counted ? counted.until : counted.from
        reviewAt = Math.min(reviewAt ?? at, at)
        if ('from' in counted) continue
      }
      count += 1
      since = Math.min(since, leg.answeredAt ?? leg.since)
    }
  }
  return { count, state: IN_A_CALL, since: count > 0 ? since : input.now, reviewAt }
}

/** `live` while it counts; a time when only time decides: until when it counts, or from when it will. */
type Counting = 'live' | { readonly until: number } | { readonly from: number } | undefined

function countLeg(leg: Leg, link: Link, now: number): Counting {
  if (!passes(leg, link.calls)) return undefined
  const { minimumMs } = link.calls
  const began = leg.answeredAt ?? leg.since
  if (leg.state !== 'terminated') {
    if (!countsIn(leg, leg.state, link.calls)) return undefined
    return now < began + minimumMs ? { from: began + minimumMs } : 'live'
  }
  if (leg.endedAt === undefined || !countsIn(leg, leg.was, link.calls)) return undefined
  if (leg.endedAt < began + minimumMs) return undefined
  const until = leg.endedAt + link.graceMs
  return now < until ? { until } : undefined
}

function countsIn(leg: Leg, state: Leg['state'], filter: CallFilter): boolean {
  switch (state) {
    case 'confirmed':
    case 'held':
      return true
    case 'trying':
    case 'early':
      return leg.direction === 'outbound' ? filter.offHook : filter.ringing
    case 'terminated':
      return false
  }
}

function passes(leg: Leg, filter: CallFilter): boolean {
  if (leg.through === 'queue' && !filter.queue) return false
  if (leg.featureCode && !filter.starCodes) return false
  switch (leg.party) {
    case 'external':
      return filter.external
    case 'internal':
      return filter.internal
    case 'unknown':
      return filter.unknownParty
  }
}

/** A lamp without call evidence on a line whose do not disturb is on, or is being set by us, is never a call. */
function lampMeansCall(point: Point, points: readonly Point[]): boolean {
  return !points.some(
    (other) =>
      other.line === point.line &&
      (other.dnd === true ||
        other.contributions?.some(
          (ours) => isOpen(ours) && ours.confirmedAt === undefined && isDoNotDisturb(ours.state),
        )),
  )
}

/**
 * From when on (hub time) a lamp may as well mean do not disturb: since the view of the line that tells the two apart
 * cannot be heard.
 */
function lampsDoubtedFrom(point: Point, points: readonly Point[]): number {
  let from = Number.POSITIVE_INFINITY
  for (const other of points) {
    if (other === point || other.line !== point.line || other.dnd === undefined) continue
    from = Math.min(from, lostAt(other) ?? from)
  }
  return from
}

/** Undefined while the point is heard, and where it never was since the hub began. */
function lostAt(point: Point): number | undefined {
  return point.feeds.length === 0 ? undefined : lostSince(point, 0)
}

/** A lamp that blinked first is a call: do not disturb lights it at once. */
function hasRung({ since, answeredAt }: Leg): boolean {
  return answeredAt !== undefined && answeredAt > since
}

/** The same physical line is seen by a better connector that can be heard and speaks to the same target. */
function coveredByBetterLine(link: Link, point: Point, { points, policy }: CallInput): boolean {
  return points.some(
    (other) =>
      other !== point &&
      other.line === point.line &&
      other.rank > point.rank &&
      isSynced(other) &&
      policy.links.some((another) => another.from === other.connector && another.to === link.to),
  )
}

/**
 * The point cannot be heard, and another view of its line that speaks to the same target can, and tells whether there
 * is a call: it counts one, or its line is idle or was idle meanwhile. A leg that it saw before and does not count (a lamp
 * in do not disturb, a number it was not told) leaves the last word of the better view standing.
 */
export function toldByAnotherView(link: Link, point: Point, input: CallInput): boolean {
  if (isSynced(point)) return false
  const since = lostAt(point) ?? Number.POSITIVE_INFINITY
  return input.points.some((other) => {
    if (other === point || other.line !== point.line || !isSynced(other)) return false
    const idle = other.legs.every((leg) => leg.state === 'terminated' || leg.since > since)
    return input.policy.links.some(
      (another) =>
        another.from === other.connector &&
        another.to === link.to &&
        (idle || countCalls(another, other, input).count > 0),
    )
  })
}

/** True while any leg of the point rings inbound: the board's flag. */
export function isRinging(point: Point): boolean {
  return point.legs.some(
    (leg) => leg.direction !== 'outbound' && (leg.state === 'early' || leg.state === 'trying'),
  )
}
