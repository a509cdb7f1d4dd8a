import Type, { type Static } from 'typebox'
import { upnPattern } from './person-schema.ts'

/** Names of viewer groups: of `http.tokens`, and in `hidden`. */
export const viewerName = Type.String({ minLength: 1, maxLength: 100 })

const hiddenRule = Type.Object(
  {
    people: Type.Array(Type.String({ pattern: upnPattern, maxLength: 320 }), {
      title: 'People',
      description: 'UPNs of who is hidden.',
      default: [],
      uniqueItems: true,
    }),
    groups: Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
      title: 'Groups',
      description: 'Groups of people who are hidden.',
      default: [],
      uniqueItems: true,
    }),
    viewers: Type.Array(viewerName, {
      title: 'Viewers',
      description:
        'From whom: `viewer` of API tokens. Left empty, from every token without the scope `admin`.',
      default: [],
      uniqueItems: true,
    }),
  },
  {
    additionalProperties: false,
    title: 'Hidden people',
    description: 'Who is not shown, and to whom. They are kept in step like everybody else.',
  },
)

/** `hidden:` of a tenant. */
export const hiddenSchema = Type.Array(hiddenRule, {
  title: 'Hidden people',
  description: 'People whom the board and the API do not show, to everyone or to some viewers.',
  default: [],
  maxItems: 1000,
})

export type HiddenConfig = Static<typeof hiddenSchema>
