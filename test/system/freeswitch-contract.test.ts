import { freeswitch } from '../../src/connectors/freeswitch/definition.ts'
import type { AnyConnectorDefinition } from '../../src/core/connector.ts'
import { AVAILABLE, IN_A_CALL } from '../../src/core/presence.ts'
import { connectorContract } from '../contract/connector.ts'
import { startSwitch } from './freeswitch-world.ts'
import { dndSlot, phoneCalls } from './lab-phone-acts.ts'

const wrong = 'not-the-secret'

for (const flavour of ['plain', 'fusionpbx'] as const) {
  connectorContract(`freeswitch (${flavour})`, {
    definition: freeswitch as unknown as AnyConnectorDefinition,
    async start() {
      const world = await startSwitch(flavour)
      const { system, phones, requests, faults } = world
      const config = { ...world.config, lamps: true, reconcileSeconds: 2 }
      return {
        config,
        secrets: [config.password, wrong],
        address: '1001',
        other: '1002',
        unknown: '7777',
        requests: () => requests.last + system.connections(),
        connections: () => system.connections(),
        calls: phoneCalls(phones),
        dnd: (on) => void phones.setDnd('1001', on),
        presence: { absent: 'a FreeSWITCH shows calls and do not disturb' },
        connection: {
          cut: () => faults.add({ target: 'freeswitch', kind: 'refuse' }),
          restore: () => faults.clear(),
        },
        badCredentials: { config: { ...config, password: wrong }, attempts: () => system.signIns() },
        throttle: { absent: 'the event socket knows no such answer' },
        malformed: {
          inject: () => system.say('Content-Length: 9\nContent-Type: text/event-json\n\n{"Event-N'),
          metric: 'freeswitch_malformed_total',
        },
        repeat: () => system.channels.repeat(),
        written: [
          dndSlot(world),
          {
            slot: 'lamp',
            state: IN_A_CALL,
            // A real call lights the lamp by itself; what is seen here is what an event has lit.
            shown: (address) => (system.lamp(address) === 'On the phone' ? IN_A_CALL : AVAILABLE),
            person: {
              act: () => void phones.start({ extension: '1001', direction: 'inbound', answer: false }),
              shows: AVAILABLE,
            },
            expiry: { lifeMs: 1000 },
          },
        ],
        stop: () => system.stop(),
      }
    },
  })
}
