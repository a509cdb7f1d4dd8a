import type { StartEmulator } from '../../lab/emulator.ts'
import type { NewPerson } from '../../lab/people.ts'
import { labUserId } from '../../lab/salesforce/ids.ts'

/** The connector's settings for a FreeSWITCH of the lab at `host:port`. */
function freeSwitchAt(address: string, flavour: 'plain' | 'fusionpbx') {
  const [host, port] = address.split(':')
  const more = { password: 'lab-secret', domain: 'lab.example', flavour, lamps: true }
  return { type: 'freeswitch', host, port: Number(port), ...more }
}

/** An emulated system that lab and demo can run beside Microsoft 365. */
export interface LabSystem {
  readonly kind: 'pbx' | 'crm'
  /** Loads the emulator only when it is asked for: `async (world) => (await import('...')).start(world)`. */
  readonly start: StartEmulator
  /** The connector's settings (with `type`, without `id`) for the emulator at this address. */
  connector(address: string): Readonly<Record<string, unknown>>
  /** Tells it where the connector's callback address is, once the hub listens: for a system that connects by itself. */
  readonly join?: (address: string, callback: string) => Promise<void>
  /** Its calls are read by SIP: a connector `lamps` beside it watches the lab's SIP server for the same extensions. */
  readonly lamps?: true
  /** Preset of the links with Teams; the default one when left out. */
  readonly preset?: string
  /** The person's addresses there; their extensions unless given. */
  addresses?(person: NewPerson): readonly string[]
}

const netSapiensAt = (url: string, type = 'netsapiens') => ({
  ...{ type, url, domain: 'lab.example', apiKey: 'nsd_lab-key' },
})

/** NetSapiens under the name of one of its operators: the same emulator, the connector's profile of that name. */
const whiteLabel = (type: string): LabSystem => ({
  kind: 'pbx',
  start: async (world) => (await import('../../lab/netsapiens/server.ts')).startNetSapiens(world),
  connector: (url) => netSapiensAt(url, type),
  preset: 'netsapiens',
})

