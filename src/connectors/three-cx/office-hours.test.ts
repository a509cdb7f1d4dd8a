import { expect, test } from 'vitest'
import { isTimetable, knownTimeZone, readHours } from './office-hours.ts'

const hours = readHours({
  Type: 'SpecificHours',
  Periods: [
    { DayOfWeek: 'Monday', Start: '08:00:00', Stop: '17:00:00' },
    { DayOfWeek: 'Saturday', Start: '09:00:00', Stop: '24:00:00' },
    { DayOfWeek: 'Sunday', Start: '00:00:00', Stop: '10:00:00' },
    { DayOfWeek: 'Someday', Start: '00:00:00', Stop: '10:00:00' },
  ],
})!
/** Monday, 23 November 2026; Berlin is an hour ahead. */
const at = (hour: number, minute: number, day = 23) => Date.UTC(2026, 10, day, hour, minute)

test.each([
  ['opens at eight', at(7, 0), true, true],
  ['a minute later', at(7, 1), true, true],
  ['somewhat late', at(7, 2), true, true],
  ['too late to be the timetable’s', at(7, 3), true, false],
  ['too early', at(6, 59), true, false],
  ['closes at eight, which it does not', at(7, 0), false, false],
  ['closes at five', at(16, 0), false, true],
  ['on another day', at(7, 0, 24), true, false],
  ['the end of the week, just after midnight', at(23, 1, 21), false, true],
])('%s', (_about, wall, opens, expected) => {
  expect(isTimetable({ wall, opens }, hours, 'Europe/Berlin')).toBe(expected)
})

test('what cannot be read is no timetable', () => {
  for (const schedule of [null, {}, { Periods: 5 }, { Periods: [{ DayOfWeek: 'Monday', Start: 'eight' }] }]) {
    expect(readHours(schedule)).toBeUndefined()
  }
  expect(knownTimeZone('Europe/Berlin')).toBe('Europe/Berlin')
  expect(knownTimeZone('Nowhere/At all')).toBeUndefined()
  expect(knownTimeZone(undefined)).toBeUndefined()
})
