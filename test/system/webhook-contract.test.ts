import { webhook } from '../../src/connectors/webhooks/definition.ts'
import type { AnyConnectorDefinition, ConnectorInstance } from '../../src/core/connector.ts'
import { AVAILABLE, IN_A_CALL, type Presence } from '../../src/core/presence.ts'
import { connectorContract } from '../contract/connector.ts'
import { until } from './support/child.ts'
import { anna, ben, secret, startCentre, startDoor } from './webhook-world.ts'

let door: Awaited<ReturnType<typeof startDoor>>

/** The connector as it is, with a door to its callback address. */
const definition: AnyConnectorDefinition = {
  ...(webhook as unknown as AnyConnectorDefinition),
  create(config, context): ConnectorInstance {
    const instance = webhook.create(config as never, { ...context, callbackUrl: () => door.url })
    door.serve(instance)
    const start = instance.start.bind(instance)
    instance.start = async (addresses) => {
      await start(addresses)
      // Asked by the first message to it, the contact centre delivers what everybody has picked.
      await until(() => door.answers.length >= 2, 'both agents to be told of')
    }
    return instance
  },
}

connectorContract('webhook', {
  definition,
  async start() {
    const { centre, config, requests, shown, clock } = await startCentre()
    door = await startDoor()
    const { agents, sender } = centre
    for (const mail of [anna, ben]) agents.pick(mail, 'Ready')
    const wordOf = (state: Presence) => (state === IN_A_CALL ? 'Talking' : 'Ready')
    return {
      config,
      secrets: [secret],
      address: anna,
      other: ben,
      unknown: 'nobody@contoso.example',
      requests: () => requests.last,
      connections: { absent: 'each message is a request of its own' },
      calls: { absent: 'a system tells the state of a person, not the legs of a call' },
      dnd: { absent: 'do not disturb is one of the states' },
      presence: {
        states: [AVAILABLE, IN_A_CALL],
        show: (state) => void agents.pick(anna, wordOf(state)),
      },
      connection: {
        absent:
          'a sender that has nothing to say is not told from one that is gone: each state has an end instead',
      },
      badCredentials: {
        absent: 'nobody signs in: each delivery and each message is signed, which has tests of its own',
      },
      throttle: { absent: 'nothing is asked for; a target that says wait has a test of its own' },
      malformed: { inject: () => sender.say('{"agent":'), metric: 'webhook_malformed' },
      repeat: () => {
        for (const agent of agents.all()) sender.tell(agent)
      },
      written: [
        {
          ...{ slot: 'presence', state: IN_A_CALL, shown },
          // What the system is told stands beside what the agent has picked there.
          person: { act: () => void agents.pick(anna, 'Break'), shows: AVAILABLE },
          expiry: { later: (milliseconds) => clock.advance(milliseconds) },
        },
      ],
      async stop() {
        await centre.stop()
        await door.stop()
      },
    }
  },
})
