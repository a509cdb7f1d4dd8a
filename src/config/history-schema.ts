import Type, { type Static } from 'typebox'

/** `history:` of a tenant. */
export const historySchema = Type.Object(
  {
    days: Type.Integer({
      title: 'Days',
      description:
        'How long it is kept what each person\u2019s systems said and what was written for them. 0 keeps nothing but writes of the last 15 minutes; `explain --at`, and `replay`, need at least 1.',
      default: 0,
      minimum: 0,
      maximum: 3650,
    }),
    worksCouncil: Type.Boolean({
      title: 'Works council mode',
      description:
        'Keeps no history whatever `days` says, and shows reasons, signals and writes only to tokens with the scope `admin`: others see a state and that it is kept in step.',
      default: false,
    }),
  },
  {
    additionalProperties: false,
    default: {},
    title: 'History',
    description: 'What is kept of the past, and who sees why. Off unless a number of days is set.',
  },
)

export type HistoryConfig = Static<typeof historySchema>

/** Days that are really kept. */
export function daysKept(history: HistoryConfig | undefined): number {
  return history === undefined || history.worksCouncil ? 0 : history.days
}
