import { daysKept } from '../../config/history-schema.ts'
import type { TenantConfig } from '../../config/resolved.ts'
import type { HistoryLimit } from '../../core/history.ts'
import type { LedgerLimits } from '../../core/hub-store.ts'
import { recentWritesMs } from '../../core/ledger.ts'

const dayMs = 86_400_000
/** Closed ledger rows of a person that are kept where there is a history. */
const rowsPerPerson = 5_000

type Keeper = Pick<TenantConfig, 'id' | 'history'>

/** Of which tenants history is kept, and from when; `now` and what is told are wall clock, whole milliseconds. */
export function historyLimits(tenants: readonly Keeper[], now: number): readonly HistoryLimit[] {
  return tenants.flatMap(({ id, history }) => {
    const days = daysKept(history)
    return days > 0 ? [{ tenant: id, before: now - days * dayMs }] : []
  })
}

/**
 * Writes that are over are kept as long as the tenant's history, so that its past can be told whole. Without one, and of
 * tenants that are configured no more, only what is recent stays. `counted`: a person's rows are counted as well.
 */
export function ledgerLimits(
  tenants: readonly Keeper[],
  now: number,
  { counted }: { readonly counted: boolean },
): LedgerLimits {
  return {
    tenants: historyLimits(tenants, now).map((limit) => ({ ...limit, ...(counted && { rowsPerPerson }) })),
    othersBefore: now - recentWritesMs,
  }
}
