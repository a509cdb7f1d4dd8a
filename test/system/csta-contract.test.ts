import { csta } from '../../src/connectors/csta/definition.ts'
import { malformedMetric } from '../../src/connectors/csta/follower.ts'
import type { AnyConnectorDefinition } from '../../src/core/connector.ts'
import { type DialectName, dialects } from '../../src/lab/csta/dialects.ts'
import { labCstaUser } from '../../src/lab/csta/server.ts'
import { connectorContract } from '../contract/connector.ts'
import { startSystem } from './csta-world.ts'
import { dndSlot, phoneCalls } from './lab-phone-acts.ts'

const wrong = 'not-the-password'

for (const dialect of Object.keys(dialects) as DialectName[]) {
  connectorContract(`csta (${dialect})`, {
    definition: csta as unknown as AnyConnectorDefinition,
    async start() {
      const world = await startSystem({ dialect })
      const { system, phones, requests } = world
      // CSTA knows no mail addresses.
      const extensions = ['1001', '1002'].map((extension) => ({
        extension,
        mail: `${extension}@lab.example`,
      }))
      const config = { ...world.config, extensions }
      return {
        config,
        secrets: [labCstaUser.password, wrong],
        address: '1001',
        other: '1002',
        unknown: '7777',
        requests: () => requests.last,
        connections: () => system.connections(),
        calls: phoneCalls(phones),
        dnd: (on) => void phones.setDnd('1001', on),
        presence: { absent: 'the system is a set of phones; they have calls and do not disturb' },
        connection: { cut: () => system.refuse(true), restore: () => system.refuse(false) },
        badCredentials:
          dialect === 'no-session'
            ? { absent: 'nobody signs in' }
            : { config: { ...config, password: wrong }, attempts: () => system.badSignIns() },
        throttle: {
          absent: 'CSTA has no word for how long to wait; an overloaded system is in csta.test.ts',
        },
        malformed: { inject: () => system.say('<DeliveredEvent><connection>'), metric: malformedMetric },
        repeat: () => system.repeat(),
        written: [dndSlot(world)],
        stop: () => system.stop(),
      }
    },
  })
}
