import Type from 'typebox'
import { activities, availabilities } from '../core/presence.ts'

/** JSON Schemas of src/core/view.ts, as the OpenAPI document shows them. Times are wall clock, milliseconds. */

const time = (description: string) => Type.Integer({ description: `${description} Milliseconds since 1970.` })
const optional = Type.Optional

const targetStatuses = [
  'idle',
  'pending',
  'applied',
  'covered',
  'masked',
  'yielded',
  'deferred',
  'rejected',
  'lost',
  'contested',
] as const

const statusSchema = Type.Enum([...targetStatuses], {
  description:
    'How far the target follows: covered: it shows as much by itself; masked: accepted, but something else is shown; yielded: the person decided otherwise there; contested: somebody else keeps changing it, so it is left alone for a while.',
})

const stateSchema = Type.Object({
  availability: Type.Enum([...availabilities]),
  activity: Type.Enum([...activities]),
  label: Type.String({ description: 'What a person reads on the board.' }),
  chosen: optional(Type.Enum(['yes', 'no', 'unknown'])),
  outOfOffice: optional(Type.Boolean()),
  ringing: optional(Type.Boolean()),
  doNotDisturb: optional(Type.Boolean()),
  since: optional(time('Since when.')),
  note: optional(Type.String()),
  noteSince: optional(time('Since when the note holds.')),
  reason: optional(
    Type.String({
      description: 'The system’s own word for the state: a reason code, the name of a CRM’s status.',
    }),
  ),
  absent: optional(
    Type.Enum(['notEnabled', 'notLicensed', 'signedOut'], {
      description:
        'Why the system has no state to show: presence is off, no licence, or the person signed out there.',
    }),
  ),
})

const pauseSchema = Type.Object({
  link: optional(Type.String({ description: 'Id of the link; absent for all.' })),
  since: time('Since when.'),
  until: optional(time('Absent: until switched on.')),
})

export const personSchema = Type.Object(
  {
    tenant: Type.String(),
    id: Type.String(),
    upn: Type.String(),
    displayName: Type.String(),
    state: stateSchema,
    systems: Type.Array(
      Type.Object({
        connector: Type.String(),
        type: Type.String(),
        title: Type.String(),
        kind: Type.String(),
        addresses: Type.Array(Type.String()),
        native: optional(stateSchema),
        synced: Type.Boolean({ description: 'False while the system cannot be heard.' }),
        targets: Type.Array(
          Type.Object({
            address: Type.String(),
            slot: Type.String(),
            wanted: optional(Type.String({ description: 'availability/activity' })),
            status: statusSchema,
            detail: optional(Type.String()),
            at: optional(time('Of the last acknowledged write.')),
          }),
        ),
      }),
    ),
    sharedPhones: optional(
      Type.Array(
        Type.Object({
          connector: Type.String(),
          address: Type.String(),
          kind: Type.Enum(['shared', 'hotDesk'], {
            description: 'hotDesk: whoever sits there signs in to it.',
          }),
          synced: Type.Boolean({ description: 'Kept in step all the same, because somebody asked for it.' }),
        }),
        { description: 'Phones of theirs that several people use; absent where there are none.' },
      ),
    ),
    paused: optional(Type.Array(pauseSchema, { description: 'Absent while nothing pauses.' })),
    revision: Type.Integer({
      description:
        'Grows with every change of this view, whichever of several hubs tells it: of two events the one with the higher number is newer. A hub alone counts anew when it starts.',
    }),
  },
  { title: 'Person' },
)

