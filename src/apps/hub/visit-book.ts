import type { Clock, Store } from '../../core/ports.ts'

const scope = 'self/visits'
/** A visit is written again after so long, milliseconds. */
const noteMs = 24 * 3_600_000

/** Who has ever opened their own page or tab, and when last; over restarts. */
export class VisitBook {
  readonly #store: Pick<Store, 'commit' | 'memory'>
  readonly #clock: Clock
  readonly #tenants = new Map<string, Promise<Map<string, number>>>()

  constructor(store: Pick<Store, 'commit' | 'memory'>, clock: Clock) {
    this.#store = store
    this.#clock = clock
  }

  /** By id of the person, when they last came: wall clock, milliseconds. */
  of(tenant: string): Promise<ReadonlyMap<string, number>> {
    return this.#read(tenant)
  }

  async note(tenant: string, person: string): Promise<void> {
    const known = await this.#read(tenant)
    const now = Math.round(this.#clock.wall())
    if (now - (known.get(person) ?? Number.NEGATIVE_INFINITY) < noteMs) return
    known.set(person, now)
    const body = JSON.stringify(now)
    await this.#store.commit([{ put: 'memory', tenant, scope, key: person, body }], 'normal')
  }

  #read(tenant: string): Promise<Map<string, number>> {
    const reading = this.#tenants.get(tenant) ?? this.#load(tenant)
    this.#tenants.set(tenant, reading)
    return reading
  }

  async #load(tenant: string): Promise<Map<string, number>> {
    const rows = await this.#store.memory(tenant, scope)
    return new Map([...rows].map(([id, body]) => [id, Number(JSON.parse(body))]))
  }
}
