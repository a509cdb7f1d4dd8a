import Type from 'typebox'
import type { ConnectorDefinition, WriteSlot } from '../../core/connector.ts'
import { AVAILABLE, DO_NOT_DISTURB } from '../../core/presence.ts'
import { type AsteriskConfig, configSchema, settingsOf } from './config.ts'
import { checkQueues } from './queue-check.ts'
import { QueueInstance } from './queue-instance.ts'

/** A pause in every queue stands for do not disturb: nothing at the PBX ends it, and it can be read back at once. */
const pause: WriteSlot = {
  slot: 'queue',
  states: [DO_NOT_DISTURB],
  neutral: AVAILABLE,
  contribution: 'sharedSlot',
  readBack: 'own',
  echo: 'value',
  expiry: { kind: 'none' },
  settleMs: 2000,
}

const { host, port, username, secret, context, flavour, extensions, tls, ca, serverName, sweepSeconds } =
  configSchema.properties

/** Queues of Asterisk and FreePBX (app_queue) over the Asterisk Manager Interface: pausing in the place of do not disturb. */
export const asteriskQueues: ConnectorDefinition<AsteriskConfig> = {
  manifest: {
    id: 'asterisk-queues',
    title: 'Queues of Asterisk / FreePBX',
    kind: 'queue',
    docs: 'docs/connectors/asterisk.md#queues',
    facets: ['queue'],
    states: [DO_NOT_DISTURB, AVAILABLE],
    addressKind: 'extension',
    transport: 'push',
    lineRank: 0,
    maturity: {
      latencyMs: { queue: 200 },
      reconcileMs: 300_000,
      evidence: ['documented', 'inferred'],
      testedAgainst: ['emulator'],
    },
  },
  configSchema: {
    ...Type.Object(
      { host, port, username, secret, context, flavour, extensions, tls, ca, serverName, sweepSeconds },
      { additionalProperties: false },
    ),
  },
  writes: () => [pause],
  check: (config, connector) => checkQueues(settingsOf(config), connector),
  create: (config, connector) => new QueueInstance(settingsOf(config), connector),
}
