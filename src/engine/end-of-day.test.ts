import { expect, it } from 'vitest'
import { endOfDay } from './end-of-day.ts'

const at = (text: string) => Date.parse(text)

it('ends a day at midnight of the time zone', () => {
  expect(endOfDay(at('2026-11-21T09:00:00Z'), 'UTC')).toBe(at('2026-11-22T00:00:00Z'))
  expect(endOfDay(at('2026-11-21T22:59:59Z'), 'Europe/Berlin')).toBe(at('2026-11-21T23:00:00Z'))
  expect(endOfDay(at('2026-11-21T23:00:00Z'), 'Europe/Berlin')).toBe(at('2026-11-22T23:00:00Z'))
  expect(endOfDay(at('2026-11-21T09:00:00Z'), 'Asia/Kolkata')).toBe(at('2026-11-21T18:30:00Z'))
})

it('ends the long and the short day of daylight saving time', () => {
  expect(endOfDay(at('2026-10-25T00:00:00+02:00'), 'Europe/Berlin')).toBe(at('2026-10-26T00:00:00+01:00'))
  expect(endOfDay(at('2026-03-29T00:00:00+01:00'), 'Europe/Berlin')).toBe(at('2026-03-30T00:00:00+02:00'))
})
