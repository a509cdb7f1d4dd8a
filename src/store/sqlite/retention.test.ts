import { expect, test, vi } from 'vitest'
import type { Clock, Log } from '../../core/ports.ts'
import { schedulePruning } from './retention.ts'

const hour = 3_600_000
const day = 24 * hour

function manualClock() {
  const timers: { due: number; callback: () => void }[] = []
  let now = 0
  const clock: Clock = {
    wall: () => 1_000 * day + now,
    monotonic: () => now,
    after(delayMs, callback) {
      const timer = { due: now + delayMs, callback }
      timers.push(timer)
      return { cancel: () => void timers.splice(timers.indexOf(timer), 1) }
    },
  }
  const advance = async (ms: number) => {
    now += ms
    for (const timer of timers.filter(({ due }) => due <= now)) {
      timers.splice(timers.indexOf(timer), 1)
      timer.callback()
    }
    // Promises of the callbacks settle before the test looks.
    await new Promise(setImmediate)
  }
  return { clock, advance, timers }
}

const quiet = { debug: vi.fn(), warn: vi.fn() } as unknown as Log

test('prunes some minutes after the start, then every hour, by the wall clock', async () => {
  const { clock, advance } = manualClock()
  const prune = vi.fn(async () => 3)
  schedulePruning({ clock, log: quiet, retention: { days: 14, rowsPerPerson: 200 }, prune })
  await advance(60_000)
  expect(prune).not.toHaveBeenCalled()
  await advance(hour)
  expect(prune).toHaveBeenCalledWith({ before: 986 * day + hour + 60_000, rowsPerPerson: 200 })
  await advance(hour)
  expect(prune).toHaveBeenCalledTimes(2)
})

test('a failure is logged and the next hour tries again; cancelled is over', async () => {
  const { clock, advance, timers } = manualClock()
  const prune = vi.fn(() => Promise.reject(new Error('disk full')))
  const timer = schedulePruning({ clock, log: quiet, retention: { days: 1, rowsPerPerson: 1 }, prune })
  await advance(hour)
  expect(quiet.warn).toHaveBeenCalledWith(expect.any(String), { error: new Error('disk full') })
  await advance(hour)
  expect(prune).toHaveBeenCalledTimes(2)
  timer.cancel()
  expect(timers).toEqual([])
})