/** By the name after `--with`. A new one is one line here. */
export const labSystems: Readonly<Record<string, LabSystem>> = {
  '3cx': {
    kind: 'pbx',
    start: async (world) => (await import('../../lab/three-cx/server.ts')).startThreeCx(world),
    connector: (url) => ({ type: '3cx', url, clientId: 'hookswitch', clientSecret: 'lab-secret' }),
    preset: '3cx',
  },
  webhook: {
    kind: 'crm',
    start: async (world) => (await import('../../lab/webhooks/server.ts')).startContactCentre(world),
    connector: (url) => ({
      ...{ type: 'webhook', secrets: ['lab-webhook-secret'], targetSecrets: ['lab-webhook-secret'] },
      ...{ targetUrl: `${url}/presence`, personAt: '/agent/mail', orderAt: '/changedAt' },
      states: {
        ...{ Ready: 'available/available', Talking: 'busy/inACall', Meeting: 'busy/inAMeeting' },
        ...{ Break: 'away/away', 'Do not disturb': 'doNotDisturb/doNotDisturb', 'Logged out': 'signedOut' },
      },
    }),
    addresses: ({ upn }) => [upn],
  },
  vodia: {
    kind: 'pbx',
    start: async (world) => (await import('../../lab/vodia/server.ts')).startVodia(world),
    connector: (url) => ({
      ...{ type: 'vodia', url, domain: 'lab.example', password: 'lab-password' },
      streamExtension: '1001',
    }),
    preset: 'vodia',
  },
  yeastar: {
    kind: 'pbx',
    start: async (world) => (await import('../../lab/yeastar/server.ts')).startYeastar(world),
    connector: (url) => ({ type: 'yeastar', url, clientId: 'lab-client', clientSecret: 'lab-secret' }),
  },
  netsapiens: {
    kind: 'pbx',
    start: async (world) => (await import('../../lab/netsapiens/server.ts')).startNetSapiens(world),
    connector: (url) => netSapiensAt(url),
    preset: 'netsapiens',
  },
  ringlogix: whiteLabel('ringlogix'),
  'united-cloud': whiteLabel('united-cloud'),
  viirtue: whiteLabel('viirtue'),
  'netsapiens-sip': {
    kind: 'pbx',
    async start(world) {
      const platform = await (await import('../../lab/netsapiens/server.ts')).startNetSapiens({
        ...world,
        sip: {},
      })
      return { ...platform, address: `${platform.address},${platform.sip?.address}` }
    },
    connector(addresses) {
      const [url = '', server] = addresses.split(',')
      const sip = { server, transport: 'tcp', username: '9000', password: 'lab-sip-password', probe: '1001' }
      return { ...netSapiensAt(url), doNotDisturbBy: 'as-feature-event', sip }
    },
    preset: 'netsapiens',
  },
  agent: {
    kind: 'pbx',
    start: async (world) => (await import('../phone-agent/start.ts')).startPhoneAgent(world),
    connector: () => ({
      type: 'agent',
      agents: [{ id: 'lab-site', token: 'lab-agent-token-of-no-worth', addresses: ['*'] }],
    }),
    join: async (url, callback) => {
      await fetch(`${url}/join`, { method: 'POST', body: JSON.stringify({ url: callback }) })
    },
  },
  swyx: {
    kind: 'pbx',
    start: async (world) => (await import('../phone-agent/swyx.ts')).startSwyx(world),
    connector: () => ({
      ...{ type: 'agent', writes: 'presence' },
      agents: [{ id: 'lab-site', token: 'lab-agent-token-of-no-worth', addresses: ['*'] }],
      presenceStates: ['doNotDisturb/doNotDisturb', 'busy/inACall', 'away/away', 'available/available'],
    }),
    join: async (url, callback) => {
      await fetch(`${url}/join`, { method: 'POST', body: JSON.stringify({ url: callback }) })
    },
    lamps: true,
    preset: 'swyx',
  },
  salesforce: {
    kind: 'crm',
    start: async (world) => (await import('../../lab/salesforce/server.ts')).startSalesforce(world),
    connector(addresses) {
      const [loginUrl, pubSubUrl] = addresses.split(',')
      const credential = { clientSecret: 'lab-consumer-secret', refreshToken: 'lab-refresh-token' }
      return { type: 'salesforce', loginUrl, pubSubUrl, clientId: 'lab-consumer-key', ...credential }
    },
    preset: 'salesforce',
    addresses: ({ upn }) => [labUserId(upn)],
  },
  csta: {
    kind: 'pbx',
    start: async (world) => (await import('../../lab/csta/server.ts')).startCsta(world),
    connector(address) {
      const [host, port] = address.split(':')
      const user = { username: 'hookswitch', password: 'lab-secret' }
      return { type: 'csta', host, port: Number(port), ...user }
    },
  },
  webex: {
    kind: 'pbx',
    start: async (world) => (await import('../../lab/webex/server.ts')).startWebex(world),
    connector: (url) => ({
      ...{ type: 'webex', url, clientId: 'lab-service-app', clientSecret: 'lab-secret' },
      ...{ refreshToken: 'lab-refresh-token', requestsPer30s: 3000 },
      ...{ integrationId: 'lab-integration', integrationSecret: 'lab-integration-secret' },
    }),
  },
  freeswitch: {
    kind: 'pbx',
    start: async (world) => (await import('../../lab/freeswitch/server.ts')).startFreeSwitch(world),
    connector: (address) => freeSwitchAt(address, 'plain'),
  },
  fusionpbx: {
    kind: 'pbx',
    start: async (world) =>
      (await import('../../lab/freeswitch/server.ts')).startFreeSwitch(world, 'fusionpbx'),
    connector: (address) => freeSwitchAt(address, 'fusionpbx'),
  },
  // The SIP server that the lab has in any case, under the same name: its phones by SIP alone, lamps both ways.
  sip: {
    kind: 'pbx',
    start: async (world) => (await import('../../lab/sip/server.ts')).startSip(world),
    connector: (server) => ({
      ...{ type: 'sip', server, transport: 'tcp', domain: 'lab.example' },
      ...{ username: 'hookswitch', password: 'lab-password', probe: '1001', publish: true },
    }),
  },
}
