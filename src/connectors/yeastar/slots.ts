import type { WriteSlot } from '../../core/connector.ts'
import { AVAILABLE, AWAY, DO_NOT_DISTURB, UNKNOWN } from '../../core/presence.ts'
import type { Settings } from './config.ts'

/**
 * The presence of an extension (`POST extension/update`): a register that the person and the hub share, that can be
 * read at once and that nothing at the PBX takes back. 3 s leave room for a change made in Linkus in the same moment.
 */
const presenceSlot: WriteSlot = {
  slot: 'presence',
  states: [DO_NOT_DISTURB, AWAY, AVAILABLE],
  // There is no "nothing": what is taken back without a better word becomes Available.
  neutral: UNKNOWN,
  contribution: 'sharedSlot',
  readBack: 'aggregate',
  echo: 'value',
  expiry: { kind: 'none' },
  settleMs: 3000,
}

/** Also where nothing is to be written any more, what was written before has to be taken back. */
export function writeSlots({ writePresence }: Pick<Settings, 'writePresence'>): readonly WriteSlot[] {
  return [writePresence ? presenceSlot : { ...presenceSlot, states: [] }]
}
