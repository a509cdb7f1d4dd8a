import Type from 'typebox'

const states = Type.Array(Type.String(), { description: '`busy/inACall`.' })

const rulesSchema = Type.Object(
  {
    rows: Type.Array(
      Type.Object({
        when: Type.Object({}, { additionalProperties: true }),
        act: Type.Enum(['set', 'release', 'hold']),
        state: Type.Optional(Type.Object({ availability: Type.String(), activity: Type.String() })),
        label: Type.Optional(Type.String({ description: 'The word of the source for it.' })),
      }),
    ),
    calls: Type.Object({}, { additionalProperties: true, description: 'Which calls count.' }),
    graceMs: Type.Number(),
    manualWins: Type.Boolean(),
    ignoreIdle: Type.Boolean(),
    atEnd: Type.Enum(['restore', 'clear']),
    clearAvailable: Type.Boolean(),
    overSchedule: Type.Boolean(),
  },
  { title: 'LinkRules', description: 'Rows, filters and switches; keys as the configuration has them.' },
)

export const linkPlanSchema = Type.Object(
  {
    tenant: Type.String(),
    preset: Type.String({ description: 'Of links that name none.' }),
    systems: Type.Array(
      Type.Object({
        id: Type.String(),
        title: Type.String(),
        kind: Type.String(),
        shows: Type.Union([states, Type.Literal('any')], { description: 'What it can show.' }),
        settable: Type.Array(Type.String(), { description: 'What links may set there.' }),
      }),
    ),
    links: Type.Array(
      Type.Object({
        from: Type.String(),
        to: Type.String(),
        preset: Type.String({ description: 'In force.' }),
        rules: rulesSchema,
        observeOnly: Type.Boolean(),
        implied: Type.Optional(Type.Literal(true, { description: 'Nobody wrote it: signals over the API.' })),
      }),
    ),
    presets: Type.Array(
      Type.Object({
        id: Type.String(),
        title: Type.String(),
        summary: Type.String(),
        directions: Type.Record(Type.String(), rulesSchema),
      }),
    ),
    directions: Type.Record(Type.String(), Type.String(), {
      description: 'Of `pbx teams`: `phone to teams`; absent between two of one kind.',
    }),
  },
  { title: 'LinkPlan' },
)

export const trialBody = Type.Object(
  {
    links: Type.Array(Type.Object({}, { additionalProperties: true }), {
      maxItems: 500,
      description: 'All links of the tenant, as in the configuration.',
    }),
    hours: Type.Number({ minimum: 1, maximum: 168, default: 24, description: 'How far back.' }),
  },
  { additionalProperties: false, title: 'LinkTrial' },
)

const time = Type.Integer({ description: 'Milliseconds since 1970.' })

export const trialSchema = Type.Object(
  {
    people: Type.Integer({ description: 'Of whom history was found.' }),
    rows: Type.Integer(),
    skipped: Type.Integer({ description: 'Rows whose rules are not stored any more.' }),
    states: Type.Integer({ description: 'How many would have been different.' }),
    milliseconds: Type.Number(),
    differences: Type.Array(
      Type.Object({
        ...{ person: Type.String(), connector: Type.String(), address: Type.String(), slot: Type.String() },
        was: Type.Optional(Type.String()),
        would: Type.Optional(Type.String()),
        links: Type.Array(Type.String()),
        ...{ from: time, to: time },
      }),
      { description: 'The first hundred.' },
    ),
    links: Type.Array(
      Type.Object({ link: Type.String(), states: Type.Integer(), milliseconds: Type.Number() }),
    ),
    blocked: Type.Integer({ description: 'Calls that rang and would not have.' }),
    unblocked: Type.Integer(),
    nothing: Type.Optional(Type.String({ description: 'Why there is nothing to tell.' })),
  },
  { title: 'LinkTrialReport' },
)
