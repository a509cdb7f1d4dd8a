import { locale, words } from '../language/words.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** One object for each form and locale: making one is slow, and a board shows thousands of times. */
const formats = new Map<string, Intl.DateTimeFormat>()

function format(form: 'clock' | 'exact' | 'day'): Intl.DateTimeFormat {
  const key = `${form} ${locale()}`
  let found = formats.get(key)
  if (!found) {
    found = new Intl.DateTimeFormat(locale(), forms[form])
    formats.set(key, found)
  }
  return found
}

const forms = {
  clock: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  exact: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  day: { day: 'numeric', month: 'short' },
} as const

/** How long since `at`, in the fewest words: "now", "12 min", "3 h 05", "2 d". A clock ahead of ours reads as now. */
export function durationText(at: number, now: number): string {
  const { duration } = words().codes
  const passed = now - at
  if (passed < minuteMs) return duration.now
  if (passed < hourMs) return duration.minutes(Math.floor(passed / minuteMs))
  if (passed < dayMs) {
    const minutes = Math.floor((passed % hourMs) / minuteMs)
    return duration.hours(Math.floor(passed / hourMs), String(minutes).padStart(2, '0'))
  }
  return duration.days(Math.floor(passed / dayMs))
}

/** "10:02", with the day in front when it was not today. */
export function clockText(at: number, now: number): string {
  return withDay(at, now, format('clock').format(at))
}

/** "20 Nov". */
export function dayText(at: number): string {
  return format('day').format(at)
}

/** "10:02:31", with the day in front when it was not today. */
export function exactText(at: number, now: number): string {
  return withDay(at, now, format('exact').format(at))
}

/** How long something took, from milliseconds: "340 ms", "1.2 s". */
export function lengthText(ms: number): string {
  const [amount, unit] = ms < 1000 ? [Math.round(ms), 'ms'] : [ms / 1000, 's']
  return `${new Intl.NumberFormat(locale(), { maximumFractionDigits: 1 }).format(amount)} ${unit}`
}

/** As a date-time field of a page writes it, in local time: "2026-11-20T10:02:31". */
export function fieldText(at: number): string {
  const local = new Date(at - new Date(at).getTimezoneOffset() * minuteMs)
  return local.toISOString().slice(0, 19)
}

function withDay(at: number, now: number, time: string): string {
  return new Date(at).toDateString() === new Date(now).toDateString()
    ? time
    : `${format('day').format(at)}, ${time}`
}
