import { type ConnectorDefinition, ConnectorFailure, type WriteSlot } from '../../core/connector.ts'
import { AVAILABLE, DO_NOT_DISTURB, IN_A_CALL, OFFLINE } from '../../core/presence.ts'
import { digestOf, nameClient } from '../kit/client-name.ts'
import { checkPlatform } from './check.ts'
import { configSchema, type NetSapiensConfig, settingsOf } from './config.ts'
import { NetSapiensInstance } from './instance.ts'
import { type Profile, profiles } from './profiles.ts'

/**
 * Do not disturb in the answer rule of the time frame in force (`PUT .../answerrules/{timeframe}`). Person, timetable and
 * hub use the same place; nothing there ends by itself. A PUT is accepted before it shows, and is read back.
 */
function slotOf({ writeDnd = true }: NetSapiensConfig): WriteSlot {
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

function define(profile: Profile): ConnectorDefinition<NetSapiensConfig> {
  return {
    manifest: {
      id: profile.id,
      title: profile.title,
      kind: 'pbx',
      docs: `docs/connectors/${profile.id}.md`,
      facets: ['dialog', 'registration', 'dnd'],
      states: [DO_NOT_DISTURB, IN_A_CALL, AVAILABLE, OFFLINE],
      addressKind: 'extension',
      transport: 'webhook',
      lineRank: 15,
      maturity: {
        // By looks, and by posts, which the platform gathers for 3 s; do not disturb where it has the list of presences.
        latencyMs: { dialog: 4000, registration: 35_000, dnd: 4000 },
        reconcileMs: 60_000,
        evidence: profile.evidence,
        testedAgainst: ['vendor description', 'emulator'],
      },
    },
    configSchema: { ...configSchema },
    writes: (config) => [slotOf(config)],
    check: (config, context) => checkPlatform(settingsOf(config, profile), context),
    create: (config, context) => new NetSapiensInstance(settingsOf(config, profile), context),
    clientsOf(config) {
      const { url, signIn } = settingsOf(config, profile)
      if (signIn instanceof ConnectorFailure) return []
      const who = signIn.kind === 'apiKey' ? [digestOf(signIn.apiKey)] : [signIn.clientId, signIn.username]
      return [nameClient('netsapiens', url, ...who)]
    },
  }
}

const [snapSolution, ...whiteLabels] = profiles

/** A domain of a NetSapiens SNAPsolution platform, by API v2 and event subscriptions. */
export const netsapiens = define(snapSolution)

/** The same under other names, by the word in `type:`. */
export const netsapiensWhiteLabels: Readonly<Record<string, ConnectorDefinition<NetSapiensConfig>>> =
  Object.fromEntries(whiteLabels.map((profile) => [profile.id, define(profile)]))
