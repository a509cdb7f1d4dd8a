import type { Clock, Log, Timer } from '../core/ports.ts'

/** How often wall and monotonic time are compared. */
const periodMs = 1000
/** A step of the wall clock larger than this is doubted. */
const stepMs = 5000
/** The loop stood still for this long: half of the shortest lease that connectors use. */
const stallMs = 15_000

/**
 * Watches the clocks. When they part, or the process stood still, nothing may expire until every feed was asked:
 * `doubt` is called once per step.
 */
export function guardClock(clock: Clock, log: Log, doubt: () => void): { stop(): void } {
  let wall = clock.wall()
  let monotonic = clock.monotonic()
  let timer: Timer
  const look = () => {
    const wallPassed = clock.wall() - wall
    const passed = clock.monotonic() - monotonic
    wall += wallPassed
    monotonic += passed
    if (Math.abs(wallPassed - passed) > stepMs || passed > stallMs) {
      log.warn('the clock stepped or the process stood still; every source is asked again', {
        wallPassedMs: Math.round(wallPassed),
        monotonicPassedMs: Math.round(passed),
      })
      doubt()
    }
    timer = clock.after(periodMs, look)
  }
  timer = clock.after(periodMs, look)
  return { stop: () => timer.cancel() }
}
