import type { Presence } from './presence.ts'
import { isCall, isDoNotDisturb } from './presence.ts'
import type { Leg, Point } from './presentity.ts'

/** What noticing a forked call needs to know; `now` in hub time. */
export interface ForkInput {
  readonly now: number
  readonly isPhone: (point: Point) => boolean
}

/**
 * How far apart the ringing and the call on the other side may be seen, milliseconds: a state in Teams is promised
 * within 5 s (SW-12), and a poll and a late read come on top.
 */
export const forkWindowMs = 10_000
/**
 * How long after the ringing a call may come to light that our own write had hidden, milliseconds: the settle time of
 * a pushed state and a late read.
 */
export const lateForkMs = 120_000
/** A call is seen as it begins when its state is not older than this, milliseconds. */
const asItBeginsMs = 1000

/**
 * Judges each native call of an aggregate address once, as it comes into view, and forgets the verdict when the call
 * is over; true when a verdict changed. It outlasts the leg that rang, which is soon forgotten.
 */
export function noteForkedCalls(points: readonly Point[], input: ForkInput): boolean {
  let changed = false
  for (const point of points) {
    if (!point.native || input.isPhone(point)) continue
    const next = judge(point, points, input)
    if (next === point.forked) continue
    point.forked = next
    changed = true
  }
  return changed
}

function judge(point: Point, points: readonly Point[], input: ForkInput): Point['forked'] {
  const native = point.native!
  if (point.forked) return mayBeInCall(native.state) ? point.forked : undefined
  if (!isCall(native.state) || point.hiddenSince !== undefined) return undefined
  for (const phone of points) {
    if (!input.isPhone(phone)) continue
    if (phone.legs.some((leg) => rangFor(leg, native.since, input.now))) {
      return { connector: phone.connector, address: phone.address, at: native.since }
    }
  }
  return 'no'
}

/**
 * The leg rang when, or shortly before, the call began on the other side. It rings on, has ended without an answer of
 * its own (answered elsewhere), or was answered just then (a phone system that counts the other side as the phone's
 * own device). Of a call that our own write had hidden, for example because ringing shows as a call, the beginning is
 * not known: there only a leg that nobody answered at the phone counts.
 */
function rangFor(leg: Leg, began: number, now: number): boolean {
  if (leg.direction === 'outbound') return false
  const seenAsItBegan = now - began <= asItBeginsMs
  if (!seenAsItBegan && leg.answeredAt !== undefined) return false
  const rangUntil = leg.answeredAt ?? leg.endedAt ?? now
  return rangUntil >= began - forkWindowMs && rangUntil >= now - lateForkMs
}

/** States behind which the call may go on: Teams flips between call and meeting, and sharing a screen hides both. */
function mayBeInCall(state: Presence): boolean {
  return (
    isCall(state) ||
    state.activity === 'inAMeeting' ||
    isDoNotDisturb(state) ||
    state.availability === 'unknown'
  )
}
