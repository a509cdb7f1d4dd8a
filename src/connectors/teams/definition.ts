import {
  type ConnectorContext,
  type ConnectorDefinition,
  ConnectorFailure,
  type ConnectorInstance,
  type Finding,
  type Manifest,
} from '../../core/connector.ts'
import {
  AVAILABLE,
  AWAY,
  BUSY,
  DO_NOT_DISTURB,
  IN_A_CALL,
  OFFLINE,
  PRESENTING,
  presence,
} from '../../core/presence.ts'
import { checkTeams } from './check.ts'
import { type TeamsConfig, teamsConfigSchema } from './config.ts'
import { refusingInstance, TeamsInstance } from './instance.ts'
import { resolveSettings } from './settings.ts'
import { APPEAR_OFFLINE, BE_RIGHT_BACK, writeSlots } from './slots.ts'

const manifest: Manifest = {
  id: 'teams',
  title: 'Microsoft Teams',
  kind: 'collaboration',
  docs: 'docs/connectors/teams.md',
  facets: ['presence'],
  // Strongest first, as Teams orders sessions: DoNotDisturb > Busy > Available > Away.
  states: [
    DO_NOT_DISTURB,
    presence('doNotDisturb', 'focusing'),
    presence('doNotDisturb', 'urgentInterruptionsOnly'),
    PRESENTING,
    presence('busy', 'inAConferenceCall'),
    IN_A_CALL,
    presence('busy', 'inAMeeting'),
    BUSY,
    BE_RIGHT_BACK,
    AWAY,
    AVAILABLE,
    APPEAR_OFFLINE,
    OFFLINE,
  ],
  addressKind: 'entraObjectId',
  transport: 'poll',
  lineRank: 0,
  maturity: {
    // A round and its answer: up to 28,000 people in one budget.
    latencyMs: { presence: 5000 },
    reconcileMs: 5000,
    evidence: ['documented', 'inferred'],
    testedAgainst: ['vendor description', 'emulator'],
  },
}

function asFailure(error: unknown): ConnectorFailure {
  if (error instanceof ConnectorFailure) return error
  return new ConnectorFailure('misconfigured', 'The configuration of the Teams connector cannot be used.', {
    cause: error,
  })
}

async function check(config: TeamsConfig, context: ConnectorContext): Promise<readonly Finding[]> {
  try {
    return await checkTeams(resolveSettings(config), context)
  } catch (error) {
    const { message, fix } = asFailure(error)
    return [{ level: 'error', text: message, ...(fix === undefined ? {} : { fix }) }]
  }
}

function create(config: TeamsConfig, context: ConnectorContext): ConnectorInstance {
  try {
    return new TeamsInstance(resolveSettings(config), context)
  } catch (error) {
    return refusingInstance(asFailure(error))
  }
}

/** Microsoft Teams through Graph with application permissions (docs/connectors/teams.md). */
export const teams: ConnectorDefinition<TeamsConfig> = {
  manifest,
  configSchema: { ...teamsConfigSchema },
  writes: writeSlots,
  check,
  create,
}
