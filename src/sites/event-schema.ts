import Type from 'typebox'
import { activities, availabilities } from '../core/presence.ts'

const words = (list: readonly string[]) => Type.Enum([...list])
const text = (maxLength = 200) => Type.String({ maxLength })
const origin = Type.Optional(words(['person', 'schedule']))
/** Milliseconds; far beyond any that is meant. */
const milliseconds = Type.Number({ minimum: 0, maximum: 1e14 })

const facet = Type.Union([
  Type.Object({
    kind: Type.Literal('dialog'),
    leg: text(400),
    state: words(['trying', 'early', 'confirmed', 'held', 'terminated']),
    direction: words(['inbound', 'outbound', 'unknown']),
    party: words(['external', 'internal', 'unknown']),
    evidence: words(['call', 'lamp']),
    through: Type.Optional(words(['direct', 'queue'])),
    featureCode: Type.Optional(Type.Boolean()),
    remote: Type.Optional(text()),
  }),
  Type.Object({ kind: Type.Literal('registration'), registered: Type.Boolean() }),
  Type.Object({ kind: Type.Literal('dnd'), on: Type.Boolean(), origin }),
  Type.Object({ kind: Type.Literal('queue'), paused: Type.Boolean(), origin }),
  Type.Object({
    kind: Type.Literal('presence'),
    state: Type.Object({ availability: words(availabilities), activity: words(activities) }),
    chosen: words(['yes', 'no', 'unknown']),
    outOfOffice: Type.Optional(Type.Boolean()),
    absent: Type.Optional(words(['notEnabled', 'notLicensed', 'signedOut'])),
    reason: Type.Optional(text()),
    origin,
  }),
])

const observation = Type.Object({
  address: Type.String({ minLength: 1, maxLength: 400 }),
  facet,
  observedAt: milliseconds,
  sequence: Type.Optional(text()),
})

const feed = text()
const addresses = Type.Array(text(400), { maxItems: 200_000 })

/** What a connector may emit (core/observation.ts), as it comes from another machine. */
export const eventSchema = Type.Union([
  Type.Object({ type: Type.Literal('opened'), feed, leaseMs: Type.Number({ minimum: 1, maximum: 1e10 }) }),
  Type.Object({
    type: Type.Literal('snapshot'),
    feed,
    observations: Type.Array(observation, { maxItems: 200_000 }),
    addresses: Type.Optional(addresses),
  }),
  Type.Object({ type: Type.Literal('observed'), feed, observation }),
  Type.Object({ type: Type.Literal('renewed'), feed }),
  Type.Object({ type: Type.Literal('lost'), feed, reason: Type.String({ maxLength: 2000 }) }),
  Type.Object({ type: Type.Literal('ended'), feed }),
])
