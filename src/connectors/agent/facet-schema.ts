import Type, { type Static } from 'typebox'

const words = <const Words extends readonly string[]>(description: string, list: Words) =>
  Type.Unsafe<Words[number]>(
    Type.Union(
      list.map((word) => Type.Literal(word)),
      { description },
    ),
  )

const strict = { additionalProperties: false } as const

const dialog = Type.Object(
  {
    kind: Type.Literal('dialog'),
    leg: Type.String({
      minLength: 1,
      maxLength: 200,
      description: 'Identifies the call leg at its address.',
    }),
    state: words('`early`: it rings. `terminated`: it has ended.', [
      'trying',
      'early',
      'confirmed',
      'held',
      'terminated',
    ]),
    direction: words('Who began the call, seen from the address.', ['inbound', 'outbound', 'unknown']),
    party: words('Who is at the other end, seen from the organisation.', ['external', 'internal', 'unknown']),
    evidence: Type.Optional(
      words('`call` (default): the call itself is known. `lamp`: only a lamp was seen lit.', [
        'call',
        'lamp',
      ]),
    ),
    through: Type.Optional(words('How the call came, where known.', ['direct', 'queue'])),
    featureCode: Type.Optional(
      Type.Boolean({ description: 'A feature code (*78 ...) was dialled: no conversation.' }),
    ),
    remote: Type.Optional(Type.String({ maxLength: 128, description: 'The number at the other end.' })),
  },
  { ...strict, description: 'One call leg. A person is in a call while any leg is there.' },
)

const registration = Type.Object(
  { kind: Type.Literal('registration'), registered: Type.Boolean() },
  { ...strict, description: 'Whether a phone can be reached at the address.' },
)

const origin = Type.Optional(words('Who set it, where known.', ['person', 'schedule']))

const dnd = Type.Object(
  { kind: Type.Literal('dnd'), on: Type.Boolean(), origin },
  { ...strict, description: 'Do not disturb of the phone.' },
)

const presenceFacet = Type.Object(
  {
    kind: Type.Literal('presence'),
    state: Type.String({
      pattern: '^[A-Za-z]{1,40}/[A-Za-z]{1,40}$',
      description:
        '`availability/activity` in the words of Microsoft Graph, such as `away/away` or `busy/inACall`.',
    }),
    chosen: Type.Optional(
      words('Whether a person picked it by hand (default `unknown`).', ['yes', 'no', 'unknown']),
    ),
    outOfOffice: Type.Optional(Type.Boolean()),
    absent: Type.Optional(
      words('Why there is no state to show.', ['notEnabled', 'notLicensed', 'signedOut']),
    ),
    origin,
  },
  { ...strict, description: 'The one state of a program that shows states.' },
)

type AnyFacet =
  | Static<typeof dialog>
  | Static<typeof registration>
  | Static<typeof dnd>
  | Static<typeof presenceFacet>

/** Told apart by `kind`, so that what is wrong is told of that kind and not of every other. */
const facetSchema = Type.Unsafe<AnyFacet>({
  type: 'object',
  description: 'What is true at an address.',
  discriminator: { propertyName: 'kind' },
  required: ['kind'],
  oneOf: [dialog, registration, dnd, presenceFacet],
})

export const addressSchema = Type.String({
  minLength: 1,
  maxLength: 128,
  description: 'An extension or a name, as the program calls it.',
})

export const observationSchema = Type.Object(
  { address: addressSchema, facet: facetSchema },
  { ...strict, description: 'What the agent saw at one address.' },
)

export type WireFacet = Static<typeof facetSchema>
export type WireObservation = Static<typeof observationSchema>
