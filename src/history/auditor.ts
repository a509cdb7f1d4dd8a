import type { AuditEntry } from '../core/history.ts'
import type { Clock, Store } from '../core/ports.ts'

export interface AuditorParts {
  readonly store: Store
  readonly clock: Clock
  /** Unique for the life of the store. */
  readonly nextId: () => string
}

/** Writes the audit log: an entry is on the disk before what it tells of goes on. */
export class Auditor {
  readonly #parts: AuditorParts
  #count = 0

  constructor(parts: AuditorParts) {
    this.#parts = parts
  }

  /** Rejects where the store does not take the entry: then what was to be done must not be done. */
  async note(entry: AuditEntry): Promise<void> {
    const { store, clock, nextId } = this.#parts
    this.#count += 1
    // Within one moment the later entry sorts later.
    const id = `${String(this.#count).padStart(9, '0')}-${nextId()}`
    const row = {
      ...entry,
      id,
      at: Math.round(clock.wall()),
      detail: entry.detail.replaceAll('\0', ' ').toWellFormed(),
    }
    await store.commit([{ put: 'audit', row }], 'full')
  }
}
