import type { Clock } from '../core/ports.ts'

/** Whoever tries often pushes out the oldest. */
const most = 10_000

/** Why the last attempt of somebody came to nothing, until the next one; in memory alone. */
export class LastRefusals {
  readonly #clock: Clock
  readonly #by = new Map<string, { readonly at: number; readonly words: string }>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  put(key: string, words: string): void {
    this.#by.delete(key)
    this.#by.set(key, { at: Math.round(this.#clock.wall()), words })
    const [oldest] = this.#by.keys()
    if (this.#by.size > most && oldest !== undefined) this.#by.delete(oldest)
  }

  drop(key: string): void {
    this.#by.delete(key)
  }

  /** Wall clock in milliseconds, and words. */
  of(key: string): { readonly at: number; readonly words: string } | undefined {
    return this.#by.get(key)
  }
}
