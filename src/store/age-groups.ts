import type { LedgerLimits } from '../core/hub-store.ts'

/** Up to which time the rows of each tenant were gone through; of all that no limit names by undefined. */
export type GoneThrough = Map<string | undefined, number>

/** Tenants whose rows are forgotten from the same time on. */
export interface AgeGroup {
  /** Rows from here on were not gone through yet. */
  readonly from: number
  readonly before: number
  /** Those in it, or, where `others`, those not in it. */
  readonly tenants: ReadonlySet<string>
  readonly others: boolean
  /** All of it was gone through. */
  done(): void
}

/**
 * Tenants are many and the lengths for which they keep things are few: rows are gone through in the order of time, once for each length,
 * and each time those only that have passed it since the last time.
 */
export function groupByAge(
  { tenants, othersBefore }: LedgerLimits,
  through: GoneThrough,
): readonly AgeGroup[] {
  const named = new Set(tenants.map(({ tenant }) => tenant))
  for (const tenant of through.keys()) {
    if (tenant === undefined || named.has(tenant)) continue
    through.delete(tenant)
    // What it had is with the others now, however old.
    through.delete(undefined)
  }
  const byLimit = new Map<number, Set<string>>()
  for (const { tenant, before } of tenants)
    byLimit.set(before, (byLimit.get(before) ?? new Set()).add(tenant))
  const group = (before: number, of: Iterable<string | undefined>) => ({
    from: Math.min(...[...of].map((tenant) => through.get(tenant) ?? Number.MIN_SAFE_INTEGER)),
    before,
    done: () => {
      for (const tenant of of) through.set(tenant, before)
    },
  })
  return [
    ...[...byLimit].map(([before, of]) => ({ ...group(before, of), tenants: of, others: false })),
    { ...group(othersBefore, [undefined]), tenants: named, others: true },
  ]
}

export function isIn({ tenants, others }: AgeGroup, tenant: string): boolean {
  return tenants.has(tenant) !== others
}
