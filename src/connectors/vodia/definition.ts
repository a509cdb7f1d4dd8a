import type { ConnectorDefinition, WriteSlot } from '../../core/connector.ts'
import { AVAILABLE, DO_NOT_DISTURB, IN_A_CALL, OFFLINE } from '../../core/presence.ts'
import { nameClient } from '../kit/client-name.ts'
import { checkPbx } from './check.ts'
import { configSchema, settingsOf, type VodiaConfig } from './config.ts'
import { VodiaInstance } from './instance.ts'

/**
 * Do not disturb of an extension (`POST /rest/user/{account}/dnd`). Person and hub use the same place, and it is read
 * back at once. Given `expires`, the PBX ends it by itself should the hub be gone.
 */
function slotOf(config: VodiaConfig): WriteSlot {
  const { dndExpires, dndMinutes, writeDnd } = settingsOf(config)
  return {
    slot: 'dnd',
    // Also where nothing is to be set any more, what was set before has to be taken back.
    states: writeDnd ? [DO_NOT_DISTURB] : [],
    neutral: AVAILABLE,
    contribution: 'sharedSlot',
    readBack: 'own',
    echo: 'value',
    expiry: dndExpires ? { kind: 'native', lifeMs: dndMinutes * 60_000 } : { kind: 'none' },
    settleMs: 2000,
  }
}

/** A tenant of a Vodia PBX, release 69.5.13 and later, by REST, WebSocket and action URLs. */
export const vodia: ConnectorDefinition<VodiaConfig> = {
  manifest: {
    id: 'vodia',
    title: 'Vodia PBX',
    kind: 'pbx',
    docs: 'docs/connectors/vodia.md',
    facets: ['dialog', 'registration', 'dnd'],
    states: [DO_NOT_DISTURB, IN_A_CALL, AVAILABLE, OFFLINE],
    addressKind: 'extension',
    transport: 'webhook',
    lineRank: 15,
    maturity: {
      // By reading; where a WebSocket or action URLs tell of a change, it is read at once.
      latencyMs: { dialog: 5000, registration: 30_000, dnd: 5000 },
      reconcileMs: 30_000,
      evidence: ['documented', 'inferred'],
      testedAgainst: ['vendor description', 'emulator'],
    },
  },
  configSchema: { ...configSchema },
  writes: (config) => [slotOf(config)],
  check: (config, context) => checkPbx(settingsOf(config), context),
  create: (config, context) => new VodiaInstance(settingsOf(config), context),
  clientsOf(config) {
    const { url, username } = settingsOf(config)
    return [nameClient('vodia', url, username)]
  },
}
