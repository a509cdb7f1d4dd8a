import { salesforce } from '../../src/connectors/salesforce/definition.ts'
import type { AnyConnectorDefinition } from '../../src/core/connector.ts'
import { BUSY, DO_NOT_DISTURB } from '../../src/core/presence.ts'
import { stableId } from '../../src/lab/salesforce/ids.ts'
import { labCrmClient } from '../../src/lab/salesforce/oauth.ts'
import { connectorContract } from '../contract/connector.ts'
import { changeTopic, idOf, isSubscribed, keys, shownAt, startCrm } from './salesforce-world.ts'

const wrong = 'not-the-secret'
const labels = new Map([
  [DO_NOT_DISTURB, 'Do Not Disturb'],
  [BUSY, 'Busy'],
])

connectorContract('salesforce', {
  definition: salesforce as unknown as AnyConnectorDefinition,
  async start() {
    const world = await startCrm()
    const { crm, faults, requests, config } = world
    const { username, privateKey, ...rest } = config
    const { refreshToken } = labCrmClient
    return {
      config,
      secrets: [keys.privateKey, refreshToken, wrong],
      address: idOf('anna'),
      other: idOf('ben'),
      unknown: stableId('005', 'nobody'),
      requests: () => requests.last,
      connections: () => crm.streams(),
      calls: { absent: 'Omni-Channel tells no calls; a status may stand for one' },
      dnd: { absent: 'a presence status is more than do not disturb; it is a presence' },
      presence: {
        states: [DO_NOT_DISTURB, BUSY],
        show: (state) => world.pick('anna', labels.get(state)!),
      },
      connection: {
        cut: () => faults.add({ target: 'salesforce', kind: 'refuse' }),
        restore: () => faults.clear(),
      },
      badCredentials: {
        config: { ...rest, clientSecret: wrong, refreshToken },
        attempts: () => crm.signIns().refused,
      },
      throttle: {
        begin: (retryAfterMs) =>
          faults.add({ target: 'salesforce', kind: 'status', status: 503, retryAfter: retryAfterMs / 1000 }),
        end: () => faults.clear(),
      },
      malformed: {
        // Of what was said before it had subscribed it is told nothing.
        async inject() {
          while (!isSubscribed(world)) await new Promise(setImmediate)
          crm.bus.publishBytes(changeTopic, Buffer.from([0xff, 0xff]))
        },
        metric: 'salesforce_malformed_total',
      },
      repeat: () => crm.agents.repeat(idOf('anna')),
      written: [
        {
          slot: 'status',
          state: DO_NOT_DISTURB,
          shown: (address) => shownAt(world, address),
          person: { act: () => world.pick('anna', 'Busy'), shows: BUSY },
          expiry: { later: (milliseconds) => world.clock.advance(milliseconds) },
        },
      ],
      stop: () => crm.stop(),
    }
  },
})
