import type { Ownership } from '../core/cluster.ts'

export interface SpreadInput {
  /** Every tenant that is configured. */
  readonly tenants: readonly string[]
  readonly owners: readonly Ownership[]
  /** Incarnations of the nodes that take tenants. */
  readonly nodes: readonly string[]
}

/**
 * Which node is to have which tenant: every node works it out by itself from the same rows, and they agree. As few as can be change hands:
 * whoever has one keeps it, unless another node has two fewer.
 */
export function spreadTenants({ tenants, owners, nodes }: SpreadInput): ReadonlyMap<string, string> {
  const plan = new Map<string, string>()
  if (nodes.length === 0) return plan
  const held = new Map<string, string[]>(nodes.toSorted().map((node) => [node, []]))
  const owned = new Map(owners.map(({ tenant, owner }) => [tenant, owner]))
  const free: string[] = []
  for (const tenant of tenants.toSorted()) {
    const kept = held.get(owned.get(tenant) ?? '')
    if (kept) kept.push(tenant)
    else free.push(tenant)
  }
  for (const tenant of free) fewest(held).push(tenant)
  for (;;) {
    const [least, most] = [fewest(held), fullest(held)]
    if (most.length - least.length < 2) break
    least.push(most.pop()!)
  }
  for (const [node, list] of held) for (const tenant of list) plan.set(tenant, node)
  return plan
}

function fewest(held: ReadonlyMap<string, string[]>): string[] {
  return [...held.values()].reduce((least, list) => (list.length < least.length ? list : least))
}

function fullest(held: ReadonlyMap<string, string[]>): string[] {
  return [...held.values()].reduce((most, list) => (list.length > most.length ? list : most))
}
