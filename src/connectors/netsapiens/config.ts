import Type, { type Static } from 'typebox'
import { ConnectorFailure } from '../../core/connector.ts'
import type { Account } from '../kit/sip/account.ts'
import type { Profile } from './profiles.ts'
import { accountOf, sipSchema } from './sip-account.ts'

const text = (title: string, description: string, more: { secret?: boolean } = {}) =>
  Type.Optional(Type.String({ title, description, minLength: 1, ...more }))

const flag = (title: string, description: string) =>
  Type.Optional(Type.Boolean({ title, description, default: true }))

const count = (about: {
  title: string
  description: string
  minimum: number
  maximum: number
  default: number
}) => Type.Optional(Type.Integer(about))

/** One slice of the configuration, for one domain of a NetSapiens platform. */
export const configSchema = Type.Object(
  {
    url: Type.String({
      title: 'Address',
      description: 'https://host of the API, without `/ns-api`. The portal may be at another host.',
      minLength: 1,
      address: true,
    }),
    domain: Type.String({
      title: 'Domain',
      description: 'Name of the domain at the platform, as behind the @ of its users.',
      minLength: 1,
    }),
    signIn: Type.Optional(
      Type.Union([Type.Literal('apiKey'), Type.Literal('token'), Type.Literal('jwt')], {
        title: 'Sign-in',
        description:
          '`apiKey`: a key (the best way). `token`: access tokens for client, user and password. `jwt`: the same with JSON Web Tokens.',
        default: 'apiKey',
      }),
    ),
    apiKey: text('API key', 'Begins with nsd_, nsr_ or nss_; for `signIn: apiKey`.', { secret: true }),
    clientId: text('Client ID', 'Of the API client; for `token` and `jwt`.'),
    clientSecret: text('Client secret', 'Of the API client; for `token` and `jwt`.', { secret: true }),
    username: text('User', 'Login of an office manager of the domain, or above; for `token` and `jwt`.'),
    password: text('Password', 'Of that user; for `token` and `jwt`.', { secret: true }),
    webhooks: flag(
      'Event subscriptions',
      'Let the platform post calls and presence to the hub; needs `http.publicUrl`. Polled without.',
    ),
    writeDnd: flag(
      'Write do not disturb',
      'Let links set and clear do not disturb in the active answer rule.',
    ),
    doNotDisturbBy: Type.Optional(
      Type.Union([Type.Literal('answer-rule'), Type.Literal('as-feature-event')], {
        title: 'Do not disturb by',
        description:
          '`answer-rule`: by the answer rule in force, over the API. `as-feature-event`: by SIP, as ConnecttoTeams does (NS-As-Feature-Event); needs `sip`.',
        default: 'answer-rule',
      }),
    ),
    sip: Type.Optional({
      ...sipSchema,
      title: 'SIP account',
      description:
        'A device of the platform for the hub: { server, username, password }. For as-feature-event.',
    }),
    pauseMinutes: count({
      title: 'Longest pause',
      description:
        'Minutes after which a do not disturb that a link has set is taken back although its cause lasts, until the cause begins anew. 0: as long as the cause lasts.',
      ...{ minimum: 0, maximum: 1440, default: 0 },
    }),
    pollSeconds: count({
      title: 'Poll',
      description: 'Calls and presence of the domain are read this often, in seconds, while no events come.',
      ...{ minimum: 1, maximum: 3600, default: 3 },
    }),
    reconcileSeconds: count({
      title: 'Reconcile',
      description: 'The same while events come; devices are read this often in any case.',
      ...{ minimum: 5, maximum: 3600, default: 30 },
    }),
    rulesSeconds: count({
      title: 'Answer rules',
      description: 'The answer rules of everybody are read once in so many seconds.',
      ...{ minimum: 1, maximum: 3600, default: 60 },
    }),
    requestsPer30s: count({
      title: 'Requests per 30 s',
      description: 'Most requests with this key or user, over all domains that share it.',
      ...{ minimum: 60, maximum: 10_000, default: 600 },
    }),
  },
  { additionalProperties: false },
)

export type NetSapiensConfig = Static<typeof configSchema>

type Optionals = 'sip' | 'apiKey' | 'clientId' | 'clientSecret' | 'username' | 'password' | 'signIn'

/** What the sign-in needs, complete. */
export type SignIn =
  | { readonly kind: 'apiKey'; readonly apiKey: string }
  | {
      readonly kind: 'token' | 'jwt'
      readonly clientId: string
      readonly clientSecret: string
      readonly username: string
      readonly password: string
    }

/** The configuration with its defaults filled in. */
export interface Settings extends Required<Omit<NetSapiensConfig, Optionals>> {
  readonly profile: Profile
  /** The account for as-feature-event, or why there is none; undefined where do not disturb is set by the answer rule. */
  readonly sip: Account | ConnectorFailure | undefined
  /** User whose do not disturb `check` looks at. */
  readonly probe: string | undefined
  /** A failure where something is missing: told at the start and by `check`. */
  readonly signIn: SignIn | ConnectorFailure
}

export function settingsOf(config: NetSapiensConfig, profile: Profile): Settings {
  const { signIn: _, apiKey: _key, clientId: _id, clientSecret: _secret, ...rest } = config
  const { username: _user, password: _password, sip, ...known } = rest
  const domain = config.domain.toLowerCase()
  return {
    ...{ webhooks: true, writeDnd: true, pauseMinutes: 0, pollSeconds: 3, reconcileSeconds: 30 },
    ...{ rulesSeconds: 60, requestsPer30s: 600, doNotDisturbBy: 'answer-rule' as const },
    ...known,
    domain,
    sip: config.doNotDisturbBy === 'as-feature-event' ? accountOf(sip, domain) : undefined,
    probe: sip?.probe ?? sip?.username,
    profile,
    signIn: signInOf(config, profile),
  }
}

function signInOf(config: NetSapiensConfig, { operator }: Profile): SignIn | ConnectorFailure {
  const { signIn: kind = 'apiKey', apiKey, clientId, clientSecret, username, password } = config
  if (kind === 'apiKey') {
    if (apiKey !== undefined) return { kind, apiKey }
    return new ConnectorFailure('misconfigured', 'apiKey: there is none.', {
      fix: `Ask ${operator} for an API key of your domain, or set "signIn: token" with client, user and password.`,
    })
  }
  if (clientId && clientSecret && username && password) {
    return { kind, clientId, clientSecret, username, password }
  }
  const missing = Object.entries({ clientId, clientSecret, username, password })
    .filter(([, value]) => value === undefined)
    .map(([name]) => name)
  return new ConnectorFailure('misconfigured', `signIn: ${kind} needs ${missing.join(', ')} as well.`, {
    fix: `Ask ${operator} for an API client; user and password are those of an office manager of the domain.`,
  })
}
