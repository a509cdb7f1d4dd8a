import { randomUUID } from 'node:crypto'
import type { Clock, Store } from '../core/ports.ts'

export interface ClaimParts {
  readonly store: Pick<Store, 'commit' | 'memory'>
  readonly clock: Clock
  /** Of the store's memory. */
  readonly scope: string
}

interface Row {
  readonly by: string
  readonly until: number
}

/** What works once in all, wherever it is tried: of several hubs the store says who was first. */
export class Claims {
  readonly #parts: ClaimParts
  readonly #place: { readonly tenant: ''; readonly scope: string }

  constructor(parts: ClaimParts) {
    this.#parts = parts
    this.#place = { tenant: '', scope: parts.scope }
  }

  /** True for the first who claims it. Until then nobody may again; wall clock, milliseconds. Rejects with StoreFailure. */
  async claim(key: string, until: number): Promise<boolean> {
    const { store } = this.#parts
    const body = JSON.stringify({ by: randomUUID(), until } satisfies Row)
    try {
      await store.commit([{ put: 'newMemory', ...this.#place, key, body }], 'full')
    } catch (error) {
      const there = (await store.memory(this.#place.tenant, this.#place.scope)).get(key)
      if (there === undefined) throw error
      return there === body
    }
    return true
  }

  /** Forgets what is over. */
  async sweep(): Promise<void> {
    const { store, clock } = this.#parts
    const rows = await store.memory(this.#place.tenant, this.#place.scope)
    const over = [...rows].filter(([, body]) => (JSON.parse(body) as Row).until <= clock.wall())
    if (over.length === 0) return
    await store.commit(
      over.map(([key]) => ({ delete: 'memory', ...this.#place, key })),
      'normal',
    )
  }
}
