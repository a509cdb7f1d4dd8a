import { leaseMs } from '../core/cluster.ts'
import type { Clock } from '../core/ports.ts'

/**
 * What this node may still count on, by its own clocks: from the moment before it asked for the renewal, so that it ends sooner here
 * than for the others. A machine that slept has no monotonic time of it; the wall clock has.
 */
export class Lease {
  readonly #clock: Clock
  #monotonic = Number.NEGATIVE_INFINITY
  #wall = Number.NEGATIVE_INFINITY

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Asks, and counts from before it asked where the answer is yes. */
  async renewBy(ask: () => Promise<boolean>): Promise<boolean> {
    const [monotonic, wall] = [this.#clock.monotonic(), this.#clock.wall()]
    const renewed = await ask()
    if (renewed) {
      this.#monotonic = monotonic + leaseMs
      this.#wall = wall + leaseMs
    }
    return renewed
  }

  get leftMs(): number {
    return Math.min(this.#monotonic - this.#clock.monotonic(), this.#wall - this.#clock.wall())
  }

  drop(): void {
    this.#monotonic = Number.NEGATIVE_INFINITY
  }
}
