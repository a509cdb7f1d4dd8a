import Type, { type Static } from 'typebox'

const flag = (title: string, description: string) =>
  Type.Optional(Type.Boolean({ title, description, default: true }))

const count = (about: {
  title: string
  description: string
  minimum: number
  maximum: number
  default: number
}) => Type.Optional(Type.Integer(about))

/** One slice of the configuration, for one tenant of a Vodia PBX. */
export const configSchema = Type.Object(
  {
    url: Type.String({
      title: 'Address',
      description: 'https://host or https://host:port of the PBX.',
      minLength: 1,
      address: true,
    }),
    domain: Type.String({
      title: 'Domain',
      description: 'DNS name of the tenant at the PBX, as behind the @ of its extensions.',
      minLength: 1,
    }),
    username: Type.Optional(
      Type.String({
        title: 'User',
        description: 'An administrator with API access. `admin@` and the domain is the tenant’s own.',
        minLength: 1,
        default: 'admin',
      }),
    ),
    password: Type.String({ title: 'Password', description: 'Of that user.', minLength: 1, secret: true }),
    streamExtension: Type.Optional(
      Type.String({
        title: 'Stream extension',
        description:
          'Extension in whose name the WebSocket is opened, for changes at once. Needs a system administrator.',
        minLength: 1,
      }),
    ),
    webhooks: Type.Optional(
      Type.Union([Type.Literal('free'), Type.Literal('replace'), Type.Literal('off')], {
        title: 'Action URLs',
        description:
          '`free`: use the action URLs of the tenant that nobody uses. `replace`: take over those in use as well. `off`: leave them alone.',
        default: 'free',
      }),
    ),
    webhookBody: Type.Optional(
      Type.String({
        title: 'Action URL body',
        description: 'What the PBX sends. Extensions named in it are read again; without any, all are.',
        minLength: 1,
        default: '{"account":"{account}","from":"{from}","to":"{to}"}',
      }),
    ),
    writeDnd: flag('Write do not disturb', 'Let links set and clear do not disturb at extensions.'),
    dndReason: Type.Optional(
      Type.String({
        title: 'Reason',
        description: 'Shown at the PBX beside a do not disturb that a link has set.',
        minLength: 1,
        maxLength: 60,
        default: 'Hookswitch',
      }),
    ),
    dndExpires: flag(
      'Do not disturb expires',
      'Let a do not disturb of ours end by itself at the PBX when it is not prolonged. False where the PBX ignores that.',
    ),
    dndMinutes: count({
      title: 'Life of do not disturb',
      description: 'Minutes after which it ends when it is not prolonged.',
      ...{ minimum: 10, maximum: 1440, default: 60 },
    }),
    outsideDigits: count({
      title: 'Shortest outside number',
      description: 'A number with so many digits is external unless it is an account of the tenant.',
      ...{ minimum: 3, maximum: 15, default: 7 },
    }),
    pollSeconds: count({
      title: 'Poll',
      description: 'Every extension is read this often, in seconds, while nothing else tells of changes.',
      ...{ minimum: 1, maximum: 3600, default: 5 },
    }),
    reconcileSeconds: count({
      title: 'Reconcile',
      description: 'The same while WebSocket or action URLs tell of changes.',
      ...{ minimum: 5, maximum: 3600, default: 30 },
    }),
    requestsPer30s: count({
      title: 'Requests per 30 s',
      description: 'Most requests with this user, over all tenants that share it.',
      ...{ minimum: 60, maximum: 10_000, default: 600 },
    }),
  },
  { additionalProperties: false },
)

export type VodiaConfig = Static<typeof configSchema>

/** The configuration with its defaults filled in. */
export interface Settings extends Required<Omit<VodiaConfig, 'streamExtension'>> {
  readonly streamExtension: string | undefined
}

export function settingsOf(config: VodiaConfig): Settings {
  return {
    ...{ username: 'admin', webhooks: 'free', writeDnd: true, dndReason: 'Hookswitch', dndExpires: true },
    ...{ dndMinutes: 60, outsideDigits: 7, pollSeconds: 5, reconcileSeconds: 30, requestsPer30s: 600 },
    webhookBody: '{"account":"{account}","from":"{from}","to":"{to}"}',
    ...config,
    domain: config.domain.toLowerCase(),
    streamExtension: config.streamExtension,
  }
}
