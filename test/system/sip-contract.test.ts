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

const password = 'correct-horse-battery'

/** `udp`: reads only. `tcp`: also publishes. */
async function startWorld(transport: 'udp' | 'tcp'): Promise<ConnectorWorld> {
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
    publish: transport === 'tcp',
  }
  return {
    config,
    secrets: [password],
    address: '1001',
    other: '1002',
    unknown: '1999',
    requests: () => lab.requests(),
    connections: () => lab.connections() + lab.subscriptions(),
    calls: {
      ring: () => void phones.start({ extension: '1001', direction: 'inbound', answer: false }),
      answer: () => void phones.answer('1001'),
      hold: () => void phones.hold('1001', true),
      resume: () => void phones.hold('1001', false),
      hangup: () => void phones.hangup('1001'),
    },
    dnd: { absent: 'SIP watchers see do not disturb at most as a lit lamp' },
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
    written:
      transport === 'udp'
        ? { absent: 'publish is switched off' }
        : {
            ...{ slot: 'presence', state: IN_A_CALL },
            shown: (address) => (lab.published(address).length === 0 ? AVAILABLE : IN_A_CALL),
          },
    stop: () => lab.stop(),
  }
}

for (const transport of ['udp', 'tcp'] as const) {
  connectorContract(`sip over ${transport}`, {
    definition: sip as unknown as AnyConnectorDefinition,
    start: () => startWorld(transport),
  })
}
