import type { JsonSchema } from '../../core/connector.ts'
import type { Account } from '../kit/sip/account.ts'
import { readServer, serverPattern } from '../kit/sip/server-address.ts'
import type { EventName } from './packages.ts'

/** The connector's slice of the configuration, secrets resolved. */
export interface SipConfig {
  readonly server: string
  readonly transport?: 'udp' | 'tcp' | 'tls'
  readonly domain?: string
  readonly username: string
  readonly password: string
  readonly register?: boolean
  readonly events?: readonly EventName[]
  readonly expires?: number
  readonly inFlight?: number
  readonly keepAlive?: number
  readonly internalDigits?: number
  readonly probe?: string
  readonly publish?: boolean
  readonly doNotDisturb?: boolean
  readonly caFile?: string
  readonly linesOf?: string
  readonly extensionsOf?: string
}

/** With defaults filled in; times in milliseconds unless said. */
export interface Settings extends Account {
  readonly events: readonly EventName[]
  readonly inFlight: number
  readonly internalDigits: number
  readonly probe: string
  readonly publish: boolean
  readonly doNotDisturb: boolean
}

export const configSchema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['server', 'username', 'password'],
  properties: {
    server: {
      type: 'string',
      title: 'Server',
      description: 'Host and port of the PBX, for example pbx.example.com:5060 or [2001:db8::1]:5061.',
      pattern: serverPattern,
      address: true,
    },
    transport: {
      enum: ['udp', 'tcp', 'tls'],
      default: 'udp',
      address: true,
      title: 'Transport',
      description: 'tcp and tls notice a restart of the PBX at once; udp may need until the next refresh.',
    },
    domain: {
      type: 'string',
      minLength: 1,
      pattern: '^\\S+$',
      title: 'Domain',
      description: 'SIP domain of the extensions, the part behind the @. Default: the host of the server.',
    },
    username: {
      type: 'string',
      minLength: 1,
      pattern: '^\\S+$',
      title: 'User name',
      description: 'A SIP account of the PBX that may watch the extensions.',
    },
    password: {
      type: 'string',
      secret: true,
      title: 'Password',
      description: 'Password of that account.',
    },
    register: {
      type: 'boolean',
      default: false,
      title: 'Register',
      description:
        'Also register the account like a phone. Only for a PBX that lets only registered phones watch.',
    },
    events: {
      type: 'array',
      items: { enum: ['dialog', 'presence'] },
      minItems: 1,
      uniqueItems: true,
      default: ['dialog'],
      title: 'Event packages',
      description:
        'dialog: calls (busy lamp field). presence: whether a phone is registered, and a lamp for calls.',
    },
    expires: {
      type: 'integer',
      minimum: 30,
      maximum: 86400,
      default: 600,
      title: 'Subscription time',
      description:
        'Seconds a subscription is asked for; how long at most a silent loss of the PBX goes unnoticed.',
    },
    inFlight: {
      type: 'integer',
      minimum: 1,
      maximum: 500,
      default: 20,
      title: 'Requests in flight',
      description: 'How many requests may wait for the answer of the PBX at a time.',
    },
    keepAlive: {
      type: 'number',
      minimum: 1,
      maximum: 600,
      default: 15,
      title: 'Keep-alive',
      description: 'Seconds of silence after which the PBX is asked whether it is there (OPTIONS).',
    },
    internalDigits: {
      type: 'integer',
      minimum: 0,
      maximum: 20,
      default: 5,
      title: 'Length of internal numbers',
      description:
        'Numbers of at most so many digits are internal calls; longer and other ones are external.',
    },
    probe: {
      type: 'string',
      minLength: 1,
      title: 'Extension to try',
      description: 'Extension that the trial connection watches for a moment. Default: the account itself.',
    },
    publish: {
      type: 'boolean',
      default: false,
      title: 'Publish presence',
      description:
        'Show states at the presence server of the PBX by PUBLISH (RFC 3903), so that phones and lamps see them. Needs a link to this connector.',
    },
    doNotDisturb: {
      type: 'boolean',
      default: false,
      title: 'Do not disturb of the phones',
      description:
        'Read it and let links set it, by as-feature-event (feature key synchronization), where the PBX has that.',
    },
    caFile: {
      type: 'string',
      address: true,
      local: true,
      title: 'Certificate authorities',
      description: 'File with the PEM certificates to trust for tls, instead of those of the system.',
    },
    extensionsOf: {
      type: 'string',
      minLength: 1,
      title: 'Extensions of',
      description:
        'Id of the phone system whose extensions are watched for people without an address here; both then see the same phones. Default: that of `linesOf`; else, when nobody has an address here, the only other phone system. `none`: only people with an address here.',
      examples: ['pbx'],
    },
    linesOf: {
      type: 'string',
      title: 'Lines of',
      description:
        'Id of the connector that sees the same phones (AMI); this one counts while that one is not synced.',
    },
  },
}

/** The schema has been checked before; defaults are filled in here. */
export function readSettings(config: SipConfig): Settings {
  const transport = config.transport ?? 'udp'
  const { host, port } = readServer(config.server, transport)
  return {
    host,
    port,
    transport,
    domain: config.domain ?? (host.includes(':') ? `[${host}]` : host),
    username: config.username,
    password: config.password,
    register: config.register ?? false,
    events: config.events ?? ['dialog'],
    expires: config.expires ?? 600,
    inFlight: config.inFlight ?? 20,
    keepAliveMs: (config.keepAlive ?? 15) * 1000,
    internalDigits: config.internalDigits ?? 5,
    probe: config.probe ?? config.username,
    publish: config.publish ?? false,
    doNotDisturb: config.doNotDisturb ?? false,
    caFile: config.caFile,
  }
}
