import type { ClusterView, TenantWeight } from '../core/cluster.ts'

/** So many people more or less are not noted. */
const leastPeople = 20
/** Nor is this part of those noted. */
const leastPart = 0.1

/**
 * The tenants of this node whose people are not those noted any more. A few more or less are passed over, so that the plan of all
 * nodes does not change with each of them.
 */
export function staleWeights(
  { tenants }: ClusterView,
  isOwn: (tenant: string) => boolean,
  peopleOf: (tenant: string) => number,
): TenantWeight[] {
  return tenants.flatMap(({ tenant, people: noted }) => {
    if (!isOwn(tenant)) return []
    const people = peopleOf(tenant)
    const off = Math.abs(people - noted)
    return off >= leastPeople && off >= leastPart * noted ? [{ tenant, people }] : []
  })
}
