import type { Presence } from './presence.ts'
import { isCall, isDoNotDisturb } from './presence.ts'
import type { ForkedCall, Leg, Point } from './presentity.ts'

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
 * Notes at each aggregate address whether its call began as a forked one, and forgets it when the call is over; true
 * when that changed. The note outlasts the leg that rang, which is soon forgotten.
 */
export function noteForkedCalls(points: readonly Point[], input: ForkInput): boolean {
  let changed = false
  for (const point of points) {
    if (!point.native || input.isPhone(point)) continue
    const next = forkOf(point, points, input)
    if (next === point.forked) continue
    point.forked = next
    changed = true
  }
  return changed
}

function forkOf(point: Point, points: readonly Point[], input: ForkInput): ForkedCall | undefined {
  const native = point.native!
  if (point.forked) return mayBeInCall(native.state) ? point.forked : undefined
  const isFresh = input.now - native.since <= forkWindowMs
  if (!isFresh || !isCall(native.state) || point.hiddenSince !== undefined) return undefined
  for (const phone of points) {
    if (!input.isPhone(phone)) continue
    if (phone.legs.some((leg) => rangFor(leg, native.since))) {
      return { connector: phone.connector, address: phone.address, at: native.since }
    }
  }
  return undefined
}

/**
 * The leg rang when, or shortly before, the call began on the other side. It rings on, has ended without an answer of
 * its own (answered elsewhere), or was answered just then (a phone system that counts the other side as the phone's
 * own device).
 */
function rangFor(leg: Leg, began: number): boolean {
  if (leg.direction === 'outbound' || leg.since > began + forkWindowMs) return false
  const rangUntil = leg.answeredAt ?? leg.endedAt
  return rangUntil === undefined || rangUntil >= began - forkWindowMs
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
