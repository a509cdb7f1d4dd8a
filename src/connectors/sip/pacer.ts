import type { Clock, Timer } from '../../core/ports.ts'

/** Runs tasks in order of arrival, at most `limit` at a time, and none while paused. */
export class Pacer {
  readonly #clock: Clock
  readonly #waiting: (() => void)[] = []
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

  /** Rejects only as the task does; a task that is cleared before its turn never settles. */
  run<T>(task: () => Promise<T>): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>()
    this.#waiting.push(() => {
      this.#running += 1
      task()
        .then(resolve, reject)
        .finally(() => {
          this.#running -= 1
          this.#next()
        })
    })
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
    this.#waiting.length = 0
    this.#pausedUntil = 0
    this.#timer?.cancel()
  }

  #next(): void {
    while (this.#running < this.#limit && this.#clock.monotonic() >= this.#pausedUntil) {
      const start = this.#waiting.shift()
      if (!start) return
      start()
    }
  }
}
