import type { AuditEntry } from '../core/history.ts'
import type { Clock, Store } from '../core/ports.ts'

export interface AuditorParts {
  readonly store: Store
  readonly clock: Clock
  /** Unique for the life of the store. */
  readonly nextId: () => string
  /** The network address for which something is done, where there is one. */
  readonly whence?: () => string | undefined
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
    const { store, clock, nextId, whence } = this.#parts
    const from = whence?.()
    const detail = [entry.detail, from === undefined ? '' : `from ${from}`]
      .filter((text) => text !== '')
      .join('; ')
    this.#count += 1
    // Within one moment the later entry sorts later.
    const id = `${String(this.#count).padStart(9, '0')}-${nextId()}`
    const row = {
      ...entry,
      id,
      at: Math.round(clock.wall()),
      detail: detail.replaceAll('\0', ' ').toWellFormed(),
    }
    await store.commit([{ put: 'audit', row }], 'full')
  }
}
