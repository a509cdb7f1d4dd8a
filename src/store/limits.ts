import type { LedgerLimits } from '../core/hub-store.ts'
import { StoreFailure } from './failure.ts'

/** Throws StoreFailure `invalid` for limits that no store can keep to. */
export function checkLimits({ tenants, othersBefore }: LedgerLimits): void {
  const numbers = tenants.flatMap(({ before, rowsPerPerson = 0 }) => [before, rowsPerPerson])
  const valid = [othersBefore, ...numbers].every(Number.isSafeInteger)
  if (!valid || tenants.some(({ rowsPerPerson = 0 }) => rowsPerPerson < 0))
    throw new StoreFailure(
      'invalid',
      'prune wants whole numbers: othersBefore and before (ms), and rowsPerPerson (0 or more)',
    )
}
