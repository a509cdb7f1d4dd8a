import { asterisk } from '../../src/connectors/asterisk/definition.ts'
import type { AnyConnectorDefinition } from '../../src/core/connector.ts'
import { connectorContract } from '../contract/connector.ts'
import { dndShown, startPbx } from './asterisk-world.ts'
import { dndSlot, phoneCalls } from './lab-phone-acts.ts'

/** The order of twin events, another one in each run; HOOKSWITCH_SEED brings one back. */
const seed = Number(process.env.HOOKSWITCH_SEED ?? Date.now())
console.log(`asterisk-contract: HOOKSWITCH_SEED=${seed}`)

for (const flavour of ['freepbx', 'asterisk'] as const) {
  connectorContract(`asterisk (${flavour})`, {
    definition: asterisk as unknown as AnyConnectorDefinition,
    async start() {
      const { ami, phones, requests, config, clock } = await startPbx({ flavour, seed })
      return {
        config,
        secrets: [config.secret, 'not-the-secret'],
        address: '1001',
        other: '1002',
        unknown: '7777',
        requests: () => requests.last + ami.connections(),
        connections: () => ami.connections(),
        calls: phoneCalls(phones),
        dnd: (on) => void phones.setDnd('1001', on),
        presence: {
          absent: 'a PBX shows calls and do not disturb; its custom presence is off unless asked for',
        },
        connection: { cut: () => ami.refuse(true), restore: () => ami.refuse(false) },
        badCredentials: { config: { ...config, secret: 'not-the-secret' }, attempts: () => ami.logins() },
        throttle: { absent: 'AMI knows no such answer' },
        malformed: {
          inject: () => ami.say('Device: PJSIP/1001\r\nState: INUSE\r\n\r\n'),
          metric: 'asterisk_malformed_messages',
        },
        repeat: () => ami.reload(),
        written: [dndSlot({ phones, clock }, (address) => dndShown(ami.pbx, address))],
        stop: () => ami.stop(),
      }
    },
  })
}
