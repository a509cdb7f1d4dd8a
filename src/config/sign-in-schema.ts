import Type, { type Static } from 'typebox'
import { idPattern } from './id-pattern.ts'

const roles = ['operator', 'admin', 'supervisor', 'member'] as const

const grantSchema = Type.Object(
  {
    claim: Type.Optional(
      Type.String({
        title: 'Claim',
        description:
          'Of the ID token or the userinfo of the provider: `roles`, `groups`, `email`. Left out, the rule holds for everyone whom the provider signs in.',
        minLength: 1,
        maxLength: 200,
        examples: ['roles'],
      }),
    ),
    value: Type.Optional(
      Type.String({
        title: 'Value',
        description: 'What the claim must be, or have in its list; letter by letter.',
        minLength: 1,
        maxLength: 1000,
        examples: ['Hookswitch.Admin'],
      }),
    ),
    role: Type.Enum([...roles], {
      title: 'Role',
      description:
        '`operator` runs the hub for every tenant, `admin` a tenant, `supervisor` sees the board of groups, `member` has a say about themselves.',
      examples: ['admin'],
    }),
    tenant: Type.Optional(
      Type.String({
        title: 'Tenant',
        description: 'Where the role holds; not for `operator`.',
        minLength: 1,
        maxLength: 63,
        examples: ['contoso'],
      }),
    ),
    groups: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 200 }), {
        title: 'Groups',
        description: 'Of a supervisor: groups of people; the whole tenant where left out.',
        minItems: 1,
        examples: [['support']],
      }),
    ),
  },
  {
    additionalProperties: false,
    title: 'Rule',
    description: 'Who gets which role. Every rule that fits counts.',
  },
)

const providerSchema = Type.Object(
  {
    id: Type.String({
      title: 'Id',
      description: 'Part of the redirect URI: letters, digits, - and _. Keep it.',
      pattern: idPattern,
      examples: ['entra'],
    }),
    title: Type.String({
      title: 'Title',
      description: 'On the button of the sign-in page.',
      minLength: 1,
      maxLength: 60,
      examples: ['Microsoft'],
    }),
    issuer: Type.String({
      title: 'Issuer',
      description:
        'Where `/.well-known/openid-configuration` is found; for Entra ID that of one tenant. Plain http on loopback only.',
      pattern: '^https?://[^\\s?#]+$',
      maxLength: 1000,
      examples: ['https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0'],
    }),
    clientId: Type.String({
      title: 'Client id',
      description: 'Of the app registration.',
      minLength: 1,
      maxLength: 300,
      examples: ['66666666-7777-8888-9999-000000000000'],
    }),
    clientSecret: Type.Optional(
      Type.String({
        title: 'Client secret',
        description: 'Left out for a public client, which has PKCE alone.',
        minLength: 1,
        maxLength: 1000,
        secret: true,
      }),
    ),
    scopes: Type.Array(Type.String({ pattern: '^[\\x21\\x23-\\x5b\\x5d-\\x7e]+$', maxLength: 200 }), {
      title: 'Scopes',
      description: 'What is asked for; `openid` is always among it.',
      default: ['openid', 'profile', 'email'],
    }),
    trustMail: Type.Boolean({
      title: 'Trust addresses',
      description:
        'Its addresses tell whom of the people somebody is (role `member`). Only for a provider that lets nobody choose theirs: your own directory.',
      default: false,
    }),
    grants: Type.Array(grantSchema, {
      title: 'Rules',
      description: 'Who gets which role; whom no rule fits is refused.',
      minItems: 1,
      maxItems: 500,
      examples: [[{ claim: 'roles', value: 'Hookswitch.Admin', role: 'operator' }]],
    }),
  },
  {
    additionalProperties: false,
    title: 'Provider',
    description: 'One provider of OpenID Connect: Entra ID or any other.',
  },
)

/** `signIn:` of the configuration. */
export const signInSchema = Type.Object(
  {
    providers: Type.Array(providerSchema, {
      title: 'Providers',
      description: 'Where people may sign in, beside name and password.',
      default: [],
      maxItems: 20,
    }),
  },
  {
    additionalProperties: false,
    default: {},
    title: 'Sign-in',
    description: 'Sign-in by OpenID Connect; see docs/guide/accounts.md.',
  },
)

export type SignInConfig = Static<typeof signInSchema>
