import type { Clock, Timer } from '../core/ports.ts'

export interface SystemClockOptions {
  /** True: a timer alone does not keep the process alive. */
  readonly unref?: boolean
}

/** The longest delay of setTimeout; a longer one would fire at once (nodejs.org/api/timers.html). */
const longestMs = 2 ** 31 - 1

/** The machine's clock. `monotonic` stands still while the machine sleeps, as CLOCK_MONOTONIC does. */
export function systemClock({ unref = false }: SystemClockOptions = {}): Clock {
  return {
    wall: () => Date.now(),
    monotonic: () => performance.now(),
    after: (delayMs, callback) => wait(performance.now() + Math.max(0, delayMs || 0), callback, unref),
  }
}

function wait(due: number, callback: () => void, unref: boolean): Timer {
  let timer: NodeJS.Timeout | undefined
  const arm = () => {
    const left = Math.ceil(due - performance.now())
    timer = setTimeout(fire, Math.min(Math.max(left, 0), longestMs))
    if (unref) timer.unref()
  }
  // setTimeout may fire up to a millisecond early, and a long wait goes in several stretches.
  const fire = () => (performance.now() < due ? arm() : callback())
  arm()
  return { cancel: () => clearTimeout(timer) }
}
