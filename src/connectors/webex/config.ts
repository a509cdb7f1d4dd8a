import Type, { type Static } from 'typebox'
import { parseBaseUrl } from '../kit/base-url.ts'

const text = (title: string, description: string) => Type.String({ title, description, minLength: 1 })
const secret = (title: string, description: string) =>
  Type.String({ title, description, minLength: 1, secret: true })
const count = (about: {
  title: string
  description: string
  minimum: number
  maximum: number
  default: number
}) => Type.Optional(Type.Integer(about))

const account = {
  url: Type.Optional(
    Type.String({
      title: 'Address',
      description: 'Of the Webex REST API, with its version.',
      minLength: 1,
      default: 'https://webexapis.com/v1',
      address: true,
    }),
  ),
  orgId: Type.Optional(
    text(
      'Organization',
      'Id of the organization, where the Service App belongs to a partner who manages it.',
    ),
  ),
  clientId: text('Client id', 'Of the Service App.'),
  clientSecret: secret('Client secret', 'Of the Service App.'),
  refreshToken: secret(
    'Refresh token',
    'Of the Service App for this organization, as developer.webex.com shows it after the authorization.',
  ),
  requestsPer30s: count({
    title: 'Requests per 30 s',
    description: 'Most requests with this Service App, over all tenants that share it.',
    ...{ minimum: 60, maximum: 10_000, default: 300 },
  }),
}

/** One slice of the configuration, for one organization with Webex Calling. */
export const configSchema = Type.Object(
  {
    ...account,
    integrationId: Type.Optional(
      text(
        'Integration',
        'Client id of an integration to which people consent, so that Webex tells of their calls at once.',
      ),
    ),
    integrationSecret: Type.Optional(secret('Integration secret', 'Client secret of that integration.')),
    writeDnd: Type.Optional(
      Type.Boolean({
        title: 'Write do not disturb',
        description: 'Let links set and clear do not disturb of people.',
        default: true,
      }),
    ),
    pollSeconds: count({
      title: 'Poll calls',
      description: 'Calls of everybody of whom no webhook tells are read this often, in seconds.',
      ...{ minimum: 1, maximum: 3600, default: 5 },
    }),
    dndSeconds: count({
      title: 'Poll do not disturb',
      description: 'Do not disturb is read this often, in seconds: Webex tells nobody of a change.',
      ...{ minimum: 1, maximum: 3600, default: 10 },
    }),
    reconcileSeconds: count({
      title: 'Reconcile',
      description: 'Calls of people with a webhook are read this often as well, in seconds.',
      ...{ minimum: 5, maximum: 3600, default: 60 },
    }),
  },
  { additionalProperties: false },
)

/** One slice of the configuration, for what the Webex app shows. */
export const presenceSchema = Type.Object(
  {
    ...account,
    presenceSeconds: count({
      title: 'Poll',
      description: 'Everybody is read this often, in seconds; Webex discourages more.',
      ...{ minimum: 1, maximum: 3600, default: 60 },
    }),
  },
  {
    title: 'Webex app',
    description: 'What the Webex app shows of people, read only.',
    additionalProperties: false,
  },
)

export type WebexConfig = Static<typeof configSchema>
export type PresenceConfig = Static<typeof presenceSchema>

/** How to sign in as the Service App, and for which organization. */
export interface Account {
  /** Without a slash at the end. */
  readonly url: string
  readonly orgId: string | undefined
  readonly clientId: string
  readonly clientSecret: string
  readonly refreshToken: string
  readonly requestsPer30s: number
}

export interface Settings extends Account {
  /** The integration of people's own consent, where there is one. */
  readonly integration: { readonly id: string; readonly secret: string } | undefined
  readonly writeDnd: boolean
  readonly pollMs: number
  readonly dndMs: number
  readonly reconcileMs: number
}

/** Throws ConnectorFailure for an address that cannot be used. */
export function accountOf(config: PresenceConfig): Account {
  const { url = 'https://webexapis.com/v1', orgId, clientId, clientSecret, refreshToken } = config
  const { requestsPer30s = 300 } = config
  return { url: parseBaseUrl(url, 'url'), orgId, clientId, clientSecret, refreshToken, requestsPer30s }
}

/** Throws ConnectorFailure for an address that cannot be used. */
export function settingsOf(config: WebexConfig): Settings {
  const { integrationId: id, integrationSecret, writeDnd = true } = config
  const { pollSeconds = 5, dndSeconds = 10, reconcileSeconds = 60 } = config
  return {
    ...accountOf(config),
    integration:
      id !== undefined && integrationSecret !== undefined ? { id, secret: integrationSecret } : undefined,
    writeDnd,
    ...{ pollMs: pollSeconds * 1000, dndMs: dndSeconds * 1000, reconcileMs: reconcileSeconds * 1000 },
  }
}
