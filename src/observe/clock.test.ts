import { spawnSync } from 'node:child_process'
import { describe, expect, test, vi } from 'vitest'
import { systemClock } from './clock.ts'

describe('systemClock', () => {
  test('calls back once, not before the delay has passed', async () => {
    const clock = systemClock()
    for (const delay of [0, 1, 3, 10, 25.5]) {
      const began = clock.monotonic()
      await new Promise<void>((resolve) => clock.after(delay, resolve))
      expect(clock.monotonic() - began).toBeGreaterThanOrEqual(delay)
    }
  })

  test('a cancelled timer stays silent, also when cancelled twice', async () => {
    const clock = systemClock()
    const callback = vi.fn()
    const timer = clock.after(5, callback)
    timer.cancel()
    timer.cancel()
    await new Promise<void>((resolve) => clock.after(15, resolve))
    expect(callback).not.toHaveBeenCalled()
  })

  test('a delay beyond 2^31 ms waits instead of firing at once', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    try {
      const callback = vi.fn()
      const days = 24 * 3_600_000
      systemClock().after(60 * days, callback)
      vi.advanceTimersByTime(60 * days - 1)
      expect(callback).not.toHaveBeenCalled()
      vi.advanceTimersByTime(2)
      expect(callback).toHaveBeenCalledTimes(1)
    } finally {
      vi.useRealTimers()
    }
  })

  test('a delay that is no number, or in the past, is no delay; endless is never', async () => {
    const clock = systemClock()
    await new Promise<void>((resolve) => clock.after(-5, resolve))
    await new Promise<void>((resolve) => clock.after(Number.NaN, resolve))
    const never = vi.fn()
    const timer = clock.after(Number.POSITIVE_INFINITY, never)
    await new Promise<void>((resolve) => clock.after(5, resolve))
    expect(never).not.toHaveBeenCalled()
    timer.cancel()
  })

  test('an unref timer does not keep the process alive', () => {
    const script = `import { systemClock } from ${JSON.stringify(new URL('./clock.ts', import.meta.url).href)}
      systemClock({ unref: true }).after(60_000, () => console.log('late'))
      console.log('end')`
    const child = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
    expect(child.stdout).toBe('end\n')
    expect(child.status).toBe(0)
  })
})
