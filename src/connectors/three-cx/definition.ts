import type { ConnectorDefinition } from '../../core/connector.ts'
import { AVAILABLE, AWAY, DO_NOT_DISTURB, IN_A_CALL } from '../../core/presence.ts'
import { nameClient } from '../kit/client-name.ts'
import { withSettings } from '../kit/with-settings.ts'
import { checkPbx } from './check.ts'
import { configSchema, resolveSettings, type ThreeCxConfig } from './config.ts'
import { ThreeCxInstance } from './instance.ts'
import { writeSlots } from './slots.ts'

/** 3CX V20 over its configuration API (XAPI) and its Call Control API (docs/connectors/3cx.md). */
export const threeCx: ConnectorDefinition<ThreeCxConfig> = {
  manifest: {
    id: '3cx',
    title: '3CX',
    kind: 'pbx',
    docs: 'docs/connectors/3cx.md',
    facets: ['dialog', 'registration', 'presence'],
    states: [DO_NOT_DISTURB, IN_A_CALL, AWAY, AVAILABLE],
    addressKind: 'extension',
    transport: 'push',
    lineRank: 20,
    maturity: {
      latencyMs: { dialog: 200, registration: 4000, presence: 4000 },
      reconcileMs: 45_000,
      evidence: ['documented', 'inferred'],
      testedAgainst: ['vendor description', 'emulator'],
    },
  },
  configSchema: { ...configSchema },
  writes: ({ writeProfile = true }) => writeSlots({ writeProfile }),
  ...withSettings({
    title: 'the 3CX connector',
    resolve: resolveSettings,
    check: checkPbx,
    create: (settings, context) => new ThreeCxInstance(settings, context),
    clients: ({ url, clientId }) => [nameClient('3cx', url, clientId)],
  }),
}
