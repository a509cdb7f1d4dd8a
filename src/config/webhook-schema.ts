import Type, { type Static } from 'typebox'
import { idPattern } from './id-pattern.ts'
import { upnPattern } from './person-schema.ts'

const words = (title: string, description: string) =>
  Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
    title,
    description,
    default: [],
    uniqueItems: true,
  })

const webhookSchema = Type.Object(
  {
    id: Type.String({
      title: 'Id',
      description: 'Names it in the API and on the command line: letters, digits, - and _.',
      pattern: idPattern,
    }),
    url: Type.String({
      title: 'Address',
      description: 'Gets a signed POST with a CloudEvent for each change. https; http on loopback only.',
      pattern: '^https?://[^\\s]+$',
      maxLength: 2048,
      examples: ['https://wallboard.contoso.example/presence'],
      address: true,
    }),
    secrets: Type.Array(Type.String({ minLength: 16, maxLength: 512, secret: true }), {
      title: 'Secrets',
      description:
        'Sign each message (Standard Webhooks), the newest first: `whsec_` and base64, or any text. Several while one replaces another: each makes a signature.',
      minItems: 1,
      maxItems: 5,
      secret: true,
      examples: [['a-secret-of-16-or-more-characters']],
    }),
    people: Type.Array(Type.String({ pattern: upnPattern, maxLength: 320 }), {
      title: 'People',
      description: 'UPNs whose changes are told. Without people and groups everybody is.',
      default: [],
      uniqueItems: true,
    }),
    groups: words('Groups', 'Groups of people whose changes are told.'),
    systems: words(
      'Systems',
      'Ids of connectors: what these say by themselves is told, in the place of what the board shows.',
    ),
  },
  {
    additionalProperties: false,
    title: 'Outgoing webhook',
    description: 'One program that is told of changes.',
  },
)

/** `webhooks:` of a tenant. */
export const webhooksSchema = Type.Array(webhookSchema, {
  title: 'Outgoing webhooks',
  description: 'Programs that are told of changes of presence.',
  default: [],
  maxItems: 50,
})

export type WebhooksConfig = Static<typeof webhooksSchema>
