import type { ConnectorDefinition } from '../../core/connector.ts'
import { digestOf, nameClient } from '../kit/client-name.ts'
import { withSettings } from '../kit/with-settings.ts'
import { browserSignIn } from './browser-sign-in.ts'
import { checkOrganisation } from './check.ts'
import { configSchema, resolveSettings, type SalesforceConfig } from './config.ts'
import { SalesforceInstance } from './instance.ts'
import { shownStates } from './meanings.ts'
import { writeSlots } from './slots.ts'

/** Salesforce Omni-Channel: read by change events, written by the agents' consoles (docs/connectors/salesforce.md). */
export const salesforce: ConnectorDefinition<SalesforceConfig> = {
  manifest: {
    id: 'salesforce',
    title: 'Salesforce',
    kind: 'crm',
    docs: 'docs/connectors/salesforce.md',
    facets: ['presence'],
    states: shownStates,
    addressKind: 'crmUser',
    transport: 'push',
    lineRank: 0,
    maturity: {
      // A change event, and the wait for another one that makes a logout of it.
      latencyMs: { presence: 4500 },
      reconcileMs: 60_000,
      evidence: ['documented', 'inferred'],
      testedAgainst: ['vendor description', 'emulator'],
    },
  },
  configSchema: { ...configSchema },
  writes: writeSlots,
  browserSignIn,
  ...withSettings({
    title: 'the Salesforce connector',
    resolve: resolveSettings,
    check: checkOrganisation,
    create: (settings, context) => new SalesforceInstance(settings, context),
    clients: ({ loginUrl, clientId, credential }) => {
      const who = credential.kind === 'jwt' ? credential.username : digestOf(credential.refreshToken)
      return [nameClient('salesforce', loginUrl, clientId, who)]
    },
  }),
}
