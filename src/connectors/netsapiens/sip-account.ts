import Type, { type Static } from 'typebox'
import { ConnectorFailure } from '../../core/connector.ts'
import type { Account } from '../kit/sip/account.ts'
import { readServer, serverPattern } from '../kit/sip/server-address.ts'

const text = (title: string, description: string, more: object = {}) =>
  Type.String({ title, description, minLength: 1, ...more })

/** A device of the platform, as which the hub speaks SIP. */
export const sipSchema = Type.Object(
  {
    server: text('Server', 'Host and port of the SIP server; the port may be left out.', {
      pattern: serverPattern,
      address: true,
    }),
    transport: Type.Optional(
      Type.Union([Type.Literal('udp'), Type.Literal('tcp'), Type.Literal('tls')], {
        title: 'Transport',
        default: 'udp',
        address: true,
      }),
    ),
    username: text('User name', 'Of a device made for the hub, for example 9000.', { pattern: '^\\S+$' }),
    password: text('Password', 'SIP password of that device.', { secret: true }),
    register: Type.Optional(
      Type.Boolean({
        ...{ title: 'Register', default: true },
        description: 'Register the device first, as a phone does.',
      }),
    ),
    probe: Type.Optional(
      text('Extension to try', 'User whose do not disturb the trial connection looks at.'),
    ),
    caFile: Type.Optional(
      text(
        'Certificate authorities',
        'File with PEM certificates to trust for tls, not those of the system.',
        { address: true, local: true },
      ),
    ),
  },
  { additionalProperties: false },
)

export type SipDevice = Static<typeof sipSchema>

/** Seconds that subscriptions and the registration are asked for. */
const expires = 600
const keepAliveMs = 15_000

/** The account of a device in the domain; a failure where there is none. */
export function accountOf(device: SipDevice | undefined, domain: string): Account | ConnectorFailure {
  if (!device) {
    return new ConnectorFailure(
      'misconfigured',
      'sip: doNotDisturbBy as-feature-event needs a SIP account.',
      {
        fix: 'Make a device for the hub at the platform and set sip to { server, username, password }, or set doNotDisturbBy to answer-rule.',
      },
    )
  }
  const { server, transport = 'udp', username, password, register = true, caFile } = device
  return {
    ...readServer(server, transport),
    transport,
    domain,
    username,
    password,
    register,
    expires,
    keepAliveMs,
    caFile,
  }
}
