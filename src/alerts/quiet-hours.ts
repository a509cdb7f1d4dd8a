/** When nobody is to be woken. */
export interface QuietHours {
  /** `22:00`, in the time zone. */
  readonly from: string
  /** `07:00`; earlier than `from` is the next day. */
  readonly to: string
  /** IANA name; undefined is the machine's own. */
  readonly timeZone: string | undefined
}

/** `now` is wall clock, milliseconds. Equal ends leave no hour out. */
export function isQuiet(hours: QuietHours | undefined, now: number): boolean {
  if (!hours) return false
  const [from, to, at] = [minutesOf(hours.from), minutesOf(hours.to), minuteOfDay(now, hours.timeZone)]
  return from <= to ? from <= at && at < to : at >= from || at < to
}

function minutesOf(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number)
  return hours * 60 + minutes
}

function minuteOfDay(now: number, timeZone: string | undefined): number {
  const format = new Intl.DateTimeFormat('en-GB', {
    ...(timeZone !== undefined && { timeZone }),
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  return minutesOf(format.format(now))
}
