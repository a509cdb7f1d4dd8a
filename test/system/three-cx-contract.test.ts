import { threeCx } from '../../src/connectors/three-cx/definition.ts'
import { threeCxQueues } from '../../src/connectors/three-cx/queue-definition.ts'
import type { AnyConnectorDefinition } from '../../src/core/connector.ts'
import { AVAILABLE, AWAY, DO_NOT_DISTURB } from '../../src/core/presence.ts'
import { labApiClient } from '../../src/lab/three-cx/server.ts'
import { connectorContract } from '../contract/connector.ts'
import { phoneCalls } from './lab-phone-acts.ts'
import { profileFor, shownAt, startPbx } from './three-cx-world.ts'

const wrong = 'not-the-secret'
const noHold = { absent: 'the Call Control API does not tell a held call from another one' }

connectorContract('3cx', {
  definition: threeCx as unknown as AnyConnectorDefinition,
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
      calls: { ...phoneCalls(phones), hold: noHold, resume: noHold },
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
      written: [
        {
          slot: 'profile',
          state: DO_NOT_DISTURB,
          shown: (address) => shownAt(world, address),
          person: { act: () => pick('1001', profileFor(AWAY)), shows: AWAY },
          expiry: { later: (milliseconds) => world.clock.advance(milliseconds) },
        },
      ],
      stop: () => pbx.stop(),
    }
  },
})

connectorContract('3cx-queues', {
  definition: threeCxQueues as unknown as AnyConnectorDefinition,
  async start() {
    const { pbx, faults, requests, config, clock } = await startPbx()
    const { url, clientId, clientSecret, profileSeconds } = config
    const settings = { url, clientId, clientSecret, profileSeconds }
    const log = (paused: boolean) => {
      pbx.users.change('1001', { queueStatus: paused ? 'LoggedOut' : 'LoggedIn' })
    }
    const page = '/xapi/v1/Users?'
    return {
      config: settings,
      secrets: [labApiClient.clientSecret, wrong],
      address: '1001',
      other: '1002',
      unknown: '7777',
      requests: () => requests.last,
      connections: { absent: 'keep-alive connections belong to the fetch of the hub, which all share' },
      calls: { absent: 'the connector 3cx tells calls' },
      dnd: { absent: 'the login to the queues is a choice of its own' },
      presence: { absent: 'the connector 3cx tells profiles' },
      queue: log,
      connection: {
        cut: () => faults.add({ target: '3cx', kind: 'refuse' }),
        restore: () => faults.clear(),
      },
      badCredentials: {
        config: { ...settings, clientSecret: wrong },
        attempts: () => pbx.signIns().refused,
      },
      throttle: {
        begin: (retryAfterMs) =>
          faults.add({
            target: '3cx',
            kind: 'status',
            status: 429,
            retryAfter: retryAfterMs / 1000,
            path: page,
          }),
        end: () => faults.clear(),
      },
      malformed: {
        absent: 'an answer that is no list of users counts as none; users in it are counted one by one',
      },
      repeat: { absent: 'it only answers questions' },
      written: [
        {
          slot: 'queue',
          state: DO_NOT_DISTURB,
          shown: (address) =>
            pbx.users.byNumber(address)?.queueStatus === 'LoggedOut' ? DO_NOT_DISTURB : AVAILABLE,
          person: { act: () => log(false), shows: AVAILABLE },
          expiry: { later: (milliseconds) => clock.advance(milliseconds) },
        },
      ],
      stop: () => pbx.stop(),
    }
  },
})
