import Type from 'typebox'
import { busyOnBusyWords, defaultRingSettings, queueDoNotDisturbWords } from '../core/ring-settings.ts'

/** A number as people write it; a `*` at its end stands for every number that begins so. */
const listedNumber = Type.String({ pattern: '^\\+?[0-9][0-9 ().\\-/]*\\*?$', maxLength: 40 })
const digits = '^[0-9]{1,6}$'

/** Numbers per person, by UPN. */
export type WrittenCallers = Record<string, string[]>

const emergencySchema = Type.Object(
  {
    numbers: Type.Array(Type.String({ pattern: '^[0-9]{2,10}$' }), {
      title: 'Emergency numbers',
      description:
        'After a call to one of these the hub silences none of the caller’s phones, so that help can call back. Add those that hold where the phones are; remove those that are extensions of people the hub does not know.',
      default: [...defaultRingSettings.emergency.numbers],
      uniqueItems: true,
    }),
    outsideLine: Type.Array(Type.String({ pattern: digits }), {
      title: 'Outside line',
      description: 'Digits that may be dialled before such a number.',
      default: [...defaultRingSettings.emergency.outsideLine],
      uniqueItems: true,
    }),
    callBack: Type.Number({
      title: 'Call back',
      description: 'For how many minutes after the call; 0 switches the rule off.',
      default: defaultRingSettings.emergency.callBackMs / 60_000,
      minimum: 0,
      maximum: 1440,
    }),
  },
  {
    additionalProperties: false,
    default: {},
    title: 'Emergency calls',
    description: 'When help may call back.',
  },
)

const breakthroughSchema = Type.Object(
  {
    numbers: Type.Array(listedNumber, {
      title: 'Numbers',
      description: 'Callers who get through to everyone; `+4989123*` stands for all numbers that begin so.',
      default: [],
    }),
    people: Type.Unsafe<WrittenCallers>({
      type: 'object',
      title: 'Numbers of one person',
      description: 'Per UPN the callers who get through to that person only.',
      default: {},
      additionalProperties: { type: 'array', items: { ...listedNumber } },
    }),
    secondCall: Type.Boolean({
      title: 'Second call',
      description: 'Whether a second call from the same number gets through.',
      default: false,
    }),
    secondCallWithin: Type.Number({
      title: 'Within',
      description: 'Minutes between the two calls.',
      default: 3,
      minimum: 0.5,
      maximum: 60,
    }),
  },
  {
    additionalProperties: false,
    default: {},
    title: 'Breakthrough',
    description:
      'Who rings although do not disturb is on, at phone systems that ask the hub (docs/guide/reachability.md).',
  },
)

/** Will it ring: what the administrator of a tenant declares. */
export const ringSchema = Type.Object(
  {
    busyOnBusy: Type.Enum([...busyOnBusyWords], {
      title: 'Busy on busy',
      description:
        'The Teams calling policy for a second call during a Teams call, which no API tells: `disabled` rings, `enabled` rejects, `unanswered` diverts, `userOverride` leaves it to each person.',
      default: defaultRingSettings.busyOnBusy,
    }),
    queueDoNotDisturb: Type.Enum([...queueDoNotDisturbWords], {
      title: 'Do not disturb and queues',
      description: 'What do not disturb of a phone means to the queues of its phone system.',
      default: defaultRingSettings.queueDoNotDisturb,
    }),
    softphones: Type.Optional(
      Type.Array(Type.String({ minLength: 1 }), {
        title: 'Softphones',
        description:
          'Connectors whose shown state decides what a softphone signals. Left out: the collaboration connectors, where the tenant or one of their links has the preset `mirage`.',
        uniqueItems: true,
      }),
    ),
    countryCode: Type.Optional(
      Type.String({
        title: 'Country code',
        description: 'Digits, for example 49: makes one number of its national and international spelling.',
        pattern: '^[1-9][0-9]{0,2}$',
      }),
    ),
    internationalPrefix: Type.String({
      title: 'International prefix',
      description: 'Dialled before a country code.',
      default: defaultRingSettings.plan.internationalPrefix,
      pattern: digits,
    }),
    nationalPrefix: Type.String({
      title: 'National prefix',
      description: 'Dialled before a national number; empty where there is none.',
      default: defaultRingSettings.plan.nationalPrefix,
      pattern: '^[0-9]{0,3}$',
    }),
    emergency: emergencySchema,
    breakthrough: breakthroughSchema,
  },
  {
    additionalProperties: false,
    default: {},
    title: 'Ringing',
    description:
      'Whether a call rings: what no system tells by itself, emergency calls, and who gets through.',
  },
)

/** As written, defaults filled in. */
export type RingConfig = Type.Static<typeof ringSchema>
