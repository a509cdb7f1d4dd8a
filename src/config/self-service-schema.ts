import { Type } from 'typebox'

/** What people of a tenant may choose for themselves, beside the directions and a pause. */
export const selfServiceSchema = Type.Object(
  {
    callsAs: Type.Boolean({
      title: 'How calls are shown',
      description:
        'Whether people may choose how their calls are shown in Teams: as In a call, as Busy, or not at all. Else the links say it.',
      default: false,
    }),
  },
  {
    additionalProperties: false,
    default: {},
    title: 'Self-service',
    description: 'What people may choose for themselves on their own page.',
  },
)
