import type { ConnectorDefinition } from '../../core/connector.ts'
import { AVAILABLE, AWAY, DO_NOT_DISTURB, IN_A_CALL, presence } from '../../core/presence.ts'
import { nameClient } from '../kit/client-name.ts'
import { withSettings } from '../kit/with-settings.ts'
import { checkPbx } from './check.ts'
import { configSchema, resolveSettings, type YeastarConfig } from './config.ts'
import { YeastarInstance } from './instance.ts'
import { writeSlots } from './slots.ts'

/** Yeastar P-Series over its API and its event push (docs/connectors/yeastar.md). */
export const yeastar: ConnectorDefinition<YeastarConfig> = {
  manifest: {
    id: 'yeastar',
    title: 'Yeastar P-Series',
    kind: 'pbx',
    docs: 'docs/connectors/yeastar.md',
    facets: ['dialog', 'registration', 'presence'],
    states: [DO_NOT_DISTURB, IN_A_CALL, presence('offline', 'offWork'), AWAY, AVAILABLE],
    addressKind: 'extension',
    transport: 'push',
    lineRank: 20,
    maturity: {
      latencyMs: { dialog: 200, registration: 1000, presence: 200 },
      reconcileMs: 30_000,
      evidence: ['documented', 'inferred'],
      testedAgainst: ['emulator'],
    },
  },
  configSchema: { ...configSchema },
  writes: ({ writePresence = true }) => writeSlots({ writePresence }),
  ...withSettings({
    title: 'the Yeastar connector',
    fix: 'Compare it with docs/connectors/yeastar.md.',
    resolve: resolveSettings,
    check: checkPbx,
    create: (settings, context) => new YeastarInstance(settings, context),
    clients: ({ url, clientId }) => [nameClient('yeastar', url, clientId)],
  }),
}
