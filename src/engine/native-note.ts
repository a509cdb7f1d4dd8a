import { isEndSettled } from '../core/ledger.ts'
import { samePresence } from '../core/presence.ts'
import type { Point } from '../core/presentity.ts'
import { isSignedOut, signedOutNote } from '../core/signed-out.ts'
import type { System } from './system.ts'
import { slotOf } from './system.ts'

/** What stands beside a native state that no read can confirm now; `since` in hub time. */
export interface NativeNote {
  readonly note: string
  readonly since: number
  /** Our own write hides it. */
  readonly hidden: boolean
}

/** Why the native state of an aggregate may not be what is there. */
export function nativeNote(point: Point, system: System | undefined, now: number): NativeNote | undefined {
  const { native, hiddenSince } = point
  if (hiddenSince !== undefined) return { note: 'hidden by our own write', since: hiddenSince, hidden: true }
  if (!native) return undefined
  if (isSignedOut(point)) return { note: signedOutNote, since: native.since, hidden: false }
  for (const contribution of point.contributions ?? []) {
    const { act, state, endIntentAt, endAckAt } = contribution
    if (act !== 'clear' || endIntentAt === undefined || !samePresence(state, native.state)) continue
    const slot = system && slotOf(system, contribution.slot)
    if (!slot || isEndSettled(contribution, slot, { now })) continue
    if (endAckAt === undefined) return { note: 'being cleared by us', since: endIntentAt, hidden: false }
    return { note: 'cleared by us, not read back yet', since: endAckAt, hidden: false }
  }
  return undefined
}
