import type { Clock } from '../../../core/ports.ts'

/** Do not disturb of each address as a server told it last in this subscription. */
export class FeatureBook {
  readonly #told = new Map<string, boolean>()
  readonly #waiting = new Map<string, Set<() => void>>()

  of(address: string): boolean | undefined {
    return this.#told.get(address)
  }

  take(address: string, on: boolean): void {
    this.#told.set(address, on)
    for (const look of this.#waiting.get(address) ?? []) look()
  }

  /** The subscription in which it was told is over. */
  forget(address: string): void {
    this.#told.delete(address)
  }

  /** True as soon as what was told suits; false where it does not within so many milliseconds. */
  async until(
    address: string,
    suits: (told: boolean | undefined) => boolean,
    about: { readonly clock: Clock; readonly ms: number },
  ): Promise<boolean> {
    if (suits(this.#told.get(address))) return true
    const { promise, resolve } = Promise.withResolvers<boolean>()
    const look = () => {
      if (suits(this.#told.get(address))) resolve(true)
    }
    const waiting = this.#waiting.get(address) ?? new Set()
    this.#waiting.set(address, waiting.add(look))
    const timer = about.clock.after(about.ms, () => resolve(false))
    try {
      return await promise
    } finally {
      timer.cancel()
      waiting.delete(look)
      if (waiting.size === 0) this.#waiting.delete(address)
    }
  }
}
