import { afterEach, expect, test, vi } from 'vitest'
import { collectWhenIdle } from './idle-collection.ts'

const setImmediateNow = setImmediate

afterEach(() => {
  vi.useRealTimers()
})

test('collects once, in the first quiet moment after a burst', () => {
  vi.useFakeTimers()
  const collect = vi.fn()
  const heard = collectWhenIdle(collect)
  for (let second = 0; second < 60; second += 1) {
    for (let message = 0; message < 10; message += 1) heard()
    vi.advanceTimersByTime(1000)
  }
  expect(collect).not.toHaveBeenCalled()
  vi.advanceTimersByTime(60_000)
  expect(collect).toHaveBeenCalledTimes(1)
})

test('leaves a thread with little to do alone', () => {
  vi.useFakeTimers()
  const collect = vi.fn()
  const heard = collectWhenIdle(collect)
  for (let minute = 0; minute < 60; minute += 1) {
    heard()
    vi.advanceTimersByTime(60_000)
  }
  expect(collect).not.toHaveBeenCalled()
})

test('really collects', async () => {
  vi.useFakeTimers()
  const heard = collectWhenIdle()
  const remembered = (() => new WeakRef({ left: 'behind' }))()
  for (let message = 0; message < 1000; message += 1) heard()
  // A reference that was just made holds until the turn of the loop has ended.
  await new Promise((resolve) => setImmediateNow(resolve))
  vi.advanceTimersByTime(30_000)
  expect(remembered.deref()).toBeUndefined()
})
