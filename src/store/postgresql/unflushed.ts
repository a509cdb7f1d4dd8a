import type { PackedChange } from '../changes.ts'

interface Written {
  readonly at: number
  readonly changes: readonly PackedChange[]
}

/**
 * What the server has acknowledged and may still lose if it crashes (`synchronous_commit = off`): the hub that lives on
 * writes it again. A commit that was flushed has flushed all before it.
 * https://www.postgresql.org/docs/15/wal-async-commit.html
 */
export class Unflushed {
  readonly #keepMs: number
  #written: Written[] = []

  /** `walWriterDelayMs`: the server's setting; after three times as long everything is on its disk. */
  constructor(walWriterDelayMs: number) {
    this.#keepMs = 3 * walWriterDelayMs + 1_000
  }

  /** `now`: monotonic milliseconds. */
  add(changes: readonly PackedChange[], now: number): void {
    this.#written.push({ at: now, changes })
    const kept = this.#written.findIndex(({ at }) => at >= now - this.#keepMs)
    if (kept > 0) this.#written.splice(0, kept)
  }

  flushed(): void {
    this.#written = []
  }

  /** In the order in which it was written. */
  get changes(): readonly PackedChange[] {
    return this.#written.flatMap(({ changes }) => changes)
  }
}
