import { webex } from '../../src/connectors/webex/definition.ts'
import type { AnyConnectorDefinition } from '../../src/core/connector.ts'
import { connectorContract } from '../contract/connector.ts'
import { dndSlot, phoneCalls } from './lab-phone-acts.ts'
import { clientSecret, integrationSecret, refreshToken, startOrganization } from './webex-world.ts'

connectorContract('webex', {
  definition: webex as unknown as AnyConnectorDefinition,
  async start() {
    const { org, phones, requests, faults, config, clock } = await startOrganization()
    return {
      config,
      secrets: [clientSecret, refreshToken, integrationSecret, 'not-the-secret'],
      address: '1001',
      other: '1002',
      unknown: '7777',
      requests: () => requests.last,
      connections: () => org.connections(),
      calls: phoneCalls(phones),
      dnd: (on) => void phones.setDnd('1001', on),
      presence: { absent: 'what the app shows is a system of its own (webex-presence)' },
      connection: { cut: () => org.refuse(true), restore: () => org.refuse(false) },
      badCredentials: {
        config: { ...config, clientSecret: 'not-the-secret' },
        attempts: () => org.badSignIns(),
      },
      throttle: {
        begin: (retryAfterMs) =>
          faults.add({ target: 'webex', kind: 'status', status: 429, retryAfter: retryAfterMs / 1000 }),
        end: () => faults.clear(),
      },
      malformed: {
        // An answer without the field that matters: a fault with status 200 has the form of an error.
        inject: () =>
          faults.add({ target: 'webex', kind: 'status', status: 200, path: 'doNotDisturb', count: 1 }),
        metric: 'webex_malformed',
      },
      repeat: { absent: 'every answer to a poll is such a repetition' },
      written: [dndSlot({ phones, clock })],
      stop: () => org.stop(),
    }
  },
})
