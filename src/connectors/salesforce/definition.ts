import {
  type ConnectorContext,
  type ConnectorDefinition,
  ConnectorFailure,
  type ConnectorInstance,
  type Finding,
} from '../../core/connector.ts'
import { checkOrganisation } from './check.ts'
import { configSchema, resolveSettings, type SalesforceConfig } from './config.ts'
import { refusingInstance, SalesforceInstance } from './instance.ts'
import { shownStates } from './meanings.ts'
import { writeSlots } from './slots.ts'

function asFailure(error: unknown): ConnectorFailure {
  if (error instanceof ConnectorFailure) return error
  const text = 'The configuration of the Salesforce connector cannot be used.'
  return new ConnectorFailure('misconfigured', text, { cause: error })
}

async function check(config: SalesforceConfig, context: ConnectorContext): Promise<readonly Finding[]> {
  try {
    return await checkOrganisation(resolveSettings(config), context)
  } catch (error) {
    const { message, fix } = asFailure(error)
    return [{ level: 'error', text: message, ...(fix === undefined ? {} : { fix }) }]
  }
}

function create(config: SalesforceConfig, context: ConnectorContext): ConnectorInstance {
  try {
    return new SalesforceInstance(resolveSettings(config), context)
  } catch (error) {
    return refusingInstance(asFailure(error))
  }
}

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
  check,
  create,
}
