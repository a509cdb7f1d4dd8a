import { performance } from 'node:perf_hooks'
import type { Clock, Timer } from '../core/ports.ts'

interface Waiting {
  readonly due: number
  readonly order: number
  readonly callback: () => void
}

/**
 * The lab's time. Running, it follows the machine (monotonic through performance.now) and can jump ahead; stopped,
 * it moves only by `advance`, which makes a lab deterministic.
 */
export class LabClock implements Clock {
  readonly #now: () => number
  readonly #wallStart: number
  readonly #running: boolean
  readonly #waiting = new Set<Waiting>()
  #shift = 0
  #order = 0
  #alarm: NodeJS.Timeout | undefined

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
    this.#order += 1
    const waiting = { due: this.monotonic() + Math.max(0, delayMs), order: this.#order, callback }
    this.#waiting.add(waiting)
    this.#arm()
    return {
      cancel: () => {
        this.#waiting.delete(waiting)
        if (this.#waiting.size === 0) this.#disarm()
      },
    }
  }

  /** Jumps ahead; what comes due on the way is called in order of time, at its time. */
  advance(milliseconds: number): void {
    const target = this.monotonic() + milliseconds
    for (let next = this.#next(); next && next.due <= target; next = this.#next()) {
      this.#shift += Math.max(0, next.due - this.monotonic())
      this.#waiting.delete(next)
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

  #next(): Waiting | undefined {
    let best: Waiting | undefined
    for (const each of this.#waiting) {
      if (!best || each.due < best.due || (each.due === best.due && each.order < best.order)) best = each
    }
    return best
  }

  #arm(): void {
    this.#disarm()
    const next = this.#running ? this.#next() : undefined
    if (!next) return
    this.#alarm = setTimeout(() => this.advance(0), Math.max(0, next.due - this.monotonic()))
  }

  #disarm(): void {
    clearTimeout(this.#alarm)
    this.#alarm = undefined
  }
}