export const explainSchema = Type.Object(
  {
    person: personSchema,
    at: time('When this was worked out, or the moment in the past.'),
    rules: optional(
      Type.Object({
        version: Type.Integer({ description: 'Of the rules that decided.' }),
        pinned: optional(Type.Boolean({ description: 'An earlier version was put in force.' })),
      }),
    ),
    past: optional(
      Type.Object(
        { from: time('As far back as something is kept.') },
        { description: 'Earlier moments can be told; absent where the tenant keeps no history.' },
      ),
    ),
    links: Type.Optional(
      Type.Array(Type.Object({ id: Type.String(), covered: Type.Boolean(), observeOnly: Type.Boolean() }), {
        description: 'Links between the systems of the person, as they are now.',
      }),
    ),
    signals: Type.Array(
      Type.Object({
        connector: Type.String(),
        address: Type.String(),
        what: Type.String(),
        since: time('Since when.'),
        heard: Type.Enum(['live', 'lost', 'ended', 'hidden']),
        note: optional(Type.String()),
        noteSince: optional(time('Since when the note holds.')),
      }),
    ),
    decisions: Type.Array(
      Type.Object({
        target: Type.String(),
        slot: optional(Type.String()),
        wanted: Type.String(),
        because: Type.String(),
        rule: optional(Type.String()),
        lost: Type.Array(Type.Object({ signal: Type.String(), because: Type.String() })),
        reviewAt: optional(time('When it is looked at again at the latest.')),
        status: statusSchema,
        detail: optional(Type.String()),
      }),
    ),
    history: Type.Array(
      Type.Object({
        at: time('When.'),
        connector: Type.String(),
        address: Type.String(),
        slot: Type.String(),
        did: Type.String(),
        outcome: Type.String(),
        answeredAt: optional(time('When the target acknowledged it.')),
        because: Type.String(),
      }),
    ),
  },
  { title: 'Explanation' },
)

export const connectorViewSchema = Type.Object(
  {
    tenant: Type.String(),
    id: Type.String(),
    type: Type.String(),
    title: Type.String(),
    docs: Type.String(),
    health: Type.Object({
      state: Type.Enum(['starting', 'up', 'degraded', 'down', 'stopped']),
      detail: optional(Type.String()),
      fix: optional(Type.String()),
      since: time('Since when.'),
    }),
    followed: Type.Integer({ description: 'How many addresses are followed.' }),
    problems: Type.Array(
      Type.Object({
        kind: Type.Enum(['unmatched', 'duplicate', 'guest', 'disabled', 'shared']),
        who: Type.String(),
        reason: Type.String(),
        fix: Type.String(),
      }),
    ),
    unknownValues: Type.Array(
      Type.Object({
        field: Type.String({ description: "Where it stood, in the vendor's words." }),
        value: Type.String(),
        takenAs: Type.String({ description: 'What is made of it.' }),
        count: Type.Integer({ description: 'How often it was read since the connector was started.' }),
        firstAt: time('When it was read first.'),
        lastAt: time('When it was read last.'),
      }),
      { description: 'Words that the system says and its connector does not know, the newest first.' },
    ),
    heard: optional(
      Type.Object(
        {
          at: Type.Integer({ description: 'When the system was heard last, milliseconds since 1970.' }),
          reports: Type.Integer({ description: 'What it said about addresses since the hub runs.' }),
        },
        { description: 'Left out until anything was heard.' },
      ),
    ),
    parties: optional(
      Type.Object(
        { external: Type.Integer(), internal: Type.Integer(), unknown: Type.Integer() },
        {
          description:
            'Of the last calls, up to 100: how many had whom at the other end. Left out until a call has ended.',
        },
      ),
    ),
  },
  { title: 'Connector' },
)

export const unansweredSchema = Type.Optional(
  Type.Array(Type.String(), {
    description:
      'Hubs, of several, that did not answer: what they have to do with it may not be done, and is not counted.',
  }),
)

export const releaseSchema = Type.Object(
  {
    released: Type.Array(
      Type.Object({
        tenant: Type.String(),
        person: Type.String(),
        connector: Type.String(),
        address: Type.String(),
        slot: Type.String(),
        outcome: Type.Enum(['applied', 'unchanged', 'deferred', 'rejected', 'failed']),
        reason: optional(Type.String()),
      }),
    ),
    remaining: Type.Integer({ description: 'Writes that could not be taken back yet.' }),
    tenants: optional(
      Type.Array(Type.String(), { description: 'Ids of the tenants for which it was done.' }),
    ),
    unanswered: unansweredSchema,
    unserved: optional(
      Type.Array(Type.String(), {
        description:
          'Of several hubs: ids of tenants for which it was not done, since no hub that answers has them just now.',
      }),
    ),
  },
  { title: 'Release' },
)

export const problemSchema = Type.Object(
  {
    type: Type.String({ format: 'uri' }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String(),
    errors: optional(
      Type.Array(
        Type.Object({
          in: Type.String(),
          path: Type.String(),
          message: Type.String(),
          line: optional(Type.Integer()),
          fix: optional(Type.String()),
        }),
      ),
    ),
  },
  { title: 'Problem', description: 'RFC 9457.' },
)
