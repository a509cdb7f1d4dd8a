import type { Outcome, Publication } from '../../core/connector.ts'
import type { Contribution, Ending } from '../../core/ledger.ts'
import type { Clock, LedgerRow, Store } from '../../core/ports.ts'
import type { Written } from '../../sites/wire.ts'

export interface SiteLedgerParts {
  readonly store: Store
  readonly clock: Clock
  readonly tenant: string
}

/** Of one slot of one address. */
export const rowId = (connector: string, address: string, slot: string) => `${connector}/${address}/${slot}`

/**
 * What was written at the site, at the site: one row for each slot of each address, open while something of the hub's may
 * be there. Whose address it is only the hub knows; here it goes by the address.
 */
export class SiteLedger {
  readonly #parts: SiteLedgerParts
  readonly #open = new Map<string, LedgerRow>()

  private constructor(parts: SiteLedgerParts) {
    this.#parts = parts
  }

  static async open(parts: SiteLedgerParts): Promise<SiteLedger> {
    const ledger = new SiteLedger(parts)
    for await (const row of parts.store.openLedger()) ledger.#open.set(row.id, row)
    return ledger
  }

  /** On the disk before it is sent. Answers how to note what became of it. */
  async intend(connector: string, publication: Publication): Promise<(outcome: Outcome) => Promise<void>> {
    const { address, slot, act } = publication
    const id = rowId(connector, address, slot)
    const before = this.#open.get(id)
    if (act === 'withdraw') return (outcome) => this.#withdrawn(before, outcome)
    const row = this.#rowOf(connector, publication, id)
    this.#open.set(id, row)
    await this.#put(row)
    return async (outcome) => {
      // Nothing was written: what was there before is as it was.
      if (outcome.kind !== 'rejected' && outcome.kind !== 'deferred') return
      if (before) {
        this.#open.set(id, before)
        await this.#put(before)
      } else await this.#close(row, 'rejected')
    }
  }

  /** What may be there, of one connector. */
  openAt(connector: string): readonly LedgerRow[] {
    return [...this.#open.values()].filter((row) => row.connector === connector)
  }

  /** Connectors with something that may be there. */
  get connectors(): ReadonlySet<string> {
    return new Set([...this.#open.values()].map((row) => row.connector))
  }

  /** It is not there any more. */
  async end(row: LedgerRow, ending: Ending): Promise<void> {
    if (this.#open.get(row.id) === row) await this.#close(row, ending)
  }

  /** What the hub knows to be there and this site does not: it was written by another that stood in this place. */
  async adopt(connector: string, written: readonly Written[]): Promise<void> {
    for (const { address, slot, state } of written) {
      const id = rowId(connector, address, slot)
      if (this.#open.has(id)) continue
      // From before whatever is heard of the phone: it may have been taken away there already.
      const row = { ...this.#rowOf(connector, { address, slot, state }, id), updatedAt: 0 }
      this.#open.set(id, row)
      await this.#put(row)
    }
  }

  async #withdrawn(row: LedgerRow | undefined, outcome: Outcome): Promise<void> {
    if (row && (outcome.kind === 'applied' || outcome.kind === 'unchanged')) {
      await this.#close(row, 'withdrawn')
    }
  }

  async #close(row: LedgerRow, ending: Ending): Promise<void> {
    const now = Math.round(this.#parts.clock.wall())
    const contribution = JSON.parse(row.body) as Contribution
    const closed: Contribution = { ...contribution, endIntentAt: now, endAckAt: now, ending }
    this.#open.delete(row.id)
    await this.#put({ ...row, open: false, updatedAt: now, body: JSON.stringify(closed) })
  }

  #rowOf(
    connector: string,
    { address, slot, state, lifeMs }: Written & Pick<Publication, 'lifeMs'>,
    id: string,
  ): LedgerRow {
    const now = Math.round(this.#parts.clock.wall())
    const contribution: Partial<Contribution> = {
      ...{ id, slot, act: 'assert', state, intentAt: now },
      cause: { link: 'hub', kind: 'choice', at: now, text: 'written for the hub' },
      ...(lifeMs !== undefined && { expiresAt: now + lifeMs }),
    }
    const { tenant } = this.#parts
    return {
      ...{ id, tenant, presentity: address.toLowerCase(), connector, address, slot },
      ...{ open: true, updatedAt: now, body: JSON.stringify(contribution) },
    }
  }

  #put(entry: LedgerRow): Promise<void> {
    return this.#parts.store.commit([{ put: 'ledger', entry }], 'full')
  }
}
