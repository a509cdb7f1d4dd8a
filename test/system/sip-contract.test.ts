import { sip } from '../../src/connectors/sip/definition.ts'
import type { AnyConnectorDefinition } from '../../src/core/connector.ts'
import { AVAILABLE, IN_A_CALL } from '../../src/core/presence.ts'
import { LabClock } from '../../src/lab/clock.ts'
import { Faults } from '../../src/lab/faults.ts'
import { Phones } from '../../src/lab/phones.ts'
import { RequestLog } from '../../src/lab/request-log.ts'
import { startSip } from '../../src/lab/sip/server.ts'
import { connectorContract } from '../contract/connector.ts'
import type { ConnectorWorld } from '../contract/world.ts'
import { dndSlot, phoneCalls } from './lab-phone-acts.ts'

const password = 'correct-horse-battery'

const ways = ['udp', 'tcp', 'tcp with features'] as const

/** `udp`: reads only. `tcp`: also publishes. `with features`: do not disturb by as-feature-event. */
async function startWorld(way: (typeof ways)[number]): Promise<ConnectorWorld> {
  const transport = way === 'udp' ? 'udp' : 'tcp'
  const doNotDisturb = way === 'tcp with features'
  const clock = new LabClock()
  const phones = new Phones(clock)
  for (const extension of ['1001', '1002']) phones.put({ extension, displayName: extension })
  const lab = await startSip({
    ...{ clock, phones, port: 0, faults: new Faults(), requests: new RequestLog(clock) },
    accounts: { watcher: password },
  })
  const config = {
    ...{ server: lab.address, transport, domain: lab.domain, username: 'watcher', password },
    ...{ events: ['dialog', 'presence'], keepAlive: 1, probe: '1001' },
    ...{ publish: way === 'tcp', doNotDisturb },
  }
  return {
    config,
    secrets: [password],
    address: '1001',
    other: '1002',
    unknown: '1999',
    requests: () => lab.requests(),
    connections: () => lab.connections() + lab.subscriptions(),
    calls: phoneCalls(phones),
    dnd: doNotDisturb
      ? (on) => void phones.setDnd('1001', on)
      : { absent: 'watchers of lamps see do not disturb at most as a lit lamp' },
    directory: { absent: 'SIP has no list of extensions; those of another connector are taken' },
    presence: { absent: 'the system is a set of phones; they have calls and registrations' },
    connection: { cut: () => lab.cut(), restore: () => lab.restore() },
    badCredentials: { config: { ...config, password: 'wrong-horse' }, attempts: () => lab.signIns() },
    throttle: {
      begin: (retryAfterMs) =>
        lab.disturbances.refuse({
          status: '503 Service Unavailable',
          fields: [['Retry-After', String(retryAfterMs / 1000)]],
        }),
      end: () => lab.disturbances.clear(),
    },
    malformed: {
      inject: () => lab.tellRaw('1001', 'dialog', '<dialog-info><dialog id="x"><state>conf'),
      metric: 'sip_malformed',
    },
    repeat: () => lab.tellAgain('1001'),
    written: {
      udp: { absent: 'publish is switched off' },
      tcp: [
        {
          ...{ slot: 'presence', state: IN_A_CALL },
          shown: (address: string) => (lab.published(address).length === 0 ? AVAILABLE : IN_A_CALL),
          // The phone's own call is a state beside the published one.
          person: {
            act: () => void phones.start({ extension: '1001', direction: 'inbound', answer: false }),
            shows: AVAILABLE,
          },
          expiry: { later: (milliseconds: number) => clock.advance(milliseconds) },
        },
      ],
      'tcp with features': [dndSlot({ phones, clock })],
    }[way],
    stop: () => lab.stop(),
  }
}

for (const way of ways) {
  connectorContract(`sip over ${way}`, {
    definition: sip as unknown as AnyConnectorDefinition,
    start: () => startWorld(way),
  })
}
