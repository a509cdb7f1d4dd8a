import { threeCx } from '../../src/connectors/three-cx/definition.ts'
import type { AnyConnectorDefinition } from '../../src/core/connector.ts'
import { AWAY, DO_NOT_DISTURB } from '../../src/core/presence.ts'
import { labApiClient } from '../../src/lab/three-cx/server.ts'
import { connectorContract } from '../contract/connector.ts'
import { profileFor, shownAt, startPbx } from './three-cx-world.ts'

const wrong = 'not-the-secret'
const noHold = { absent: 'the Call Control API does not tell a held call from another one' }

connectorContract('3cx', {
  definition: threeCx as unknown as AnyConnectorDefinition,
  patienceMs: 20_000,
  async start() {
    const world = await startPbx()
    const { pbx, phones, faults, requests, config, pick } = world
    return {
      config,
      secrets: [labApiClient.clientSecret, wrong],
      address: '1001',
      other: '1002',
      unknown: '7777',
      requests: () => requests.last,
      connections: () => pbx.calls.connections,
      calls: {
        ring: () => void phones.start({ extension: '1001', direction: 'inbound', answer: false }),
        answer: () => void phones.answer('1001'),
        hold: noHold,
        resume: noHold,
        hangup: () => void phones.hangup('1001'),
      },
      dnd: { absent: 'a profile is more than do not disturb; it is a presence' },
      presence: {
        states: [DO_NOT_DISTURB, AWAY],
        show: (state) => pick('1001', profileFor(state)),
      },
      connection: {
        cut: () => faults.add({ target: '3cx', kind: 'refuse' }),
        restore: () => faults.clear(),
      },
      badCredentials: {
        config: { ...config, clientSecret: wrong },
        attempts: () => pbx.signIns().refused,
      },
      throttle: {
        begin: (retryAfterMs) =>
          faults.add({ target: '3cx', kind: 'status', status: 429, retryAfter: retryAfterMs / 1000 }),
        end: () => faults.clear(),
      },
      malformed: {
        inject: () => pbx.calls.say('{"sequence":1,"event":{"event_type":0,"enti'),
        metric: 'three_cx_malformed_total',
      },
      repeat: () => pbx.calls.repeat(),
      written: {
        slot: 'profile',
        state: DO_NOT_DISTURB,
        shown: (address) => shownAt(world, address),
      },
      stop: () => pbx.stop(),
    }
  },
})
