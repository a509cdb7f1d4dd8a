import type { ConnectorDefinition } from '../../core/connector.ts'
import { AVAILABLE, AWAY, IN_A_CALL, PRESENTING, presence } from '../../core/presence.ts'
import { checkPresence } from './check.ts'
import { accountOf, type PresenceConfig, presenceSchema } from './config.ts'
import { PresenceInstance } from './presence-instance.ts'
import { asFailure, refusingInstance } from './refusing.ts'

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
  async check(config, context) {
    try {
      return await checkPresence(accountOf(config), context)
    } catch (error) {
      const { message: text, fix } = asFailure(error)
      return [{ level: 'error', text, ...(fix && { fix }) }]
    }
  },
  create(config, context) {
    try {
      return new PresenceInstance(accountOf(config), (config.presenceSeconds ?? 60) * 1000, context)
    } catch (error) {
      return refusingInstance(asFailure(error))
    }
  },
}
