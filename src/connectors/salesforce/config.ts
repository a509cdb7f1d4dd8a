import Type, { type Static } from 'typebox'
import { ConnectorFailure } from '../../core/connector.ts'
import { parseBaseUrl } from '../kit/base-url.ts'
import { type Meaning, meanings } from './meanings.ts'

const text = (title: string, description: string) => Type.String({ title, description, minLength: 1 })
const secret = (title: string, description: string) =>
  Type.Optional(Type.String({ title, description, minLength: 1, secret: true }))
const seconds = (title: string, description: string, range: readonly [number, number, number]) =>
  Type.Optional(Type.Integer({ title, description, minimum: range[0], maximum: range[1], default: range[2] }))

export const usualLoginUrl = 'https://login.salesforce.com'

/** One slice of the configuration, for one Salesforce organisation. */
export const configSchema = Type.Object(
  {
    loginUrl: Type.Optional(
      Type.String({
        title: 'Sign-in address',
        description:
          'Of your organisation (My Domain), for example https://contoso.my.salesforce.com; https://test.salesforce.com for a sandbox.',
        default: usualLoginUrl,
        address: true,
      }),
    ),
    clientId: text('Consumer key', 'Of the external client app made for the hub.'),
    username: Type.Optional(
      text('User name', 'Of the integration user, for the sign-in with a certificate (JWT bearer).'),
    ),
    privateKey: secret('Private key', 'PEM, of the certificate uploaded to the app (JWT bearer).'),
    clientSecret: secret('Consumer secret', 'Of the app, for the sign-in with a refresh token.'),
    refreshToken: secret(
      'Refresh token',
      'Of the integration user. Signing in in the browser gives it: on the page of the connector in the portal, or "hookswitch connectors sign-in".',
    ),
    pubSubUrl: Type.Optional(
      Type.String({
        title: 'Address of the Pub/Sub API',
        description: 'In the European Union also https://api.deu.pubsub.salesforce.com:7443.',
        default: 'https://api.pubsub.salesforce.com:7443',
        address: true,
      }),
    ),
    apiVersion: Type.Optional(
      Type.String({
        title: 'Version of the REST API',
        description: '62.0 or later: before, presence had no change events.',
        pattern: '^\\d{2,3}\\.0$',
        default: '62.0',
      }),
    ),
    channel: Type.Optional(
      Type.String({
        title: 'Channel of change events',
        description: 'Another one where you have made a custom channel, such as /data/Presence__chn.',
        pattern: '^/data/\\w+$',
        default: '/data/UserServicePresenceChangeEvent',
      }),
    ),
    statuses: Type.Optional(
      Type.Array(
        Type.Object(
          {
            status: text('Status', 'Developer name or label of a presence status.'),
            means: Type.Unsafe<Meaning>(
              Type.Union(
                meanings.map((each) => Type.Literal(each)),
                { title: 'Means', description: 'What the status counts as.' },
              ),
            ),
            reason: Type.Optional(
              Type.String({
                title: 'Reason',
                description:
                  'What is shown beside the state as its reason. Left out, the label of the status where it says more than the state; empty for none.',
                maxLength: 80,
              }),
            ),
            write: Type.Optional(
              Type.Boolean({
                title: 'Write',
                description: 'Whether links may set it. Of several that mean the same, the first is written.',
                default: true,
              }),
            ),
          },
          { additionalProperties: false },
        ),
        {
          title: 'Statuses',
          description: 'What your presence statuses mean. Those not named here are taken by their words.',
          default: [],
        },
      ),
    ),
    writeStatus: Type.Optional(
      Type.Boolean({
        title: 'Write statuses',
        description:
          'Let links set the status of an agent whose console is open. Needs the package in salesforce/.',
        default: true,
      }),
    ),
    logoutSeconds: seconds(
      'Logout after',
      'A change of status ends one and begins another; so long without another, the agent has signed out.',
      [1, 60, 3],
    ),
    confirmSeconds: seconds(
      'Wait for the console',
      "How long the agent's console may take to carry out a change.",
      [2, 30, 6],
    ),
    reconcileSeconds: seconds('Read everyone every', 'Seconds, in case an event was missed.', [10, 3600, 60]),
  },
  {
    title: 'Salesforce',
    description: 'Presence of agents in Salesforce Omni-Channel.',
    additionalProperties: false,
  },
)

export type SalesforceConfig = Static<typeof configSchema>

/** How the hub signs in. */
export type Credential =
  | { readonly kind: 'jwt'; readonly username: string; readonly privateKey: string }
  | { readonly kind: 'refresh'; readonly refreshToken: string; readonly clientSecret: string | undefined }

export interface Settings
  extends Required<
    Omit<SalesforceConfig, 'username' | 'privateKey' | 'clientSecret' | 'refreshToken' | 'statuses'>
  > {
  readonly statuses: readonly NonNullable<SalesforceConfig['statuses']>[number][]
  readonly credential: Credential
}

const oldestVersion = 62

/** Throws ConnectorFailure (misconfigured) for what cannot be used. */
export function resolveSettings(config: SalesforceConfig): Settings {
  const { username, privateKey, clientSecret, refreshToken, ...rest } = config
  const settings = {
    pubSubUrl: 'https://api.pubsub.salesforce.com:7443',
    apiVersion: '62.0',
    channel: '/data/UserServicePresenceChangeEvent',
    statuses: [],
    writeStatus: true,
    logoutSeconds: 3,
    confirmSeconds: 6,
    reconcileSeconds: 60,
    ...rest,
    loginUrl: parseBaseUrl(rest.loginUrl ?? usualLoginUrl, 'loginUrl'),
    credential: credentialOf({ username, privateKey, clientSecret, refreshToken }),
  }
  if (Number(settings.apiVersion) < oldestVersion) {
    throw new ConnectorFailure('misconfigured', `apiVersion: ${settings.apiVersion} is too old.`, {
      fix: 'Use 62.0 or later (Winter 2025): presence has change events since then.',
    })
  }
  return { ...settings, pubSubUrl: parseBaseUrl(settings.pubSubUrl, 'pubSubUrl') }
}

type Secrets = {
  readonly [K in 'username' | 'privateKey' | 'clientSecret' | 'refreshToken']: string | undefined
}

function credentialOf({ username, privateKey, clientSecret, refreshToken }: Secrets): Credential {
  if (privateKey !== undefined && username !== undefined && refreshToken === undefined) {
    return { kind: 'jwt', username, privateKey }
  }
  if (refreshToken !== undefined && privateKey === undefined)
    return { kind: 'refresh', refreshToken, clientSecret }
  throw new ConnectorFailure('misconfigured', 'There is not exactly one way to sign in to Salesforce.', {
    fix: 'Give username and privateKey (JWT bearer), or clientSecret and refreshToken (web server): hookswitch connectors sign-in gets the token.',
  })
}
