import { netsapiens, netsapiensWhiteLabels } from '../../src/connectors/netsapiens/definition.ts'
import type { AnyConnectorDefinition } from '../../src/core/connector.ts'
import { connectorContract } from '../contract/connector.ts'
import { dndSlot, phoneCalls } from './lab-phone-acts.ts'
import { apiKey, password, sipPassword, startPlatform } from './netsapiens-world.ts'

const account = {
  ...{ clientId: 'hub', clientSecret: 'correct-horse-client', username: 'admin@lab.example', password },
  ...{ domain: 'lab.example', scope: 'Office Manager', secondFactor: false },
}

const ways = ['apiKey', 'token', 'as-feature-event'] as const

/** The platform under its own name in every way, and under each other name in one of them. */
const platforms = [
  ...ways.map((way) => ({ type: 'netsapiens', definition: netsapiens, way })),
  ...Object.entries(netsapiensWhiteLabels).map(([type, definition], index) => ({
    ...{ type, definition, way: ways[index % ways.length]! },
  })),
]

for (const { type, definition, way } of platforms) {
  const signIn = way === 'token' ? way : 'apiKey'
  connectorContract(`${type} (${way})`, {
    definition: definition as unknown as AnyConnectorDefinition,
    async start() {
      const { platform, phones, requests, faults, ...world } = await startPlatform({
        account,
        ...(way === 'as-feature-event' && { sip: {} }),
      })
      const { apiKey: key, ...rest } = world.config
      const { clientId, clientSecret, username } = account
      const byUser = { ...rest, signIn, clientId, clientSecret, username, password }
      const config = signIn === 'apiKey' ? { ...rest, apiKey: key! } : byUser
      const wrong = signIn === 'apiKey' ? { apiKey: 'not-the-key' } : { password: 'not-the-password' }
      return {
        config,
        secrets: [apiKey, password, sipPassword, clientSecret, 'not-the-key', 'not-the-password'],
        address: '1001',
        other: '1002',
        unknown: '7777',
        requests: () => requests.last,
        connections: () =>
          platform.connections() +
          (platform.sip ? platform.sip.connections() + platform.sip.subscriptions() : 0),
        calls: {
          ...phoneCalls(phones),
          hold: { absent: 'no word for a held call is published; what contains hold is taken for one' },
          resume: { absent: 'no word for a held call is published' },
        },
        dnd: (on) => void phones.setDnd('1001', on),
        presence: { absent: 'the system is a set of phones; they have calls and do not disturb' },
        connection: {
          async cut() {
            platform.refuse(true)
            await platform.sip?.cut()
          },
          async restore() {
            platform.refuse(false)
            await platform.sip?.restore()
          },
        },
        badCredentials: { config: { ...config, ...wrong }, attempts: () => platform.credentials.refused },
        throttle: {
          begin: (retryAfterMs) =>
            faults.add({
              target: 'netsapiens',
              kind: 'status',
              status: 429,
              retryAfter: retryAfterMs / 1000,
            }),
          end: () => faults.clear(),
        },
        malformed: {
          inject: () =>
            faults.add({ target: 'netsapiens', kind: 'status', status: 200, path: '/calls', count: 1 }),
          metric: 'netsapiens_malformed',
        },
        repeat: {
          absent: 'every answer to a poll is such a repetition; posts are repeated in tests of their own',
        },
        written: [dndSlot({ phones, clock: world.clock })],
        stop: () => platform.stop(),
      }
    },
  })
}
