import type { Clock, Timer } from '../../../core/ports.ts'

interface Waiting {
  start(): void
  cleared(): void
}

/** Runs tasks in order of arrival, at most `limit` at a time, and none while paused. */
export class Pacer {
  readonly #clock: Clock
  readonly #waiting: Waiting[] = []
  #limit: number
  #running = 0
  #pausedUntil = 0
  #timer: Timer | undefined

  constructor(clock: Clock, limit: number) {
    this.#clock = clock
    this.#limit = limit
  }

  setLimit(limit: number): void {
    this.#limit = limit
    this.#next()
  }

  /** Rejects as the task does. A task that is cleared before its turn never settles, or rejects as `cleared` says. */
  run<T>(task: () => Promise<T>, cleared?: () => Error): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>()
    const start = () => {
      this.#running += 1
      task()
        .then(resolve, reject)
        .finally(() => {
          this.#running -= 1
          this.#next()
        })
    }
    this.#waiting.push({ start, cleared: () => cleared && reject(cleared()) })
    this.#next()
    return promise
  }

  /** Starts nothing for so long; what runs already goes on. */
  pause(milliseconds: number): void {
    const until = this.#clock.monotonic() + milliseconds
    if (until <= this.#pausedUntil) return
    this.#pausedUntil = until
    this.#timer?.cancel()
    this.#timer = this.#clock.after(milliseconds, () => this.#next())
  }

  /** Forgets what waits, and the pause. */
  clear(): void {
    for (const { cleared } of this.#waiting.splice(0)) cleared()
    this.#pausedUntil = 0
    this.#timer?.cancel()
  }

  #next(): void {
    while (this.#running < this.#limit && this.#clock.monotonic() >= this.#pausedUntil) {
      const next = this.#waiting.shift()
      if (!next) return
      next.start()
    }
  }
}
