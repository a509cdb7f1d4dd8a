import type { KeyValue } from '../core/connector.ts'

/**
 * Rows of a memory of which only the newest counts. They are written one after the other, in the order in which they were
 * put last, while nobody waits for it: a store may be away for hours.
 */
export class RowKeeper {
  readonly #memory: KeyValue
  readonly #failed: (cause: unknown) => void
  readonly #waiting = new Map<string, unknown>()
  #busy = false
  #written: Promise<void> = Promise.resolve()

  /** `failed`: what could not be written waits for the next `flush`. */
  constructor(memory: KeyValue, failed: (cause: unknown) => void) {
    this.#memory = memory
    this.#failed = failed
  }

  put(key: string, value: unknown): void {
    this.#waiting.delete(key)
    this.#waiting.set(key, value)
    void this.flush()
  }

  /** Resolves when nothing waits any more, or something could not be written. */
  flush(): Promise<void> {
    if (!this.#busy && this.#waiting.size > 0) {
      this.#busy = true
      this.#written = this.#write()
    }
    return this.#written
  }

  async #write(): Promise<void> {
    try {
      for (let [next] = this.#waiting; next; [next] = this.#waiting) {
        const [key, value] = next
        await this.#memory.set(key, value)
        // Unless a newer one was put meanwhile.
        if (this.#waiting.get(key) === value) this.#waiting.delete(key)
      }
    } catch (cause) {
      this.#failed(cause)
    } finally {
      this.#busy = false
    }
  }
}
