import type { ConnectorDefinition, WriteSlot } from '../../core/connector.ts'
import { AVAILABLE, DO_NOT_DISTURB, IN_A_CALL } from '../../core/presence.ts'
import { withSettings } from '../kit/with-settings.ts'
import { checkOrganization } from './check.ts'
import { configSchema, settingsOf, type WebexConfig } from './config.ts'
import { nameAccount } from './credential.ts'
import { WebexInstance } from './instance.ts'

/**
 * Do not disturb of a person (`PUT /people/{id}/features/doNotDisturb`). Person and hub use the same place; nothing at
 * Webex ends it, and it is read back after each write.
 */
function slotOf({ writeDnd = true }: WebexConfig): WriteSlot {
  return {
    slot: 'dnd',
    // Also where nothing is to be set any more, what was set before has to be taken back.
    states: writeDnd ? [DO_NOT_DISTURB] : [],
    neutral: AVAILABLE,
    contribution: 'sharedSlot',
    readBack: 'own',
    echo: 'value',
    expiry: { kind: 'none' },
    settleMs: 5000,
  }
}

/** An organization with Webex Calling, by its REST API as a Service App, and by webhooks of people who consent. */
export const webex: ConnectorDefinition<WebexConfig> = {
  manifest: {
    id: 'webex',
    title: 'Webex Calling',
    kind: 'pbx',
    docs: 'docs/connectors/webex.md',
    facets: ['dialog', 'dnd'],
    states: [DO_NOT_DISTURB, IN_A_CALL, AVAILABLE],
    addressKind: 'extension',
    transport: 'webhook',
    lineRank: 15,
    maturity: {
      // By reading; of people who have consented, calls are read at once when a webhook tells.
      latencyMs: { dialog: 5000, dnd: 10_000 },
      reconcileMs: 60_000,
      evidence: ['documented', 'inferred'],
      testedAgainst: ['vendor description', 'emulator'],
    },
  },
  configSchema: { ...configSchema },
  writes: (config) => [slotOf(config)],
  ...withSettings({
    title: 'the Webex connector',
    resolve: settingsOf,
    check: checkOrganization,
    create: (settings, context) => new WebexInstance(settings, context),
    clients: (settings) => [nameAccount(settings)],
  }),
}
