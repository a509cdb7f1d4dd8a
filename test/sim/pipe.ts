import type { Clock } from '../../src/core/ports.ts'

/** How late the next word comes, and whether it comes twice. */
export interface Delivery {
  readonly ms: number
  readonly twice: boolean
}

/** A line that keeps order: what is said on it arrives late, or twice, but never before what was said earlier. */
export class Pipe {
  readonly #clock: Clock
  readonly #delivery: () => Delivery
  #last = 0

  constructor(clock: Clock, delivery: () => Delivery) {
    this.#clock = clock
    this.#delivery = delivery
  }

  send(arrive: () => void): void {
    const now = this.#clock.monotonic()
    const { ms, twice } = this.#delivery()
    this.#last = Math.max(this.#last, now + ms)
    for (let times = twice ? 2 : 1; times > 0; times--) this.#clock.after(this.#last - now, arrive)
  }
}
