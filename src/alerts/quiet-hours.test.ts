import { expect, it } from 'vitest'
import { isQuiet } from './quiet-hours.ts'

const at = (time: string) => Date.parse(`2026-11-21T${time}:00Z`)

it('is quiet over midnight, in the time zone', () => {
  const hours = { from: '22:00', to: '07:00', timeZone: 'Europe/Berlin' }
  const quiet = ['20:59', '21:00', '23:30', '05:59', '06:00', '12:00'].map((time) => isQuiet(hours, at(time)))
  expect(quiet).toEqual([false, true, true, true, false, false])
})

it('is quiet within a day, or never', () => {
  const hours = { from: '12:00', to: '13:30', timeZone: 'UTC' }
  expect(['11:59', '12:00', '13:29', '13:30'].map((time) => isQuiet(hours, at(time)))).toEqual([
    false,
    true,
    true,
    false,
  ])
  expect(isQuiet({ from: '08:00', to: '08:00', timeZone: 'UTC' }, at('08:00'))).toBe(false)
  expect(isQuiet(undefined, at('03:00'))).toBe(false)
})
