import { expect } from 'vitest'
import { AVAILABLE, DO_NOT_DISTURB } from '../../src/core/presence.ts'
import type { LabClock } from '../../src/lab/clock.ts'
import type { Phones } from '../../src/lab/phones.ts'
import type { RecordingContext } from '../contract/context.ts'
import type { WrittenSlot } from '../contract/world.ts'

/** A call to 1001, as any phone of the lab has it. */
export const phoneCalls = (phones: Phones) => ({
  ring: () => void phones.start({ extension: '1001', direction: 'inbound', answer: false }),
  answer: () => void phones.answer('1001'),
  hold: () => void phones.hold('1001', true),
  resume: () => void phones.hold('1001', false),
  hangup: () => void phones.hangup('1001'),
})

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

/** A connector in front of the lab's phones, followed by a test. */
interface Followed {
  readonly phones: Phones
  readonly recording: Pick<RecordingContext, 'feeds'>
  until(condition: () => unknown, what: string): Promise<void>
}

/** A call from outside that is held, one between colleagues, and one to voicemail, which is told as `alone`. */
export async function expectParties(
  { phones, until, legs, recording }: Followed & { legs(extension: string): string },
  { voicemail, alone }: { readonly voicemail: string; readonly alone: string },
): Promise<void> {
  phones.start({ extension: '1001', direction: 'inbound', to: '+14255550100', answer: false })
  await until(() => legs('1001') === 'early inbound external', 'ringing')
  phones.answer('1001')
  phones.hold('1001', true)
  await until(() => legs('1001') === 'held inbound external', 'held')
  expect(recording.feeds.dialogs('1001')[0]).toMatchObject({ remote: '+14255550100', evidence: 'call' })
  phones.hangup('1001')
  await until(() => legs('1001') === '', 'the end')
  phones.start({ extension: '1001', to: '1002' })
  await until(() => legs('1001') === 'confirmed outbound internal', 'the caller')
  await until(() => legs('1002') === 'confirmed inbound internal', 'the called')
  phones.hangup('1002')
  await until(() => legs('1001') + legs('1002') === '', 'the end of both')
  phones.start({ extension: '1001', to: voicemail, party: 'internal' })
  await until(() => legs('1001') === alone, 'voicemail')
}

/** A call on hold and a second one at the same phone; the first ends. */
export async function expectTwoLegs({ phones, until, recording }: Followed): Promise<void> {
  const first = phones.start({ extension: '1001' }).id
  phones.hold('1001', true)
  phones.start({ extension: '1001', to: '1003' })
  await until(() => recording.feeds.dialogs('1001').length === 2, 'both')
  phones.hangup('1001', first)
  await until(() => recording.feeds.dialogs('1001').length === 1, 'the second alone')
  expect(recording.feeds.dialogs('1001')[0]).toMatchObject({ party: 'internal', state: 'confirmed' })
}
