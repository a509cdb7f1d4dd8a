import type { StrangeWord } from '../kit/unknown-values.ts'
import { deviceStates } from './events.ts'
import { isPresenceWord } from './facets.ts'
import { type AmiMessage, header } from './frames.ts'

/** asterisk/channelstate.h: 0 down to 9 pre-ring, and the bit that stands for mute. */
const mute = 65_536
const lastChannelState = 9

/** Words of a live event or a list's item that no Asterisk had when this was written, and what is made of them. */
export function strangeWords(message: AmiMessage): readonly StrangeWord[] {
  const words: StrangeWord[] = []
  const device = message.name === 'DeviceStateChange' ? header(message, 'state') : undefined
  if (device && !deviceStates.some((each) => each === device)) {
    words.push({ field: 'device state', value: device, takenAs: 'UNKNOWN: neither a call nor a phone' })
  }
  const presence = message.name === 'PresenceStateChange' ? header(message, 'status') : undefined
  if (presence && !isPresenceWord(presence)) {
    words.push({ field: 'presence state', value: presence, takenAs: 'nothing chosen' })
  }
  for (const field of ['channelstate', 'destchannelstate']) {
    const state = header(message, field)
    if (!state || !/^\d+$/.test(state) || Number(state) <= lastChannelState || Number(state) === mute)
      continue
    words.push({ field: 'channel state', value: state, takenAs: 'no call' })
  }
  return words
}
