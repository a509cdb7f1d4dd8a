import type { Outcome, Publication } from '../../core/connector.ts'
import type { Contribution } from '../../core/ledger.ts'
import type { Clock, LedgerRow, Store } from '../../core/ports.ts'

export interface SiteLedgerParts {
  readonly store: Store
  readonly clock: Clock
  readonly tenant: string
}

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
    const id = `${connector}/${address}/${slot}`
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

  async #withdrawn(row: LedgerRow | undefined, outcome: Outcome): Promise<void> {
    if (row && (outcome.kind === 'applied' || outcome.kind === 'unchanged')) {
      await this.#close(row, 'withdrawn')
    }
  }

  async #close(row: LedgerRow, ending: NonNullable<Contribution['ending']>): Promise<void> {
    const now = Math.round(this.#parts.clock.wall())
    const contribution = JSON.parse(row.body) as Contribution
    const closed: Contribution = { ...contribution, endIntentAt: now, endAckAt: now, ending }
    this.#open.delete(row.id)
    await this.#put({ ...row, open: false, updatedAt: now, body: JSON.stringify(closed) })
  }

  #rowOf(connector: string, { address, slot, state, lifeMs }: Publication, id: string): LedgerRow {
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
