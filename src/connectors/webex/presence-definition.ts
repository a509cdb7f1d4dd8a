import type { ConnectorDefinition } from '../../core/connector.ts'
import { AVAILABLE, AWAY, IN_A_CALL, PRESENTING, presence } from '../../core/presence.ts'
import { withSettings } from '../kit/with-settings.ts'
import { checkPresence } from './check.ts'
import { accountOf, type PresenceConfig, presenceSchema } from './config.ts'
import { nameAccount } from './credential.ts'
import { PresenceInstance } from './presence-instance.ts'

/**
 * What the Webex app shows: a system of its own beside the phones, since both do not disturb and what the app shows are
 * the last word of a person, and one address holds one of them. Webex has no way to write it.
 */
export const webexPresence: ConnectorDefinition<PresenceConfig> = {
  manifest: {
    id: 'webex-presence',
    title: 'Webex app',
    kind: 'signal',
    docs: 'docs/connectors/webex.md#the-webex-app',
    facets: ['presence'],
    states: [PRESENTING, presence('busy', 'inAMeeting'), IN_A_CALL, AWAY, AVAILABLE],
    alsoShows: [presence('away', 'outOfOffice')],
    addressKind: 'extension',
    transport: 'poll',
    lineRank: 0,
    maturity: {
      latencyMs: { presence: 60_000 },
      reconcileMs: 60_000,
      evidence: ['documented', 'inferred'],
      testedAgainst: ['vendor description', 'emulator'],
    },
  },
  configSchema: { ...presenceSchema },
  writes: () => [],
  ...withSettings({
    title: 'the Webex connector',
    resolve: (config: PresenceConfig) => ({
      account: accountOf(config),
      intervalMs: (config.presenceSeconds ?? 60) * 1000,
    }),
    check: ({ account }, context) => checkPresence(account, context),
    create: ({ account, intervalMs }, context) => new PresenceInstance(account, intervalMs, context),
    clients: ({ account }) => [nameAccount(account)],
  }),
}
