import { yeastar } from '../../src/connectors/yeastar/definition.ts'
import type { AnyConnectorDefinition } from '../../src/core/connector.ts'
import { AWAY, DO_NOT_DISTURB } from '../../src/core/presence.ts'
import { labApiClient } from '../../src/lab/yeastar/server.ts'
import { connectorContract } from '../contract/connector.ts'
import { phoneCalls } from './lab-phone-acts.ts'
import { shownAt, startPbx } from './yeastar-world.ts'

const wrong = 'not-the-secret'

connectorContract('yeastar', {
  definition: yeastar as unknown as AnyConnectorDefinition,
  async start() {
    const world = await startPbx()
    const { pbx, phones, faults, requests, config } = world
    return {
      config,
      secrets: [labApiClient.clientSecret, wrong],
      address: '1001',
      other: '1002',
      unknown: '7777',
      requests: () => requests.last,
      connections: () => pbx.events.connections,
      calls: phoneCalls(phones),
      dnd: { absent: 'do not disturb is one of six presences' },
      presence: {
        states: [DO_NOT_DISTURB, AWAY],
        show: (state) =>
          pbx.extensions.setPresence('1001', state === DO_NOT_DISTURB ? 'do_not_disturb' : 'lunch'),
      },
      connection: {
        cut: () => faults.add({ target: 'yeastar', kind: 'refuse' }),
        restore: () => faults.clear(),
      },
      badCredentials: {
        config: { ...config, clientSecret: wrong },
        attempts: () => pbx.refusedSignIns(),
      },
      throttle: {
        begin: (retryAfterMs) =>
          faults.add({ target: 'yeastar', kind: 'status', status: 429, retryAfter: retryAfterMs / 1000 }),
        end: () => faults.clear(),
      },
      malformed: {
        inject: () => pbx.events.say('{"type":30011,"msg":"{\\"call_id\\":'),
        metric: 'yeastar_malformed_total',
      },
      repeat: () => pbx.events.repeat(),
      written: [
        {
          slot: 'presence',
          state: DO_NOT_DISTURB,
          shown: (address) => shownAt(world, address),
          person: { act: () => pbx.extensions.setPresence('1001', 'lunch'), shows: AWAY },
          expiry: { later: (milliseconds) => world.clock.advance(milliseconds) },
        },
      ],
      stop: () => pbx.stop(),
    }
  },
})
