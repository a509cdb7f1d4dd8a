import type { Clock, Timer } from '../../src/core/ports.ts'

interface Waiting {
  readonly at: number
  readonly order: number
  readonly callback: () => void
  cancelled: boolean
}

/**
 * Time that moves only when told. Timers run in order of time, one by one, and everything that a timer sets going
 * (promises, immediates) is over before the next one runs: the same script gives the same run, always.
 */
export class VirtualClock implements Clock {
  #now = 0
  #wall: number
  #order = 0
  readonly #waiting: Waiting[] = []

  /** `wall`: milliseconds since the epoch at monotonic zero. */
  constructor(wall: number) {
    this.#wall = wall
  }

  wall(): number {
    return this.#wall + this.#now
  }

  monotonic(): number {
    return this.#now
  }

  /** Somebody sets the wall clock; monotonic time does not notice. */
  stepWall(milliseconds: number): void {
    this.#wall += milliseconds
  }

  after(delayMs: number, callback: () => void): Timer {
    this.#order += 1
    const one: Waiting = {
      at: this.#now + Math.max(0, delayMs),
      order: this.#order,
      callback,
      cancelled: false,
    }
    let index = this.#waiting.length
    while (index > 0 && this.#waiting[index - 1]!.at <= one.at) index -= 1
    this.#waiting.splice(index, 0, one)
    return {
      cancel: () => {
        one.cancelled = true
      },
    }
  }

  /** Lets everything that is already due happen, without moving time. */
  settle(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve))
  }

  async advance(milliseconds: number): Promise<void> {
    const target = this.#now + milliseconds
    await this.settle()
    for (;;) {
      // The soonest is last: of equal times the earlier order, because insertion puts later ones before it.
      const next = this.#waiting.at(-1)
      if (!next || next.at > target) break
      this.#waiting.pop()
      if (next.cancelled) continue
      this.#now = Math.max(this.#now, next.at)
      next.callback()
      await this.settle()
    }
    this.#now = target
  }

  /** Advances until the condition holds; false when it did not within `limitMs`. */
  async until(condition: () => boolean, limitMs: number): Promise<boolean> {
    const limit = this.#now + limitMs
    await this.settle()
    while (!condition()) {
      const next = this.#waiting.at(-1)
      if (!next || next.at > limit) {
        this.#now = limit
        return condition()
      }
      await this.advance(next.at - this.#now)
    }
    return true
  }
}
