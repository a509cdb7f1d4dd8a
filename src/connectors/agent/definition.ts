import {
  type ConnectorContext,
  type ConnectorDefinition,
  ConnectorFailure,
  type ConnectorInstance,
  type Finding,
} from '../../core/connector.ts'
import { AVAILABLE, AWAY, DO_NOT_DISTURB, IN_A_CALL, OFFLINE } from '../../core/presence.ts'
import { checkAgents } from './check.ts'
import { type AgentConfig, configSchema, settingsOf } from './config.ts'
import { AgentInstance, reconcileMs } from './instance.ts'
import { slotsOf } from './slots.ts'

/** An instance that cannot start, because its settings make no sense together. */
function refusing(failure: unknown): ConnectorInstance {
  return {
    start: () => Promise.reject(failure),
    stop: async () => {},
    follow() {},
    resync() {},
  }
}

async function check(config: AgentConfig, context: ConnectorContext): Promise<readonly Finding[]> {
  try {
    return checkAgents(settingsOf(config), context)
  } catch (error) {
    if (!(error instanceof ConnectorFailure)) throw error
    const { message, fix } = error
    return [{ level: 'error', text: message, ...(fix !== undefined && { fix }) }]
  }
}

function create(config: AgentConfig, context: ConnectorContext): ConnectorInstance {
  try {
    return new AgentInstance(settingsOf(config), context)
  } catch (failure) {
    return refusing(failure)
  }
}

function writes(config: AgentConfig) {
  try {
    return slotsOf(settingsOf(config))
  } catch {
    return []
  }
}

/** Whatever speaks the agent protocol (docs/guide/agent-protocol.md), on a desktop or on a site. */
export const agent: ConnectorDefinition<AgentConfig> = {
  manifest: {
    id: 'agent',
    title: 'Agents',
    kind: 'pbx',
    docs: 'docs/connectors/agent.md',
    facets: ['dialog', 'registration', 'dnd', 'presence'],
    states: [DO_NOT_DISTURB, IN_A_CALL, AWAY, AVAILABLE, OFFLINE],
    alsoShows: 'any',
    addressKind: 'extension',
    transport: 'push',
    comesToHub: true,
    lineRank: 10,
    maturity: {
      latencyMs: { dialog: 200, registration: 200, dnd: 200, presence: 200 },
      reconcileMs,
      evidence: ['documented'],
      testedAgainst: ['emulator'],
    },
  },
  configSchema: { ...configSchema },
  writes,
  check,
  create,
}
