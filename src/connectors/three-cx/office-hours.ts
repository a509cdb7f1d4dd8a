import { fieldsOf, textOf } from '../kit/http.ts'

/** One span of a weekly timetable; minutes after midnight in the time zone of the PBX. */
interface Span {
  /** 0 is Sunday. */
  readonly day: number
  readonly from: number
  readonly to: number
}

/** When the PBX switches profiles by itself. */
export type Hours = readonly Span[]

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
/** The PBX needs a moment, and a profile is read every few seconds only. Minutes. */
const toleranceMinutes = 2
const weekMinutes = 7 * 1440

function minutesOf(time: unknown): number | undefined {
  const [, hours, minutes] = /^(\d{2}):(\d{2})/.exec(textOf(time) ?? '') ?? []
  return hours === undefined ? undefined : Number(hours) * 60 + Number(minutes)
}

/** The periods of a `Pbx.Schedule`; undefined without any that can be read. */
export function readHours(schedule: unknown): Hours | undefined {
  const { Periods } = fieldsOf(schedule)
  const spans = (Array.isArray(Periods) ? Periods : []).flatMap((period): Span[] => {
    const { DayOfWeek, Start, Stop } = fieldsOf(period)
    const day = days.indexOf(textOf(DayOfWeek) ?? '')
    const from = minutesOf(Start)
    const to = minutesOf(Stop)
    return day < 0 || from === undefined || to === undefined ? [] : [{ day, from, to }]
  })
  return spans.length > 0 ? spans : undefined
}

/** Minute of the week at a wall clock time (milliseconds), 0 being Sunday midnight, in an IANA time zone. */
function minuteOfWeek(wall: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, weekday: 'long', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  } as const).formatToParts(wall)
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? ''
  return days.indexOf(part('weekday')) * 1440 + Number(part('hour')) * 60 + Number(part('minute'))
}

/**
 * Whether a change of profile seen at `wall` is the timetable's: it opens at the beginning of a span and closes at its
 * end. 3CX does not say who made a change, so that a person who makes the same one within two minutes is taken for it.
 */
export function isTimetable(
  change: { readonly wall: number; readonly opens: boolean },
  hours: Hours,
  timeZone: string,
): boolean {
  const now = minuteOfWeek(change.wall, timeZone)
  return hours.some(({ day, from, to }) => {
    const boundary = day * 1440 + (change.opens ? from : to)
    const since = (now - boundary + weekMinutes) % weekMinutes
    return since <= toleranceMinutes
  })
}

/** Undefined for a name that this machine does not know. */
export function knownTimeZone(name: string | undefined): string | undefined {
  try {
    return name && new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone
  } catch {
    return undefined
  }
}
