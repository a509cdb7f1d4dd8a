import Type from 'typebox'
import { activities, availabilities } from '../core/presence.ts'
import { upnPattern } from './person-schema.ts'

const fromPreset = 'Left out, as the preset says.'

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
        description:
          'All that are given must hold; without any the row always matches. A state that the source never shows is refused.',
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

/** Which calls count. What is left out is taken from the preset. */
const callFields = {
  parties: Type.Optional(
    Type.Array(Type.Enum(['external', 'internal', 'unknown']), {
      title: 'Parties',
      description: `Which calls count: with outside numbers, with colleagues, or where that is not known. ${fromPreset}`,
      minItems: 1,
      uniqueItems: true,
    }),
  ),
  ringing: Type.Optional(
    Type.Boolean({
      title: 'Ringing counts',
      description: `Whether an inbound call counts while it rings. ${fromPreset}`,
    }),
  ),
  offHook: Type.Optional(
    Type.Boolean({
      title: 'Off-hook counts',
      description: `Whether an own outbound call counts from dialling on, before it is answered. ${fromPreset}`,
    }),
  ),
  queue: Type.Optional(
    Type.Boolean({
      title: 'Queue calls count',
      description: `Whether calls count that came through a queue or a ring group. ${fromPreset}`,
    }),
  ),
  starCodes: Type.Optional(
    Type.Boolean({
      title: 'Star codes count',
      description: `Whether dialling a star code or another feature code counts as a call. ${fromPreset}`,
    }),
  ),
  minimumLength: Type.Optional(
    Type.Number({
      title: 'Minimum length',
      description: 'Seconds that a call must last before it counts. Left out, it counts at once.',
      minimum: 0,
      maximum: 600,
    }),
  ),
  grace: Type.Optional(
    Type.Number({
      title: 'Grace',
      description: `Seconds for which a call is still shown after its last leg ended, so that a transfer does not flicker. ${fromPreset}`,
      minimum: 0,
      maximum: 60,
    }),
  ),
}

const switchFields = {
  callsAs: Type.Enum(['inACall', 'busy'], {
    title: 'Calls as',
    description:
      'How a call is written: `inACall`, to Teams as a session of the application, which shows In a call and counts as Busy; `busy`, as the status Busy, which stands above what the person chose.',
    default: 'inACall',
  }),
  silenceTeams: Type.Boolean({
    title: 'Silence Teams during a call',
    description:
      'Unverified: not yet confirmed on a live tenant. Writes Do not disturb / Presenting for the length of a call, so that Teams calls do not ring beside it. Colleagues see Presenting in the place of In a call. For links to Teams only.',
    default: false,
  }),
  dnd: Type.Enum(['follow', 'ignore'], {
    title: 'Do not disturb',
    description: 'Whether do not disturb of the source is shown at the target.',
    default: 'follow',
  }),
  manualWins: Type.Optional(
    Type.Boolean({
      title: 'Manual states win',
      description: `Whether what a person did at the target by hand stands above a call or meeting that began before it. ${fromPreset}`,
    }),
  ),
  ignoreIdle: Type.Optional(
    Type.Boolean({
      title: 'Ignore idle',
      description: `Whether Away counts only where it is known to be chosen by hand: an idle computer then changes nothing. ${fromPreset}`,
    }),
  ),
  atEnd: Type.Optional(
    Type.Enum(['restore', 'clear'], {
      title: 'At the end',
      description: `\`restore\` puts back the choice that was found, where it is known; \`clear\` only takes back what was written. ${fromPreset}`,
    }),
  ),
  clearAvailable: Type.Optional(
    Type.Boolean({
      title: 'Clear a chosen Available',
      description: `Takes away a chosen Available (never another choice) that would stand above a call, for the call. For links to Teams. ${fromPreset}`,
    }),
  ),
  overSchedule: Type.Optional(
    Type.Boolean({
      title: 'Reassert over a schedule',
      description: `Whether a state is written again after the target's own schedule changed it. ${fromPreset}`,
    }),
  ),
  signOutAfter: Type.Optional(
    Type.Number({
      title: 'Sign out after',
      description:
        'Minutes for which somebody is away or offline at the source, after which they are signed out at the target, where that is possible: Salesforce, and a webhook whose `targetStates` have offline/offline. Not during a call, and not where they have used the target since. Left out, nobody is.',
      minimum: 5,
      maximum: 10_080,
    }),
  ),
  holdHours: Type.Optional(
    Type.Number({
      title: 'Hold for',
      description:
        'Hours for which a row with `hold` keeps what was written last; then it is taken back. Left out, 12: a phone left in do not disturb over a holiday loses calls. 8760, a year, keeps it as long as the source stays as it is.',
      exclusiveMinimum: 0,
      maximum: 8760,
    }),
  ),
  observeOnly: Type.Boolean({
    title: 'Observe only',
    description: 'Decide and explain, but write nothing at the target.',
    default: false,
  }),
}

const coverFields = {
  groups: Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
    title: 'Groups',
    description: 'Covers people of these groups. With neither groups nor people, everyone is covered.',
    default: [],
    uniqueItems: true,
  }),
  people: Type.Array(Type.String({ pattern: upnPattern, maxLength: 320 }), {
    title: 'People',
    description: 'Covers these people, by UPN, beside those of the groups.',
    default: [],
    uniqueItems: true,
  }),
  optedInOnly: Type.Boolean({
    title: 'Opted in only',
    description: 'Of the people covered, only those with `optedIn: true`.',
    default: false,
  }),
}

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
    preset: Type.Optional(
      Type.String({
        title: 'Preset',
        description:
          'Where the table, the filters and the switches come from that are not given here. Left out, the preset of the tenant.',
        examples: ['swyx'],
      }),
    ),
    table: Type.Optional(
      Type.Array(rowSchema, {
        title: 'Table',
        description:
          'Own rows in the place of the preset: which state of the source does what at the target.',
        minItems: 1,
        maxItems: 200,
      }),
    ),
    ...callFields,
    ...switchFields,
    ...coverFields,
  },
  {
    additionalProperties: false,
    title: 'Link',
    description:
      'What one connector says about a person is shown at another; each direction is a link of its own.',
  },
)
