import type { WriteSlot } from '../../core/connector.ts'
import {
  AVAILABLE,
  AWAY,
  BUSY,
  DO_NOT_DISTURB,
  IN_A_CALL,
  OFFLINE,
  PRESENTING,
  presence,
  UNKNOWN,
} from '../../core/presence.ts'

export const BE_RIGHT_BACK = presence('beRightBack', 'beRightBack')
export const APPEAR_OFFLINE = presence('offline', 'offWork')

/** How long a preferred state lasts when nobody prolongs it: Graph's own default for Do not disturb and Busy. */
export const preferredLifeMs = 86_400_000

/** A read may show the former value for so long after a write (architecture, section 3: polled). */
const settleMs = 15_000

/** The pairs of setUserPreferredPresence (learn.microsoft.com/graph/api/presence-setuserpreferredpresence). */
const selectable = [DO_NOT_DISTURB, BUSY, BE_RIGHT_BACK, AWAY, APPEAR_OFFLINE, AVAILABLE]

/**
 * What may be written. Graph takes more pairs for a session (setPresence: Available, Away, InAConferenceCall); a hub
 * that set them would show a person as online who is not, so they are not offered.
 */
export function writeSlots(config: {
  readonly callLife?: number
  readonly dndAs?: string
}): readonly WriteSlot[] {
  const session: WriteSlot = {
    slot: 'session',
    states: [PRESENTING, IN_A_CALL],
    neutral: OFFLINE,
    contribution: 'ownSession',
    readBack: 'aggregate',
    echo: 'value',
    expiry: { kind: 'native', lifeMs: (config.callLife ?? 900) * 1000 },
    settleMs,
  }
  const preferred: WriteSlot = {
    slot: 'preferred',
    states: config.dndAs === 'presenting' ? selectable.slice(1) : selectable,
    // Graph cannot tell what was chosen before: nothing better than "cleared" is known.
    neutral: UNKNOWN,
    contribution: 'sharedSlot',
    readBack: 'aggregate',
    echo: 'value',
    expiry: { kind: 'native', lifeMs: preferredLifeMs },
    settleMs,
  }
  return [session, preferred]
}
