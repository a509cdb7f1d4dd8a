import type { Clock, Store } from '../core/ports.ts'

const scope = 'consent/switches'

/** A person's own switch, by id of the person. */
export interface Switch {
  readonly on: boolean
  /** Wall clock, milliseconds. */
  readonly at: number
  readonly by: string
}

/** Who switched sync on or off for themselves, of every tenant; on the disk before it counts. `load` before use. */
export class Switches {
  readonly #store: Pick<Store, 'commit' | 'memory'>
  readonly #clock: Clock
  readonly #tenants = new Map<string, Map<string, Switch>>()

  constructor(store: Pick<Store, 'commit' | 'memory'>, clock: Clock) {
    this.#store = store
    this.#clock = clock
  }

  async load(tenant: string): Promise<void> {
    const rows = await this.#store.memory(tenant, scope)
    this.#tenants.set(tenant, new Map([...rows].map(([id, body]) => [id, JSON.parse(body) as Switch])))
  }

  of(tenant: string): ReadonlyMap<string, Switch> {
    return this.#tenants.get(tenant) ?? new Map()
  }

  /** Answers the ids for whom it is different now. */
  async set(
    tenant: string,
    people: readonly string[],
    { on, by }: Pick<Switch, 'on' | 'by'>,
  ): Promise<readonly string[]> {
    const known = this.#tenants.get(tenant) ?? new Map<string, Switch>()
    this.#tenants.set(tenant, known)
    const changed = people.filter((id) => known.get(id)?.on !== on)
    if (changed.length === 0) return []
    const set: Switch = { on, at: Math.round(this.#clock.wall()), by }
    const body = JSON.stringify(set)
    await this.#store.commit(
      changed.map((key) => ({ put: 'memory', tenant, scope, key, body })),
      'full',
    )
    for (const id of changed) known.set(id, set)
    return changed
  }
}
