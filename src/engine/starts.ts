import type { Clock, Timer } from '../core/ports.ts'

/** So many systems may be about to start at the same time. */
const together = 50
/** One that does not answer holds up others no longer than this, milliseconds. */
const patienceMs = 3000
/** So late this process does not get to its work: answers may be there unread, and more starts would make it worse. */
const lateMs = 500

/**
 * The order in which systems start. What a phone system tells at its start is large for a moment: a thousand of them
 * at once would keep the process busy with nothing but making room, until their connections were given up.
 */
export class Starts {
  readonly #clock: Clock
  readonly #waiting: (() => void)[] = []
  #running = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Answers as the start does, which begins at once while there is room, and in its turn otherwise. */
  async run(start: () => Promise<void>): Promise<void> {
    if (this.#running < together) this.#running += 1
    else await new Promise<void>((resolve) => this.#waiting.push(resolve))
    let left = false
    const leave = () => {
      if (left) return
      left = true
      const next = this.#waiting.shift()
      if (next) next()
      else this.#running -= 1
    }
    let timer: Timer
    const wait = () => {
      const due = this.#clock.monotonic() + patienceMs
      timer = this.#clock.after(patienceMs, () => (this.#clock.monotonic() > due + lateMs ? wait() : leave()))
    }
    wait()
    try {
      await start()
    } finally {
      timer!.cancel()
      leave()
    }
  }
}
