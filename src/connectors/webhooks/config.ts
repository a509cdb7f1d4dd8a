import Type, { type Static } from 'typebox'
import { presenceNames } from './words.ts'

const pointer = (about: { title: string; description: string; default?: string; examples?: string[] }) =>
  Type.Optional(Type.String({ ...about, pattern: '^(/([^~]|~[01])*)?$', maxLength: 200 }))

const seconds = (about: { title: string; description: string; minimum: number; default: number }) =>
  Type.Optional(Type.Integer({ ...about, maximum: 604_800 }))

const secrets = (title: string, description: string) =>
  Type.Optional(
    Type.Array(Type.String({ minLength: 16, maxLength: 512, secret: true }), {
      title,
      description,
      minItems: 1,
      maxItems: 5,
      secret: true,
    }),
  )

const wrapUp = Type.Object(
  {
    after: Type.Array(Type.Enum([...presenceNames]), {
      title: 'After',
      description: 'States that it follows.',
      default: ['busy/inACall', 'busy/inAConferenceCall'],
    }),
    state: Type.Enum([...presenceNames], {
      title: 'State',
      description: 'What is said during wrap-up.',
      default: 'busy/busy',
    }),
    seconds: Type.Integer({
      title: 'Seconds',
      description: 'How long it lasts.',
      minimum: 1,
      maximum: 86_400,
    }),
  },
  {
    additionalProperties: false,
    title: 'Wrap-up',
    description: 'Work after a call: follows when a state ends or runs out, and gives way to the next state.',
  },
)

/** One slice of the configuration, for one system that speaks by webhooks. */
export const configSchema = Type.Object(
  {
    secrets: secrets(
      'Secrets',
      'Prove deliveries: `whsec_` and base64, or any text of at least 16 characters. Several while one replaces another.',
    ),
    proof: Type.Optional(
      Type.Enum(['signature', 'header'], {
        title: 'Proof',
        description:
          '`signature`: Standard Webhooks (HMAC-SHA256, with id and time). `header`: the secret itself stands in a header.',
        default: 'signature',
      }),
    ),
    secretHeader: Type.Optional(
      Type.String({
        title: 'Secret header',
        description: 'Name of that header, for `proof: header`. `Bearer` before the secret is left out.',
        pattern: '^[A-Za-z0-9-]{1,64}$',
        default: 'x-hookswitch-secret',
      }),
    ),
    itemsAt: pointer({
      title: 'Items at',
      description: 'JSON pointer to a list, where one delivery speaks of several people.',
      examples: ['/agents'],
    }),
    personAt: pointer({
      title: 'Person at',
      description: 'JSON pointer to the address of the person: a mail address, a login, a number.',
      default: '/person',
    }),
    stateAt: pointer({
      title: 'State at',
      description: 'JSON pointer to the word for the state.',
      default: '/state',
    }),
    secondsAt: pointer({
      title: 'Seconds at',
      description: 'JSON pointer to how long the state lasts, in seconds. Left out there, `seconds` counts.',
      default: '/seconds',
    }),
    orderAt: pointer({
      title: 'Order at',
      description:
        'JSON pointer to a time (ISO 8601, or a number) that grows with each change of a person: what is older than the last is left out.',
      examples: ['/changedAt'],
    }),
    states: Type.Optional(
      Type.Record(Type.String(), Type.Enum([...presenceNames, 'end', 'signedOut', 'ignore']), {
        title: 'States',
        description:
          'What each word means, in any letter case: a state, `end` (nothing is said any more), `signedOut`, or `ignore`. Left out, the words are available, away, beRightBack, busy, inACall, inAMeeting, doNotDisturb, offline, end and signedOut.',
        examples: [{ Talking: 'busy/inACall', Ready: 'available/available', 'Logged out': 'signedOut' }],
      }),
    ),
    seconds: seconds({
      title: 'Seconds',
      description: 'How long a state lasts that comes without a time, unless it is said again.',
      minimum: 1,
      default: 3600,
    }),
    longestSeconds: seconds({
      title: 'Longest',
      description: 'No state lasts longer than this, in seconds, whatever is asked for.',
      minimum: 1,
      default: 86_400,
    }),
    wrapUp: Type.Optional(wrapUp),
    targetUrl: Type.Optional(
      Type.String({
        title: 'Target',
        description: 'Where links write to: gets a signed POST for each state to show or to take back.',
        minLength: 1,
        maxLength: 2048,
        examples: ['https://crm.contoso.example/presence'],
        address: true,
      }),
    ),
    targetSecrets: secrets(
      'Target secrets',
      'Sign what is sent to the target (Standard Webhooks), each with a signature of its own; needed with `targetUrl`.',
    ),
    targetStates: Type.Optional(
      Type.Array(Type.Enum(presenceNames.filter((name) => name !== 'available/available')), {
        title: 'Target states',
        description: 'States that the target can show.',
        minItems: 1,
        uniqueItems: true,
        default: [
          'doNotDisturb/doNotDisturb',
          'busy/inACall',
          'busy/inAMeeting',
          'busy/busy',
          'beRightBack/beRightBack',
          'away/away',
        ],
      }),
    ),
    targetSeconds: Type.Optional(
      Type.Integer({
        title: 'Target life',
        description:
          'Seconds after which the target drops what it was told, unless it is told again (`expiresAt`). 0: it keeps it until it is taken back.',
        minimum: 0,
        maximum: 86_400,
        default: 0,
      }),
    ),
  },
  { additionalProperties: false },
)

export type WebhookConfig = Static<typeof configSchema>
