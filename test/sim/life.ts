import type { FeedEvent } from '../../src/core/observation.ts'
import type { Clock, Timer } from '../../src/core/ports.ts'

/** Where a hub can be struck: before and after each of its awaits. */
export type Boundary = 'store' | 'stored' | 'send' | 'arrived' | 'answered'

/**
 * One life of the hub's process. When it is killed, its timers never fire, its promises never resolve and nothing
 * that it still had to say is heard: what was sent is on its way, all else is gone.
 */
export class Life {
  readonly #clock: Clock
  readonly #timers = new Set<Timer>()
  readonly #endings: (() => void)[] = []
  readonly #strike: ((boundary: Boundary) => boolean) | undefined
  alive = true

  constructor(clock: Clock, strike?: (boundary: Boundary) => boolean) {
    this.#clock = clock
    this.#strike = strike
  }

  readonly clock: Clock = {
    wall: () => this.#clock.wall(),
    monotonic: () => this.#clock.monotonic(),
    after: (delayMs, callback) => {
      const timer = this.#clock.after(delayMs, () => {
        this.#timers.delete(timer)
        if (this.alive) callback()
      })
      this.#timers.add(timer)
      return timer
    },
  }

  kill(): void {
    this.alive = false
    for (const timer of this.#timers) timer.cancel()
    this.#timers.clear()
    for (const end of this.#endings) end()
  }

  /** What the world has to forget of this life. */
  onDeath(end: () => void): void {
    this.#endings.push(end)
  }

  /** Passes while alive; once killed, nobody returns from here. */
  async cross(boundary: Boundary): Promise<void> {
    if (this.alive && this.#strike?.(boundary)) this.kill()
    if (!this.alive) await new Promise<never>(() => {})
  }

  sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.clock.after(milliseconds, resolve)
    })
  }
}

export type Emit = (event: FeedEvent) => void

/** One write of the hub as it arrived at a target. */
export interface Arrival {
  readonly system: string
  readonly address: string
  readonly slot: string
  readonly act: 'assert' | 'withdraw'
  readonly pair: string
  readonly refresh: boolean
  /** A choice of a person that stood there, and since when. */
  readonly over: { readonly pair: string; readonly at: number } | undefined
}
