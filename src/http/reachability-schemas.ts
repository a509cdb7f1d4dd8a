import Type from 'typebox'

const time = (description: string) => Type.Integer({ description: `${description} Milliseconds since 1970.` })
const rings = (description: string) => Type.Enum(['yes', 'no', 'unknown'], { description })

/** JSON Schema of core/ring-channel.ts ReachabilityView. */
export const reachabilitySchema = Type.Object(
  {
    tenant: Type.String(),
    id: Type.String(),
    upn: Type.String(),
    displayName: Type.String(),
    at: time('When this was worked out.'),
    callBackUntil: Type.Optional(
      time('After an emergency call: until then the hub silences none of the person’s phones.'),
    ),
    channels: Type.Array(
      Type.Object({
        kind: Type.Enum(['collaboration', 'phone', 'softphone'], {
          description:
            'What rings: the collaboration system’s own client, a phone, or a softphone that obeys it.',
        }),
        connector: Type.String(),
        address: Type.String(),
        via: Type.Enum(['direct', 'queue', 'internal'], {
          description: 'How the call comes: straight, from a queue, or from a colleague on the same system.',
        }),
        inbound: rings('Whether a call rings there.'),
        outbound: rings('Whether a call can be made there.'),
        because: Type.String({ description: 'Why, in words.' }),
        until: Type.Optional(time('When that ends by itself, where known; it may be prolonged.')),
        doNotDisturb: Type.Optional(
          Type.Boolean({ description: 'Do not disturb is why; who may break through still rings.' }),
        ),
      }),
    ),
  },
  { title: 'Reachability' },
)

export const ringParams = Type.Object({
  connector: Type.String({ minLength: 1, maxLength: 64, description: 'Id of the connector.' }),
  address: Type.String({
    minLength: 1,
    maxLength: 320,
    description: 'The extension, or other address there.',
  }),
})

export const ringQuery = Type.Object({
  from: Type.Optional(
    Type.String({ maxLength: 100, description: 'Number of the caller: for those who may break through.' }),
  ),
  via: Type.Enum(['direct', 'queue', 'internal'], {
    default: 'direct',
    description: 'How the call comes; `internal` matters to a softphone only.',
  }),
  channel: Type.Enum(['own', 'softphone'], {
    default: 'own',
    description: 'What is to ring: the connector’s own phone or client, or the softphone that obeys it.',
  }),
  call: Type.Optional(
    Type.String({
      maxLength: 200,
      description: 'The same for every question about one call, and another for the next.',
    }),
  ),
  tenant: Type.Optional(
    Type.String({ maxLength: 64, description: 'Id of the tenant; without it, all that have the connector.' }),
  ),
})
