import { AVAILABLE, DO_NOT_DISTURB } from '../../src/core/presence.ts'
import type { LabClock } from '../../src/lab/clock.ts'
import type { Phones } from '../../src/lab/phones.ts'
import type { WrittenSlot } from '../contract/world.ts'

/** Do not disturb of a phone of the lab, which the person has a key for; nothing there looks at the clock of the hub. */
export function dndSlot(
  { phones, clock }: { readonly phones: Phones; readonly clock: LabClock },
  shown: WrittenSlot['shown'] = (address) => (phones.phone(address)?.dnd ? DO_NOT_DISTURB : AVAILABLE),
): WrittenSlot {
  return {
    slot: 'dnd',
    state: DO_NOT_DISTURB,
    shown,
    person: { act: () => void phones.setDnd('1001', false), shows: AVAILABLE },
    expiry: { later: (milliseconds) => clock.advance(milliseconds) },
  }
}
