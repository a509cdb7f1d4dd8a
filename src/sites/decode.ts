import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import Type from 'typebox'
import type { DirectoryEntry, Finding, Outcome } from '../core/connector.ts'
import { queueNames } from '../core/workings.ts'
import { eventSchema } from './event-schema.ts'
import type { SiteFrame, TakenBack } from './wire.ts'

const words = (list: readonly string[]) => Type.Enum([...list])
const text = (maxLength: number) => Type.String({ maxLength })
const failureKinds = words([
  'not-ready',
  'auth-failed',
  'misconfigured',
  'rate-limited',
  'rejected',
  'unexpected',
])
const retryAfterMs = Type.Number({ minimum: 0, maximum: 1e10 })
const time = Type.Number({ minimum: 0, maximum: 1e14 })
const number = Type.Integer({ minimum: 0 })
/** What goes on to the API is what it declares. */
const closed = { additionalProperties: false }

const workings = Type.Object(
  {
    queues: Type.Optional(
      Type.Array(
        Type.Object({ queue: words(queueNames), depth: number, oldestAt: Type.Optional(time) }, closed),
        { maxItems: 100 },
      ),
    ),
    budget: Type.Optional(
      Type.Object(
        {
          ...{ used: time, limit: time, ceiling: time, growth: time, refusals: number },
          blockedUntil: Type.Optional(time),
          throttled: Type.Optional(Type.Object({ since: time, lastAt: time, retryAfterMs: time }, closed)),
        },
        closed,
      ),
    ),
    subscriptions: Type.Optional(
      Type.Array(
        Type.Object(
          {
            ...{ kind: text(200), count: number, renewals: number },
            ...{
              expiresAt: Type.Optional(time),
              heardAt: Type.Optional(time),
              trouble: Type.Optional(text(2000)),
            },
          },
          closed,
        ),
        { maxItems: 100 },
      ),
    ),
    token: Type.Optional(
      Type.Object({ expiresAt: Type.Optional(time), trouble: Type.Optional(text(2000)) }, closed),
    ),
  },
  closed,
)

const said = Type.Union([
  Type.Object({ what: Type.Literal('event'), event: eventSchema }),
  Type.Object({
    what: Type.Literal('health'),
    health: Type.Object({
      state: words(['starting', 'up', 'degraded', 'down', 'stopped']),
      detail: Type.Optional(text(4000)),
      fix: Type.Optional(text(4000)),
      failure: Type.Optional(failureKinds),
    }),
  }),
  Type.Object({
    what: Type.Literal('facts'),
    unknownValues: Type.Array(
      Type.Object({
        ...{ field: text(200), value: text(200), takenAs: text(200) },
        ...{ count: number, firstAt: time, lastAt: time },
      }),
      { maxItems: 1000 },
    ),
    credentialEnds: Type.Array(Type.Object({ setting: text(200), at: time }), { maxItems: 100 }),
    workings: Type.Optional(workings),
  }),
])

const schemas = {
  enrol: Type.Object({
    ...{ protocol: number, tenant: text(64), code: text(200), key: text(200), version: text(64) },
  }),
  hello: Type.Object({
    ...{ protocol: number, tenant: text(64), site: text(64), run: text(64) },
    ...{ signature: text(200), version: text(64) },
  }),
  proof: Type.Object({ signature: text(200) }),
  said: Type.Object({ n: Type.Integer({ minimum: 1 }), of: text(64), said }),
  answer: Type.Object({
    id: number,
    failure: Type.Optional(
      Type.Object({
        kind: failureKinds,
        message: text(4000),
        fix: Type.Optional(text(4000)),
        retryAfterMs: Type.Optional(retryAfterMs),
      }),
    ),
  }),
  alive: Type.Object({
    at: Type.Number(),
    wall: Type.Optional(time),
    roundTripMs: Type.Optional(Type.Number({ minimum: 0, maximum: 1e7 })),
  }),
} as const

const ajv = new Ajv2020({ strict: false })
const validators: ReadonlyMap<string, ValidateFunction> = new Map(
  Object.entries(schemas).map(([name, schema]) => [name, ajv.compile(schema)]),
)

/** One frame of a site; undefined for whatever is none. A site proves who it is, not that it is well. */
export function decodeSiteFrame(frame: string): SiteFrame | undefined {
  const json = parseJson(frame) as { readonly t?: unknown } | null | undefined
  const validate = typeof json?.t === 'string' ? validators.get(json.t) : undefined
  return validate?.(json) ? (json as unknown as SiteFrame) : undefined
}

/** Any JSON; undefined for what is none. */
export function parseJson(frame: string): unknown {
  try {
    return JSON.parse(frame)
  } catch {
    return undefined
  }
}

const isOutcome = ajv.compile(
  Type.Union([
    Type.Object({ kind: words(['applied', 'unchanged']), at: time, answerMs: Type.Optional(time) }),
    Type.Object({ kind: Type.Literal('deferred'), reason: text(4000), retryAfterMs }),
    Type.Object({ kind: Type.Literal('rejected'), reason: text(4000), fix: Type.Optional(text(4000)) }),
    Type.Object({ kind: Type.Literal('failed'), reason: text(4000) }),
  ]),
)

/** What a site says of a publication. */
export function readOutcome(value: unknown): Outcome {
  if (isOutcome(value)) return value as Outcome
  return { kind: 'failed', reason: 'the site answered with something that is no outcome' }
}

const isDirectory = ajv.compile(
  Type.Array(
    Type.Object({
      address: Type.String({ minLength: 1, maxLength: 400 }),
      displayName: Type.Optional(text(1000)),
      upn: Type.Optional(text(400)),
      mails: Type.Array(text(400), { maxItems: 100 }),
      aliases: Type.Array(text(400), { maxItems: 100 }),
      guest: Type.Optional(Type.Boolean()),
      enabled: Type.Optional(Type.Boolean()),
      shared: Type.Optional(Type.Boolean()),
      hotDesk: Type.Optional(Type.Boolean()),
    }),
    { maxItems: 500_000 },
  ),
)

/** Undefined for what is no directory. */
export function readDirectory(value: unknown): readonly DirectoryEntry[] | undefined {
  return isDirectory(value) ? (value as readonly DirectoryEntry[]) : undefined
}

const isFindings = ajv.compile(
  Type.Array(
    Type.Object({
      level: words(['ok', 'info', 'warning', 'error']),
      text: text(4000),
      fix: Type.Optional(text(4000)),
    }),
    { maxItems: 1000 },
  ),
)

/** Undefined for what is no list of findings. */
export function readFindings(value: unknown): readonly Finding[] | undefined {
  return isFindings(value) ? (value as readonly Finding[]) : undefined
}

const takenAddresses = Type.Optional(Type.Array(text(400), { maxItems: 200_000 }))
const isTakenBack = ajv.compile(Type.Object({ released: takenAddresses, ranOut: takenAddresses }))

/** Addresses where what was written was taken back at the site, without the hub. */
export function readTakenBack(value: unknown): TakenBack {
  const { released = [], ranOut = [] } = isTakenBack(value) ? (value as Partial<TakenBack>) : {}
  return { released, ranOut }
}
