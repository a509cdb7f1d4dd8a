import Type from 'typebox'
import { activities, availabilities } from '../core/presence.ts'

const rowSchema = Type.Object(
  {
    when: Type.Object(
      {
        availability: Type.Optional(
          Type.Enum([...availabilities], { title: 'Availability', description: 'What the source shows.' }),
        ),
        activity: Type.Optional(
          Type.Enum([...activities], { title: 'Activity', description: 'What the source shows, in detail.' }),
        ),
        outOfOffice: Type.Optional(
          Type.Boolean({ title: 'Out of office', description: 'Whether automatic replies are on.' }),
        ),
        chosen: Type.Optional(
          Type.Enum(['yes', 'no', 'unknown'], {
            title: 'Chosen',
            description:
              'Whether the person picked the state by hand; `yes` never matches where that is unknown.',
          }),
        ),
      },
      {
        additionalProperties: false,
        default: {},
        title: 'Conditions',
        description: 'All that are given must hold; without any the row always matches.',
      },
    ),
    act: Type.Enum(['set', 'release', 'hold'], {
      title: 'What to do',
      description:
        '`set` shows `state` at the target, `release` takes back what was written, `hold` keeps what was written last.',
    }),
    state: Type.Optional(
      Type.String({
        title: 'State',
        description: 'The state to show, as availability/activity; needed with `set` only.',
        examples: ['busy/inACall'],
      }),
    ),
  },
  { additionalProperties: false, title: 'Row', description: 'The first row that matches decides.' },
)

/** One direction between two connectors of a tenant. */
export const linkSchema = Type.Object(
  {
    from: Type.String({
      title: 'From',
      description:
        'Id of the connector whose state is taken; `api` for what external systems say. Without a link of its own `api` is shown everywhere.',
      minLength: 1,
    }),
    to: Type.String({
      title: 'To',
      description: 'Id of the connector where it is shown.',
      minLength: 1,
    }),
    grace: Type.Number({
      title: 'Grace',
      description:
        'Seconds for which a call is still shown after its last leg ended, so that a transfer does not flicker.',
      default: 1,
      minimum: 0,
      maximum: 60,
    }),
    ringing: Type.Boolean({
      title: 'Ringing counts',
      description: 'Whether an inbound call counts while it rings.',
      default: false,
    }),
    offHook: Type.Boolean({
      title: 'Off-hook counts',
      description: 'Whether an own outbound call counts from dialling on, before it is answered.',
      default: true,
    }),
    parties: Type.Array(Type.Enum(['external', 'internal', 'unknown']), {
      title: 'Parties',
      description: 'Which calls count: with outside numbers, with colleagues, or where that is not known.',
      default: ['external', 'internal', 'unknown'],
      minItems: 1,
      uniqueItems: true,
    }),
    dnd: Type.Enum(['follow', 'ignore'], {
      title: 'Do not disturb',
      description: 'Whether do not disturb of the source is shown at the target.',
      default: 'follow',
    }),
    observeOnly: Type.Boolean({
      title: 'Observe only',
      description: 'Decide and explain, but write nothing at the target.',
      default: false,
    }),
    table: Type.Optional(
      Type.Array(rowSchema, {
        title: 'Table',
        description:
          'Own rows in the place of the preset: which state of the source does what at the target.',
        minItems: 1,
        maxItems: 200,
      }),
    ),
  },
  {
    additionalProperties: false,
    title: 'Link',
    description:
      'What one connector says about a person is shown at another; each direction is a link of its own.',
  },
)
