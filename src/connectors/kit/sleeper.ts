import type { Clock, Timer } from '../../core/ports.ts'

/** Waits that end together when their owner stops, so that a loop leaves no timer behind. */
export class Sleeper {
  readonly #clock: Clock
  readonly #asleep = new Map<() => void, Timer>()
  #stopped = false

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get stopped(): boolean {
    return this.#stopped
  }

  /** Resolves after `milliseconds`, or at once when stopped. */
  sleep(milliseconds: number): Promise<void> {
    if (this.#stopped || milliseconds <= 0) return Promise.resolve()
    return new Promise((resolve) => {
      const wake = () => {
        this.#asleep.delete(wake)
        resolve()
      }
      this.#asleep.set(wake, this.#clock.after(milliseconds, wake))
    })
  }

  stop(): void {
    this.#stopped = true
    for (const [wake, timer] of [...this.#asleep]) {
      timer.cancel()
      wake()
    }
  }
}
