import type { ConnectorDefinition, ConnectorFailure, Manifest } from '../../core/connector.ts'
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
import { withSettings } from '../kit/with-settings.ts'
import { openAccountDoor, openConsentDoor } from './account-door.ts'
import { checkTeams } from './check.ts'
import { type TeamsConfig, teamsConfigSchema } from './config.ts'
import { TeamsInstance } from './instance.ts'
import { tryTeamsPermissions } from './permission-trial.ts'
import { describeRegistration } from './registration.ts'
import { nameClients, resolveSettings } from './settings.ts'
import { APPEAR_OFFLINE, BE_RIGHT_BACK, writeSlots } from './slots.ts'
import { openTab } from './tab.ts'

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
  // Inactive beside Available, Away and Busy; out of office beside every base state but Be right back (vocabulary.ts).
  alsoShows: [
    ...(['available', 'away', 'busy'] as const).map((base) => presence(base, 'inactive')),
    ...(['available', 'away', 'busy', 'doNotDisturb', 'offline'] as const).map((base) => {
      return presence(base, 'outOfOffice')
    }),
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

/** Microsoft Teams through Graph with application permissions (docs/connectors/teams.md). */
export const teams: ConnectorDefinition<TeamsConfig> = {
  manifest,
  configSchema: { ...teamsConfigSchema },
  writes: writeSlots,
  fromOperator: [
    ...['entraTenantId', 'clientId', 'clientSecret', 'clientSecretExpires'],
    ...['certificate', 'writer', 'cloud', 'graphUrl', 'loginUrl'],
  ],
  describeRegistration,
  openAccountDoor: (config, context) => openAccountDoor(resolveSettings(config), context),
  openConsentDoor,
  openFrameDoor: (config, context) => openTab(resolveSettings(config), context),
  tryPermissions: async (config, context, trial) => {
    try {
      return await tryTeamsPermissions(resolveSettings(config), context, trial)
    } catch (error) {
      const { message: text, fix } = error as ConnectorFailure
      return [{ permission: '', outcome: 'failed', text, ...(fix !== undefined && { fix }) }]
    }
  },
  ...withSettings({
    title: 'the Teams connector',
    resolve: resolveSettings,
    check: checkTeams,
    create: (settings, context) => new TeamsInstance(settings, context),
    counted: nameClients,
  }),
}
