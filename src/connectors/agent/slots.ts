import type { WriteSlot } from '../../core/connector.ts'
import { AVAILABLE, DO_NOT_DISTURB, UNKNOWN } from '../../core/presence.ts'
import type { Settings } from './config.ts'

/**
 * Person and hub share the place, and what the program shows is told back. No agent can promise that a write ends when
 * agent or computer are gone, so that none of them does.
 */
const shared = {
  neutral: AVAILABLE,
  contribution: 'sharedSlot',
  echo: 'value',
  expiry: { kind: 'none' },
  settleMs: 3000,
} as const

/** Also where nothing is to be written any more, what was written before has to be taken back. */
export function slotsOf({
  writes,
  presenceStates,
}: Pick<Settings, 'writes' | 'presenceStates'>): readonly WriteSlot[] {
  return [
    { ...shared, slot: 'dnd', readBack: 'own', states: writes === 'dnd' ? [DO_NOT_DISTURB] : [] },
    {
      ...shared,
      slot: 'presence',
      // Where Available is a state like others, there is no nothing: what is taken back becomes Available.
      neutral: presenceStates.includes(AVAILABLE) ? UNKNOWN : AVAILABLE,
      readBack: 'aggregate',
      states: writes === 'presence' ? presenceStates : [],
    },
  ]
}
