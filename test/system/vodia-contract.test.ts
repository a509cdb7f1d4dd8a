import { vodia } from '../../src/connectors/vodia/definition.ts'
import type { AnyConnectorDefinition } from '../../src/core/connector.ts'
import { connectorContract } from '../contract/connector.ts'
import { dndSlot, phoneCalls } from './lab-phone-acts.ts'
import { password, startPbx } from './vodia-world.ts'

for (const push of ['WebSocket', 'polling'] as const) {
  connectorContract(`vodia (${push})`, {
    definition: vodia as unknown as AnyConnectorDefinition,
    async start() {
      const { pbx, phones, requests, faults, ...world } = await startPbx()
      const { streamExtension, ...polled } = world.config
      const config = push === 'polling' ? polled : { ...polled, streamExtension }
      return {
        config,
        secrets: [password, 'not-the-password'],
        address: '1001',
        other: '1002',
        unknown: '7777',
        requests: () => requests.last,
        connections: () => pbx.connections(),
        calls: phoneCalls(phones),
        dnd: (on) => void phones.setDnd('1001', on),
        presence: { absent: 'the system is a set of phones; they have calls and do not disturb' },
        connection: { cut: () => pbx.refuse(true), restore: () => pbx.refuse(false) },
        badCredentials: {
          config: { ...config, password: 'not-the-password' },
          attempts: () => pbx.badSignIns(),
        },
        throttle: {
          begin: (retryAfterMs) =>
            faults.add({ target: 'vodia', kind: 'status', status: 429, retryAfter: retryAfterMs / 1000 }),
          end: () => faults.clear(),
        },
        malformed:
          push === 'polling'
            ? { absent: 'an answer that cannot be read is counted in the tests of the connector itself' }
            : { inject: () => pbx.live.say('{"action":"call-sta'), metric: 'vodia_malformed' },
        repeat:
          push === 'polling'
            ? { absent: 'every answer to a poll is such a repetition' }
            : () => pbx.live.sayAgain(),
        written: [dndSlot({ phones, clock: world.clock })],
        stop: () => pbx.stop(),
      }
    },
  })
}
