import { type PhoneAgent, startPhoneAgent } from '../../src/apps/phone-agent/start.ts'
import { agent } from '../../src/connectors/agent/definition.ts'
import type { AnyConnectorDefinition } from '../../src/core/connector.ts'
import { LabClock } from '../../src/lab/clock.ts'
import { Phones } from '../../src/lab/phones.ts'
import { connectorContract } from '../contract/connector.ts'
import { type DoorOfHub, openDoor } from './agent-door.ts'
import { dndSlot, phoneCalls } from './lab-phone-acts.ts'

const token = 'a-token-of-the-site-agent'
const made: { door?: DoorOfHub } = {}

/** Each new instance stands behind the door of the hub at which the agent knocks. */
const definition = {
  ...agent,
  create: (...given: Parameters<typeof agent.create>) => made.door!.put(agent.create(...given)),
} as unknown as AnyConnectorDefinition

connectorContract('agent', {
  definition,
  async start() {
    const clock = new LabClock()
    const phones = new Phones(clock)
    phones.put({ extension: '1001', displayName: 'Anna Keller', mail: 'anna@contoso.example' })
    phones.put({ extension: '1002', displayName: 'Ben Ortiz', mail: 'ben@contoso.example' })
    const door = await openDoor()
    made.door = door
    const site: PhoneAgent = await startPhoneAgent({ clock, phones, hub: door.url, id: 'site', token })
    return {
      config: {
        agents: [{ id: 'site', token, addresses: ['1*', '7777'] }],
        heartbeatSeconds: 2,
      },
      secrets: [token],
      address: '1001',
      other: '1002',
      unknown: '7777',
      requests: () => site.statuses.filter(({ state }) => state === 'connected').length,
      connections: () => door.connections(),
      calls: phoneCalls(phones),
      dnd: (on) => void phones.setDnd('1001', on),
      presence: {
        absent: 'the agent is a set of phones; presence facets are in the tests of the connector itself',
      },
      connection: { cut: () => door.refuse(true), restore: () => door.refuse(false) },
      badCredentials: {
        absent:
          'agents sign in to the hub, not the hub to agents; wrong tokens are in the tests of the connector',
      },
      throttle: { absent: 'agents tell by themselves and are not asked at a rate' },
      malformed: {
        inject: () => site.client.sendRaw('{"type":"observed","seq":'),
        metric: 'agent_malformed_total',
      },
      repeat: () => site.repeat(),
      written: [dndSlot({ phones, clock })],
      async stop() {
        await site.stop()
        await door.close()
      },
    }
  },
})
