import type { WriteSlot } from '../../core/connector.ts'
import { UNKNOWN } from '../../core/presence.ts'
import type { SalesforceConfig } from './config.ts'
import { writableStates } from './meanings.ts'

/**
 * The presence status of an agent: a register that the agent, a supervisor and the hub share. Change events come within
 * about a second of a change; 5 s leave room for a slow one.
 */
const status: WriteSlot = {
  slot: 'status',
  states: writableStates,
  // There is no "nothing" but signing out: what is taken back without a better word becomes Available.
  neutral: UNKNOWN,
  contribution: 'sharedSlot',
  readBack: 'aggregate',
  echo: 'value',
  expiry: { kind: 'none' },
  settleMs: 5000,
  signsOut: true,
}

/** Also where nothing is to be written any more, what was written before has to be taken back. */
export function writeSlots({
  writeStatus = true,
}: Pick<SalesforceConfig, 'writeStatus'>): readonly WriteSlot[] {
  if (writeStatus) return [status]
  const { signsOut: _, ...taken } = status
  return [{ ...taken, states: [] }]
}
