import type { ConnectorDefinition, WriteSlot } from '../../core/connector.ts'
import { AVAILABLE, AWAY, DO_NOT_DISTURB, IN_A_CALL, OFFLINE } from '../../core/presence.ts'
import { checkPbx } from './check.ts'
import { type AsteriskConfig, configSchema, settingsOf } from './config.ts'
import { AsteriskInstance } from './instance.ts'

/**
 * Do not disturb of an extension. Nothing at the PBX expires, a person at the phone and the hub use the same places,
 * and what was written can be read back at once; 2 s leaves room for a dialplan that is setting it itself.
 */
const dnd: WriteSlot = {
  slot: 'dnd',
  states: [DO_NOT_DISTURB],
  neutral: AVAILABLE,
  contribution: 'sharedSlot',
  readBack: 'own',
  echo: 'value',
  expiry: { kind: 'none' },
  settleMs: 2000,
}

/** Asterisk and FreePBX over the Asterisk Manager Interface (AMI), version 13 and later. */
export const asterisk: ConnectorDefinition<AsteriskConfig> = {
  manifest: {
    id: 'asterisk',
    title: 'Asterisk / FreePBX',
    kind: 'pbx',
    docs: 'docs/connectors/asterisk.md',
    facets: ['dialog', 'registration', 'dnd', 'presence'],
    states: [DO_NOT_DISTURB, IN_A_CALL, AVAILABLE, OFFLINE],
    // Custom presence: `away` and `xa`.
    alsoShows: [AWAY],
    addressKind: 'extension',
    transport: 'push',
    lineRank: 20,
    maturity: {
      latencyMs: { dialog: 200, registration: 200, dnd: 200, presence: 200 },
      reconcileMs: 300_000,
      evidence: ['documented', 'recorded', 'inferred'],
      testedAgainst: ['recording', 'emulator'],
    },
  },
  configSchema: { ...configSchema },
  // Also where nothing is to be set any more, what was set before has to be taken back.
  writes: (config) => [settingsOf(config).writeDnd ? dnd : { ...dnd, states: [] }],
  check: (config, context) => checkPbx(settingsOf(config), context),
  create: (config, context) => new AsteriskInstance(settingsOf(config), context),
}
