import type { WriteSlot } from './connector.ts'
import type { Moment } from './ledger.ts'
import { isOpen, isSettled } from './ledger.ts'
import type { Presence } from './presence.ts'
import { isDoNotDisturb, isSelectable, samePresence } from './presence.ts'
import type { Point } from './presentity.ts'

/**
 * Do not disturb that was chosen elsewhere may be shown by a session of ours (Teams: Presenting). Only a choice stands
 * above a session, so a weaker pick that is seen in its place takes do not disturb back, as it does in a shared slot.
 * Answers when it was made (hub time); undefined where nobody made one: what was picked before our session stands
 * beside it. `wasShown`: since the last native read our writes were seen. A session about to run out proves nothing.
 */
export function pickedOverSession(
  { base, contributions }: Point,
  value: Presence,
  read: Moment & {
    readonly wasShown: boolean
    readonly slotOf: (name: string) => WriteSlot | undefined
  },
): number | undefined {
  if (!base || !isSelectable(value) || isDoNotDisturb(value)) return undefined
  const session = contributions?.find((one) => {
    const slot = read.slotOf(one.slot)
    if (slot?.contribution !== 'ownSession' || !isDoNotDisturb(one.state)) return false
    // A call for whose length the session silences is no choice that could be taken back.
    if (one.cause.kind !== 'choice' || !isOpen(one) || one.endIntentAt !== undefined || one.doubted)
      return false
    if (one.expiresAt !== undefined && read.now + slot.settleMs >= one.expiresAt) return false
    return isSettled(one, slot, read)
  })
  if (!session) return undefined
  if (read.wasShown || !samePresence(base.state, value)) return read.now
  // Seen before our session was settled, and still there: it counts from then.
  return base.by === 'native' && base.at >= session.intentAt ? base.at : undefined
}
