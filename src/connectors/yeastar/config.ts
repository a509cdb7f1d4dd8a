import Type, { type Static } from 'typebox'
import { parseBaseUrl } from '../kit/base-url.ts'

/** One slice of the configuration, for one Yeastar P-Series PBX. */
export const configSchema = Type.Object(
  {
    url: Type.String({
      title: 'Address',
      description:
        'Of the PBX: https://host:8088 for the Appliance and Software Edition, https://host for the Cloud Edition.',
      minLength: 1,
      address: true,
    }),
    clientId: Type.String({
      title: 'Client ID',
      description: 'As shown at Integrations > API of the PBX.',
      minLength: 1,
    }),
    clientSecret: Type.String({
      title: 'Client Secret',
      description: 'As shown beside the Client ID.',
      minLength: 1,
      secret: true,
    }),
    events: Type.Optional(
      Type.Union([Type.Literal('websocket'), Type.Literal('webhook')], {
        title: 'Events',
        description:
          '`websocket`: the hub opens a WebSocket at the PBX. `webhook`: the PBX sends events to the callback address of this connector, which needs `webhookSecret`.',
        default: 'websocket',
      }),
    ),
    webhookSecret: Type.Optional(
      Type.String({
        title: 'Webhook secret',
        description:
          'Made by the PBX for the webhook of this hub at Integrations > API > Webhook Event Push.',
        minLength: 1,
        secret: true,
      }),
    ),
    writePresence: Type.Optional(
      Type.Boolean({
        title: 'Write presence',
        description: 'Let links set the presence of an extension.',
        default: true,
      }),
    ),
    reconcileSeconds: Type.Optional(
      Type.Integer({
        title: 'Read everything every',
        description: 'Seconds, in case an event was missed.',
        minimum: 5,
        maximum: 600,
        default: 30,
      }),
    ),
  },
  { additionalProperties: false },
)

export type YeastarConfig = Static<typeof configSchema>

/** The configuration with its defaults filled in. */
export interface Settings extends Required<Omit<YeastarConfig, 'webhookSecret'>> {
  readonly webhookSecret: string | undefined
}

/** Throws ConnectorFailure (misconfigured) for an address that cannot be used. */
export function resolveSettings(config: YeastarConfig): Settings {
  return {
    ...{ events: 'websocket', writePresence: true, reconcileSeconds: 30 },
    ...config,
    webhookSecret: config.webhookSecret,
    url: parseBaseUrl(config.url, 'url'),
  }
}
