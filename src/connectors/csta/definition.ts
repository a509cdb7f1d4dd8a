import type { ConnectorDefinition, WriteSlot } from '../../core/connector.ts'
import { AVAILABLE, DO_NOT_DISTURB, IN_A_CALL, OFFLINE } from '../../core/presence.ts'
import { withSettings } from '../kit/with-settings.ts'
import { checkSystem } from './check.ts'
import { type CstaConfig, configSchema, settingsOf } from './config.ts'
import { CstaInstance } from './instance.ts'

/** Do not disturb of an extension: the person's key at the phone and the hub set the same thing, and nothing ends it. */
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

/** Any system that speaks CSTA phase III over TCP (ECMA-269, ECMA-323). */
export const csta: ConnectorDefinition<CstaConfig> = {
  manifest: {
    id: 'csta',
    title: 'CSTA phase III',
    kind: 'pbx',
    docs: 'docs/connectors/csta.md',
    facets: ['dialog', 'registration', 'dnd'],
    states: [DO_NOT_DISTURB, IN_A_CALL, AVAILABLE, OFFLINE],
    addressKind: 'extension',
    transport: 'push',
    lineRank: 20,
    maturity: {
      latencyMs: { dialog: 200, registration: 200, dnd: 200 },
      reconcileMs: 300_000,
      evidence: ['documented', 'inferred'],
      testedAgainst: ['emulator'],
    },
  },
  configSchema: { ...configSchema },
  // Also where nothing is to be set any more, what was set before has to be taken back.
  writes: ({ writeDnd = true }) => [writeDnd ? dnd : { ...dnd, states: [] }],
  ...withSettings({
    title: 'the CSTA connector',
    resolve: settingsOf,
    check: checkSystem,
    create: (settings, context) => new CstaInstance(settings, context),
  }),
}
