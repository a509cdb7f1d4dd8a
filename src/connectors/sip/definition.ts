import type { ConnectorDefinition } from '../../core/connector.ts'
import { featureSlot } from '../kit/sip/feature-writer.ts'
import { checkConnection } from './check.ts'
import { configSchema, readSettings, type SipConfig } from './config.ts'
import { SipConnector } from './connector.ts'
import { publishedStates } from './presence-document.ts'
import { presenceSlot } from './publisher.ts'

/**
 * Busy lamps and presence of any PBX that speaks SIP (RFC 6665, RFC 4235, RFC 3856); states are published
 * (RFC 3903) and do not disturb is set at the phones (as-feature-event) where that is switched on.
 */
export const sip: ConnectorDefinition<SipConfig> = {
  manifest: {
    id: 'sip',
    title: 'SIP busy lamps',
    kind: 'pbx',
    docs: 'docs/connectors/sip.md',
    facets: ['dialog', 'registration', 'dnd'],
    states: publishedStates,
    addressKind: 'extension',
    transport: 'push',
    // Below what sees the channels themselves (AMI).
    lineRank: 10,
    maturity: {
      latencyMs: { dialog: 200, registration: 200, dnd: 200 },
      // A refresh of the subscription makes the server tell everything again.
      reconcileMs: 480_000,
      evidence: ['documented', 'recorded', 'inferred'],
      testedAgainst: ['real server', 'emulator'],
    },
  },
  configSchema,
  writes: (config) => {
    const { publish, expires, doNotDisturb } = readSettings(config)
    // Do not disturb goes to the phone itself where that can be, rather than to what is shown of it.
    return [...(doNotDisturb ? [featureSlot] : []), ...(publish ? [presenceSlot(expires)] : [])]
  },
  check: (config, context) => checkConnection(readSettings(config), context),
  create: (config, context) => new SipConnector(readSettings(config), context),
}
