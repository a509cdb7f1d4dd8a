import type { WriteSlot } from '../../core/connector.ts'
import { AVAILABLE, DO_NOT_DISTURB, IN_A_CALL, UNKNOWN } from '../../core/presence.ts'
import type { Settings } from './config.ts'

/**
 * Do not disturb of an extension: a place that the person, the dialplan and the hub share, that can be read at once,
 * and where nothing expires. FusionPBX's script waits 0.3 s for each SIP profile before a changed field shows.
 */
const dnd: WriteSlot = {
  slot: 'dnd',
  states: [DO_NOT_DISTURB],
  neutral: AVAILABLE,
  contribution: 'sharedSlot',
  readBack: 'own',
  echo: 'value',
  expiry: { kind: 'none' },
  settleMs: 3000,
}

/**
 * Busy lamps of an extension, lit by an event (PRESENCE_IN). Nothing of it is kept: a phone that subscribes anew sees
 * what is really there, so it is lit again while it is wanted. Real calls show whatever we do.
 */
const lamp: WriteSlot = {
  slot: 'lamp',
  states: [IN_A_CALL],
  neutral: UNKNOWN,
  contribution: 'ownRecord',
  readBack: 'none',
  echo: 'identity',
  expiry: { kind: 'native', lifeMs: 600_000 },
  settleMs: 1000,
}

/** Also where nothing is to be set any more, what was set before has to be taken back. */
export function writeSlots({ writeDnd, lamps }: Pick<Settings, 'writeDnd' | 'lamps'>): readonly WriteSlot[] {
  return [writeDnd ? dnd : { ...dnd, states: [] }, ...(lamps ? [lamp] : [])]
}
