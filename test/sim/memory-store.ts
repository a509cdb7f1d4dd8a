import type { LedgerRow, PresentityRow, Store, StoreChange } from '../../src/core/ports.ts'

/** All rows at one moment. Rows are immutable, so a copy of the maps is a copy of the store. */
export interface StoreCopy {
  readonly presentities: ReadonlyMap<string, PresentityRow>
  readonly ledger: ReadonlyMap<string, LedgerRow>
  readonly memory: ReadonlyMap<string, string>
}

export const emptyCopy: StoreCopy = { presentities: new Map(), ledger: new Map(), memory: new Map() }

/** The store port in memory. What was committed is durable: it outlives any number of hubs. */
export class MemoryStore implements Store {
  readonly #presentities: Map<string, PresentityRow>
  readonly #ledger: Map<string, LedgerRow>
  readonly #memory: Map<string, string>
  commits = 0

  constructor(copy: StoreCopy = emptyCopy) {
    this.#presentities = new Map(copy.presentities)
    this.#ledger = new Map(copy.ledger)
    this.#memory = new Map(copy.memory)
  }

  snapshot(): StoreCopy {
    return {
      presentities: new Map(this.#presentities),
      ledger: new Map(this.#ledger),
      memory: new Map(this.#memory),
    }
  }

  commit(changes: readonly StoreChange[]): Promise<void> {
    this.commits += 1
    for (const change of changes) this.#apply(change)
    return Promise.resolve()
  }

  #apply(change: StoreChange): void {
    if ('put' in change) {
      if (change.put === 'presentity') {
        const { tenant, id, body } = change
        this.#presentities.set(`${tenant}\n${id}`, { tenant, id, body })
      } else if (change.put === 'ledger') this.#ledger.set(change.entry.id, change.entry)
      else if (change.put === 'memory')
        this.#memory.set(`${change.tenant}\n${change.scope}\n${change.key}`, change.body)
    } else if (change.delete === 'presentity') this.#presentities.delete(`${change.tenant}\n${change.id}`)
    else if (change.delete === 'memory')
      this.#memory.delete(`${change.tenant}\n${change.scope}\n${change.key}`)
  }

  async *presentities(tenant?: string): AsyncIterable<PresentityRow> {
    yield* [...this.#presentities.values()].filter((row) => tenant === undefined || row.tenant === tenant)
  }

  async *openLedger(tenant?: string): AsyncIterable<LedgerRow> {
    const open = [...this.#ledger.values()].filter((row) => row.open)
    yield* open.filter((row) => tenant === undefined || row.tenant === tenant)
  }

  ledgerOf(tenant: string, presentity: string, limit: number): Promise<readonly LedgerRow[]> {
    const rows = [...this.#ledger.values()]
      .filter((row) => !row.open && row.tenant === tenant && row.presentity === presentity)
      .sort((a, b) => b.updatedAt - a.updatedAt)
    return Promise.resolve(rows.slice(0, limit))
  }

  memory(tenant: string, scope: string): Promise<ReadonlyMap<string, string>> {
    const prefix = `${tenant}\n${scope}\n`
    const found = new Map<string, string>()
    for (const [key, body] of this.#memory) {
      if (key.startsWith(prefix)) found.set(key.slice(prefix.length), body)
    }
    return Promise.resolve(found)
  }

  close(): Promise<void> {
    return Promise.resolve()
  }
}
