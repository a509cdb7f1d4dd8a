import { agent } from '../connectors/agent/definition.ts'
import { asterisk } from '../connectors/asterisk/definition.ts'
import { asteriskQueues } from '../connectors/asterisk/queue-definition.ts'
import { csta } from '../connectors/csta/definition.ts'
import { freeswitch } from '../connectors/freeswitch/definition.ts'
import { netsapiens, netsapiensWhiteLabels } from '../connectors/netsapiens/definition.ts'
import { salesforce } from '../connectors/salesforce/definition.ts'
import { sip } from '../connectors/sip/definition.ts'
import { teams } from '../connectors/teams/definition.ts'
import { threeCx } from '../connectors/three-cx/definition.ts'
import { threeCxQueues } from '../connectors/three-cx/queue-definition.ts'
import { vodia } from '../connectors/vodia/definition.ts'
import { webex } from '../connectors/webex/definition.ts'
import { webexPresence } from '../connectors/webex/presence-definition.ts'
import { webhook } from '../connectors/webhooks/definition.ts'
import { yeastar } from '../connectors/yeastar/definition.ts'
import type { AnyConnectorDefinition } from '../core/connector.ts'

/** Connectors by the word that stands in `type:`. */
export type Registry = Readonly<Record<string, AnyConnectorDefinition>>

/** Every connector there is. A new one is one folder and one line here. */
export const registry: Registry = {
  teams,
  asterisk,
  'asterisk-queues': asteriskQueues,
  sip,
  '3cx': threeCx,
  '3cx-queues': threeCxQueues,
  vodia,
  webhook,
  salesforce,
  netsapiens,
  ...netsapiensWhiteLabels,
  agent,
  webex,
  'webex-presence': webexPresence,
  yeastar,
  csta,
  freeswitch,
}
