import Type, { type Static, type TProperties } from 'typebox'
import { addressSchema, observationSchema } from './facet-schema.ts'

/** The version of the protocol that this hub speaks. */
export const protocolVersion = 1

const strict = { additionalProperties: false } as const
const seq = Type.Integer({
  minimum: 1,
  description: 'Counts the frames of a session from 1, one by one. A frame said twice is taken once.',
})

const frame = <Properties extends TProperties>(type: string, description: string, properties: Properties) =>
  Type.Object(properties, { ...strict, title: type, description })

const hello = frame('hello', 'The first frame: who is there. Sign-in by `token`, or by a header.', {
  type: Type.Literal('hello'),
  protocol: Type.Integer({ minimum: 1, description: 'The version the agent speaks: 1.' }),
  agent: Type.String({ minLength: 1, maxLength: 64, description: 'Its name in the configuration.' }),
  session: Type.String({
    minLength: 8,
    maxLength: 64,
    description: 'Made anew (random) for each connection; a repeated one of HTTP is the same session.',
  }),
  token: Type.Optional(
    Type.String({ maxLength: 500, description: 'Where no `Authorization: Bearer` header can be sent.' }),
  ),
  addresses: Type.Optional(
    Type.Array(addressSchema, {
      maxItems: 5000,
      description: 'Those it speaks for, of those it may; all of them when left out.',
    }),
  ),
  program: Type.Optional(
    Type.String({ maxLength: 100, description: 'What it is, for people: `tapi-agent 1.2`.' }),
  ),
})

const snapshot = frame('snapshot', 'Everything that is true at some addresses: what is left out has ended.', {
  type: Type.Literal('snapshot'),
  seq,
  addresses: Type.Array(addressSchema, { minItems: 1, maxItems: 5000 }),
  observations: Type.Array(observationSchema, { maxItems: 5000 }),
})

const observed = frame('observed', 'One thing that changed at one address.', {
  type: Type.Literal('observed'),
  seq,
  observation: observationSchema,
})

const heartbeat = frame('heartbeat', 'Everything that was said still holds.', {
  type: Type.Literal('heartbeat'),
})

const bye = frame('bye', 'The agent ends in order: what it said is over, and it is not missed.', {
  type: Type.Literal('bye'),
})

const text = (description: string) => Type.Optional(Type.String({ maxLength: 500, description }))

const outcome = frame('outcome', 'What became of a publication.', {
  type: Type.Literal('outcome'),
  seq,
  publication: Type.String({ maxLength: 200, description: 'Its `id`.' }),
  kind: Type.Union(
    ['applied', 'unchanged', 'rejected', 'deferred', 'failed'].map((word) => Type.Literal(word)) as [
      ReturnType<typeof Type.Literal<'applied'>>,
      ReturnType<typeof Type.Literal<'unchanged'>>,
      ReturnType<typeof Type.Literal<'rejected'>>,
      ReturnType<typeof Type.Literal<'deferred'>>,
      ReturnType<typeof Type.Literal<'failed'>>,
    ],
    {
      description:
        '`applied`: it is set. `unchanged`: it was so. `rejected`: it will never work. `deferred`: nothing was done, later perhaps. `failed`: not known whether it was done.',
    },
  ),
  reason: text('Why not; for rejected, deferred and failed.'),
  fix: text('What somebody can do about it; for rejected.'),
  retryAfterMs: Type.Optional(Type.Integer({ minimum: 0, description: 'For deferred.' })),
})

const directory = frame('directory', 'Everyone the agent can speak for, for matching by mail address.', {
  type: Type.Literal('directory'),
  seq,
  id: Type.Optional(Type.String({ maxLength: 100, description: 'Of the `list` frame that it answers.' })),
  more: Type.Optional(Type.Boolean({ description: 'Another frame with further entries follows.' })),
  entries: Type.Array(
    Type.Object(
      {
        address: addressSchema,
        displayName: Type.Optional(Type.String({ maxLength: 256 })),
        mails: Type.Array(Type.String({ maxLength: 320 }), { maxItems: 20 }),
        aliases: Type.Optional(Type.Array(Type.String({ maxLength: 128 }), { maxItems: 20 })),
        shared: Type.Optional(Type.Boolean({ description: 'A phone that several people use.' })),
        enabled: Type.Optional(Type.Boolean()),
      },
      strict,
    ),
    { maxItems: 5000 },
  ),
})

/** What an agent sends. */
export const agentFrameSchema = Type.Union([hello, snapshot, observed, heartbeat, outcome, directory, bye], {
  description: 'What an agent sends.',
})

export type AgentFrame = Static<typeof agentFrameSchema>
export type HelloFrame = Static<typeof hello>
export type OutcomeFrame = Static<typeof outcome>
export type DirectoryFrame = Static<typeof directory>

/** The body of `POST {callback}/v1/exchange`. */
export const exchangeSchema = Type.Object(
  {
    agent: Type.String({ minLength: 1, maxLength: 64 }),
    session: Type.String({ minLength: 8, maxLength: 64 }),
    after: Type.Optional(
      Type.Integer({
        minimum: 0,
        description: '`last` of the newest answer that was read: it is not repeated.',
      }),
    ),
    frames: Type.Array(Type.Object({}), { maxItems: 1000, description: 'Frames of the agent, in order.' }),
  },
  { ...strict, title: 'exchange', description: 'One exchange over HTTP; it counts as a heartbeat.' },
)
