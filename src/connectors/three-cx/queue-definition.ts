import Type, { type Static } from 'typebox'
import type { ConnectorDefinition, WriteSlot } from '../../core/connector.ts'
import { AVAILABLE, DO_NOT_DISTURB } from '../../core/presence.ts'
import { nameClient } from '../kit/client-name.ts'
import { withSettings } from '../kit/with-settings.ts'
import { checkPbx } from './check.ts'
import { configSchema, resolveSettings } from './config.ts'
import { QueueInstance } from './queue-instance.ts'

/** Logged out of the queues stands for do not disturb: nothing at the PBX ends it, and it can be read back at once. */
const login: WriteSlot = {
  slot: 'queue',
  states: [DO_NOT_DISTURB],
  neutral: AVAILABLE,
  contribution: 'sharedSlot',
  readBack: 'own',
  echo: 'value',
  expiry: { kind: 'none' },
  settleMs: 3000,
}

const { url, clientId, clientSecret, profileSeconds } = configSchema.properties

const queueSchema = Type.Object(
  { url, clientId, clientSecret, profileSeconds },
  {
    title: 'Queues of 3CX',
    description: 'Logging users of a 3CX V20 out of all their queues, and in again.',
    additionalProperties: false,
  },
)

type QueueConfig = Static<typeof queueSchema>

/** The login of users to their queues at a 3CX V20: pausing the queues in the place of do not disturb. */
export const threeCxQueues: ConnectorDefinition<QueueConfig> = {
  manifest: {
    id: '3cx-queues',
    title: 'Queues of 3CX',
    kind: 'queue',
    docs: 'docs/connectors/3cx.md#queues',
    facets: ['queue'],
    states: [DO_NOT_DISTURB, AVAILABLE],
    addressKind: 'extension',
    transport: 'poll',
    lineRank: 0,
    maturity: {
      latencyMs: { queue: 4000 },
      reconcileMs: 4000,
      evidence: ['documented', 'inferred'],
      testedAgainst: ['vendor description', 'emulator'],
    },
  },
  configSchema: { ...queueSchema },
  writes: () => [login],
  ...withSettings({
    title: 'the 3CX queues',
    resolve: (config: QueueConfig) => resolveSettings(config),
    check: (settings, context) => checkPbx({ ...settings, calls: false }, context),
    create: (settings, context) => new QueueInstance(settings, context),
    clients: ({ url, clientId }) => [nameClient('3cx', url, clientId)],
  }),
}
