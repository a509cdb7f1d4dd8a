import type { NothingTold, PastSubject } from '../../core/history-port.ts'
import type { HubStore } from '../../core/hub-store.ts'
import type { Policy } from '../../core/policy.ts'
import type { LedgerRow } from '../../core/ports.ts'
import type { ExplainView } from '../../core/view.ts'
import { explainPast } from '../../engine/explain-past.ts'
import { openRows, type RunningTenant, viewContext } from './port.ts'
import type { Parts } from './systems.ts'

/** How many closed ledger rows are looked through for what was written by then. */
const ledgerRows = 10_000

/** A person by the tenant's and their own id; who has left is found by the id alone. */
export interface FoundPerson {
  readonly tenant: string
  readonly id: string
}

export interface PastParts {
  readonly parts: Parts & { readonly store: HubStore }
  /** Ids of every tenant, also of those that other hubs have. */
  readonly configured: () => readonly string[]
  readonly policyAt: (tenant: string, version: number) => Policy | undefined
}

/** Looks into the past of people. */
export class PastOfPeople {
  readonly #tenants: ReadonlyMap<string, RunningTenant>
  readonly #of: PastParts

  constructor(tenants: ReadonlyMap<string, RunningTenant>, of: PastParts) {
    this.#tenants = tenants
    this.#of = of
  }

  /** A person of today; where a tenant is named, or is the only one, anybody: they may have left. */
  find({ key, tenant }: PastSubject): FoundPerson | undefined {
    const id = key.toLowerCase()
    const owners = tenant === undefined ? this.#of.configured() : [tenant]
    const owner = owners.find((one) => this.#of.parts.engine.people.get(one, id))
    if (owner !== undefined) return { tenant: owner, id }
    const [only, ...more] = owners
    return only !== undefined && more.length === 0 && this.#tenants.has(only)
      ? { tenant: only, id }
      : undefined
  }

  async explain({ tenant, id }: FoundPerson, at: number): Promise<ExplainView | NothingTold | undefined> {
    const { engine, store } = this.#of.parts
    const row = await store.historyAt(tenant, id, at)
    const actor = engine.people.get(tenant, id)
    if (!row) {
      if (!actor) return undefined
      return {
        none: `Nothing is kept of ${id} from ${new Date(at).toISOString()}: history begins later, or the retention has ended.`,
      }
    }
    const policy = this.#of.policyAt(tenant, row.policyVersion)
    if (!policy)
      return { none: `Version ${row.policyVersion} of the rules, which was in force then, is not stored.` }
    const ledger: readonly LedgerRow[] = [
      ...(actor ? openRows(actor, engine.now()) : []),
      ...(await store.ledgerOf(tenant, id, ledgerRows)),
    ]
    const name = {
      upn: actor?.presentity.upn ?? id,
      displayName: actor?.presentity.displayName ?? id,
    }
    const view = explainPast({
      row,
      name,
      ledger,
      context: { ...viewContext(engine, tenant), policy, now: at },
    })
    return { ...view, rules: { version: row.policyVersion } }
  }
}
