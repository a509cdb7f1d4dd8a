const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
const clockWithSeconds = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' })

/** How long since `at`, in the fewest words: "now", "12 min", "3 h 05", "2 d". A clock ahead of ours reads as now. */
export function durationText(at: number, now: number): string {
  const passed = now - at
  if (passed < minuteMs) return 'now'
  if (passed < hourMs) return `${Math.floor(passed / minuteMs)} min`
  if (passed < dayMs) {
    const minutes = Math.floor((passed % hourMs) / minuteMs)
    return `${Math.floor(passed / hourMs)} h ${String(minutes).padStart(2, '0')}`
  }
  return `${Math.floor(passed / dayMs)} d`
}

/** "10:02", with the day in front when it was not today. */
export function clockText(at: number, now: number): string {
  return withDay(at, now, clock.format(at))
}

/** "10:02:31", with the day in front when it was not today. */
export function exactText(at: number, now: number): string {
  return withDay(at, now, clockWithSeconds.format(at))
}

/** As a date-time field of a page writes it, in local time: "2026-11-20T10:02:31". */
export function fieldText(at: number): string {
  const local = new Date(at - new Date(at).getTimezoneOffset() * minuteMs)
  return local.toISOString().slice(0, 19)
}

function withDay(at: number, now: number, time: string): string {
  return new Date(at).toDateString() === new Date(now).toDateString() ? time : `${day.format(at)}, ${time}`
}
