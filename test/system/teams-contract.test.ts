import { teams } from '../../src/connectors/teams/definition.ts'
import type { AnyConnectorDefinition } from '../../src/core/connector.ts'
import {
  AVAILABLE,
  AWAY,
  DO_NOT_DISTURB,
  IN_A_CALL,
  parsePresence,
  presence,
} from '../../src/core/presence.ts'
import { connectorContract } from '../contract/connector.ts'
import { clientSecret, entraTenantId, openTeamsLab, stranger } from './teams-world.ts'

const wrong = 'Wq7~quite-another-secret~Z9'

connectorContract('teams', {
  definition: teams as unknown as AnyConnectorDefinition,
  async start() {
    const { lab, config, id, client, prefer } = await openTeamsLab()
    const tenant = lab.tenants.get(entraTenantId)!
    const sent = () => lab.requests.since(0)
    const shown = (address: string) => parsePresence(tenant.shown(tenant.byId(address)!))!
    const expiry = { later: (milliseconds: number) => lab.clock.advance(milliseconds) }
    const beRightBack = presence('beRightBack', 'beRightBack')
    return {
      config,
      secrets: [clientSecret, wrong],
      address: id('anna'),
      other: id('ben'),
      unknown: stranger,
      requests: () => sent().length,
      connections: { absent: 'keep-alive connections belong to the fetch of the hub, which all share' },
      calls: { absent: 'Teams shows one aggregate state; its calls are seen as Busy/InACall' },
      dnd: { absent: 'Teams shows one aggregate state; do not disturb is a presence' },
      presence: {
        states: [DO_NOT_DISTURB, AWAY],
        show(state) {
          if (state === DO_NOT_DISTURB) return prefer('anna', 'DoNotDisturb/DoNotDisturb')
          prefer('anna', null)
          client('anna', state === AVAILABLE ? 'Available/Available' : 'Away/Away')
        },
      },
      connection: {
        cut: () => lab.faults.add({ target: 'graph', kind: 'drop' }),
        restore: () => lab.faults.clear(),
      },
      badCredentials: {
        config: { ...config, clientSecret: wrong },
        attempts: () => sent().filter((each) => each.target === 'entra').length,
      },
      throttle: {
        begin: (retryAfterMs) =>
          lab.faults.add({ target: 'graph', kind: 'status', status: 429, retryAfter: retryAfterMs / 1000 }),
        end: () => lab.faults.clear(),
      },
      malformed: {
        // An answer of 200 that is no presence at all.
        inject: () =>
          lab.faults.add({
            target: 'graph',
            kind: 'status',
            status: 200,
            count: 1,
            path: 'getPresencesByUserId',
          }),
        metric: 'teams_malformed_total',
      },
      repeat: { absent: 'Graph is asked; it says nothing by itself' },
      written: [
        {
          ...{ slot: 'session', state: IN_A_CALL, shown, expiry },
          person: { act: () => client('anna', 'Away/Away'), shows: AWAY },
        },
        {
          ...{ slot: 'preferred', state: DO_NOT_DISTURB, shown, expiry },
          person: { act: () => prefer('anna', 'BeRightBack/BeRightBack'), shows: beRightBack },
        },
      ],
      stop: () => lab.stop(),
    }
  },
})
