import type { Clock, Store } from '../../core/ports.ts'

const scope = 'site/link'
const key = 'cutAt'

export interface AbsenceParts {
  readonly store: Pick<Store, 'commit' | 'memory'>
  readonly clock: Clock
  readonly tenant: string
}

/** How long the hub has been away. A restart of the site does not begin anew: when it began is on the disk. */
export class Absence {
  readonly #parts: AbsenceParts
  /** Monotonic; undefined while the hub is there. */
  #since: number | undefined

  private constructor(parts: AbsenceParts, since: number) {
    this.#parts = parts
    this.#since = since
  }

  /** The hub counts as away until it was heard. */
  static async open(parts: AbsenceParts): Promise<Absence> {
    const { store, clock, tenant } = parts
    const known = Number((await store.memory(tenant, scope)).get(key) ?? Number.NaN)
    // A clock that was set back since tells nothing: counted from now then.
    const before = Number.isFinite(known) ? Math.max(0, clock.wall() - known) : 0
    const absence = new Absence(parts, clock.monotonic() - before)
    if (!Number.isFinite(known)) await absence.#note()
    return absence
  }

  /** Milliseconds; undefined while the hub is there. */
  get ms(): number | undefined {
    return this.#since === undefined ? undefined : this.#parts.clock.monotonic() - this.#since
  }

  async over(): Promise<void> {
    this.#since = undefined
    const { store, tenant } = this.#parts
    await store.commit([{ delete: 'memory', tenant, scope, key }], 'normal')
  }

  async begin(): Promise<void> {
    if (this.#since !== undefined) return
    this.#since = this.#parts.clock.monotonic()
    await this.#note()
  }

  async #note(): Promise<void> {
    const { store, clock, tenant } = this.#parts
    const body = String(Math.round(clock.wall()))
    await store.commit([{ put: 'memory', tenant, scope, key, body }], 'normal')
  }
}
