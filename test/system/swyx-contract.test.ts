import { labAgent } from '../../src/apps/phone-agent/start.ts'
import { startSwyx } from '../../src/apps/phone-agent/swyx.ts'
import { agent } from '../../src/connectors/agent/definition.ts'
import type { AnyConnectorDefinition } from '../../src/core/connector.ts'
import { AVAILABLE, AWAY, DO_NOT_DISTURB, IN_A_CALL, samePresence } from '../../src/core/presence.ts'
import { LabClock } from '../../src/lab/clock.ts'
import { Faults } from '../../src/lab/faults.ts'
import { People } from '../../src/lab/people.ts'
import { Phones } from '../../src/lab/phones.ts'
import { RequestLog } from '../../src/lab/request-log.ts'
import { connectorContract } from '../contract/connector.ts'
import { type DoorOfHub, openDoor } from './agent-door.ts'

const made: { door?: DoorOfHub } = {}

/** Each new instance stands behind the door of the hub at which the agent knocks. */
const definition = {
  ...agent,
  create: (...given: Parameters<typeof agent.create>) => made.door!.put(agent.create(...given)),
} as unknown as AnyConnectorDefinition

const states = { Available: AVAILABLE, Away: AWAY, 'Do not disturb': DO_NOT_DISTURB, Speaking: IN_A_CALL }

connectorContract('agent that sets the states of Swyx', {
  definition,
  async start() {
    const clock = new LabClock()
    const phones = new Phones(clock)
    for (const extension of ['1001', '1002']) {
      phones.put({ extension, displayName: extension, mail: `${extension}@lab.example` })
    }
    const door = await openDoor()
    made.door = door
    const requests = new RequestLog(clock)
    const people = new People(new Map(), phones)
    const swyx = await startSwyx({ clock, phones, people, faults: new Faults(), requests, port: 0 })
    await fetch(`${swyx.address}/join`, { method: 'POST', body: JSON.stringify({ url: door.url }) })
    return {
      config: {
        agents: [{ ...labAgent, addresses: ['1*', '7777'] }],
        writes: 'presence',
        presenceStates: ['doNotDisturb/doNotDisturb', 'busy/inACall', 'away/away', 'available/available'],
        heartbeatSeconds: 2,
      },
      secrets: [labAgent.token],
      address: '1001',
      other: '1002',
      unknown: '7777',
      requests: () => (swyx.client.connected ? 1 : 0),
      connections: () => door.connections(),
      calls: { absent: 'calls of Swyx are read by SIP: sip-contract.test.ts' },
      dnd: { absent: 'do not disturb is one of the states' },
      presence: {
        states: [AWAY, DO_NOT_DISTURB],
        show(state) {
          swyx.pick('1001', samePresence(state, AWAY) ? 'Away' : 'Do not disturb')
        },
      },
      connection: { cut: () => door.refuse(true), restore: () => door.refuse(false) },
      badCredentials: { absent: 'agents sign in to the hub, not the hub to agents' },
      throttle: { absent: 'agents tell by themselves and are not asked at a rate' },
      malformed: {
        inject: () => swyx.client.sendRaw('{"type":"observed","seq":'),
        metric: 'agent_malformed_total',
      },
      repeat: () => swyx.client.refresh(['1001', '1002']),
      written: [
        {
          slot: 'presence',
          state: DO_NOT_DISTURB,
          shown: (address) => states[swyx.shown(address).word],
          person: { act: () => swyx.pick('1001', 'Away'), shows: AWAY },
          expiry: { later: (milliseconds) => clock.advance(milliseconds) },
        },
      ],
      async stop() {
        await swyx.stop()
        await door.close()
      },
    }
  },
})
