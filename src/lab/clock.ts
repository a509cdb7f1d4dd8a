import { performance } from 'node:perf_hooks'
import type { Clock, Timer } from '../core/ports.ts'

interface Waiting {
  readonly due: number
  readonly callback: () => void
  cancelled: boolean
}

/** setTimeout takes no longer one. */
const longestAlarmMs = 2 ** 31 - 1

/**
 * The lab's time. Running, it follows the machine (monotonic through performance.now) and can jump ahead; stopped,
 * it moves only by `advance`, which makes a lab deterministic.
 */
export class LabClock implements Clock {
  readonly #now: () => number
  readonly #wallStart: number
  readonly #running: boolean
  /** Soonest last, so that taking the next one is cheap; of those due together, the first made comes last. */
  readonly #waiting: Waiting[] = []
  #shift = 0
  #alarm: NodeJS.Timeout | undefined
  #alarmDue = Number.POSITIVE_INFINITY

  /** `wallStart`: wall clock at the start of a stopped clock, milliseconds since the epoch. */
  constructor(options: { running?: boolean; wallStart?: number } = {}) {
    this.#running = options.running ?? true
    const start = performance.now()
    this.#now = this.#running ? () => performance.now() - start : () => 0
    this.#wallStart = options.wallStart ?? performance.timeOrigin + start
  }

  /** Sub-millisecond while running. Never follows a step of the machine's own clock. */
  wall(): number {
    return this.#wallStart + this.monotonic()
  }

  monotonic(): number {
    return this.#now() + this.#shift
  }

  after(delayMs: number, callback: () => void): Timer {
    const waiting = { due: this.monotonic() + Math.max(0, delayMs), callback, cancelled: false }
    this.#waiting.splice(this.#placeOf(waiting.due), 0, waiting)
    if (waiting.due < this.#alarmDue) this.#arm()
    return {
      cancel: () => {
        waiting.cancelled = true
        if (!this.#next()) this.#disarm()
      },
    }
  }

  /** Jumps ahead; what comes due on the way is called in order of time, at its time. */
  advance(milliseconds: number): void {
    const target = this.monotonic() + milliseconds
    for (let next = this.#next(); next && next.due <= target; next = this.#next()) {
      this.#shift += Math.max(0, next.due - this.monotonic())
      this.#waiting.pop()
      next.callback()
    }
    this.#shift += Math.max(0, target - this.monotonic())
    this.#arm()
  }

  /** Resolves after `milliseconds` of this clock. */
  sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(milliseconds, resolve)
    })
  }

  /** Where one that is due then belongs: before all that are due at the same time or sooner. */
  #placeOf(due: number): number {
    let [low, high] = [0, this.#waiting.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#waiting[middle]!.due > due) low = middle + 1
      else high = middle
    }
    return low
  }

  #next(): Waiting | undefined {
    while (this.#waiting.at(-1)?.cancelled) this.#waiting.pop()
    return this.#waiting.at(-1)
  }

  #arm(): void {
    this.#disarm()
    const next = this.#running ? this.#next() : undefined
    if (!next) return
    this.#alarmDue = next.due
    const delay = Math.min(longestAlarmMs, Math.max(0, next.due - this.monotonic()))
    this.#alarm = setTimeout(() => this.advance(0), delay)
  }

  #disarm(): void {
    clearTimeout(this.#alarm)
    this.#alarm = undefined
    this.#alarmDue = Number.POSITIVE_INFINITY
  }
}
