/**
 * Wall clock, milliseconds, of the midnight that ends the day of `now` in a time zone (IANA name; undefined is the
 * machine's own). Where midnight is left out by a change of daylight saving time, the first moment of the next day.
 */
export function endOfDay(now: number, timeZone: string | undefined): number {
  const dayOf = dayReader(timeZone)
  const today = dayOf(now)
  let within = now
  let beyond = now + 26 * 3_600_000
  while (beyond - within > 1) {
    const middle = Math.floor((within + beyond) / 2)
    if (dayOf(middle) === today) within = middle
    else beyond = middle
  }
  return beyond
}

function dayReader(timeZone: string | undefined): (at: number) => string {
  const format = new Intl.DateTimeFormat('en-CA', {
    ...(timeZone !== undefined && { timeZone }),
    dateStyle: 'short',
  })
  return (at) => format.format(at)
}
