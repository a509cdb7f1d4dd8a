/** Tenants that move together, sorted; nearly always one. Lists that share a tenant are one unit; who is not among `tenants` is in none. */
export function joinUnits(
  tenants: readonly string[],
  together: readonly (readonly string[])[],
): readonly (readonly string[])[] {
  const unitOf = new Map(tenants.map((tenant) => [tenant, [tenant]]))
  for (const ids of together) {
    const [first, ...rest] = ids.filter((id) => unitOf.has(id))
    for (const id of rest) {
      const [into, from] = [unitOf.get(first!)!, unitOf.get(id)!]
      if (into === from) continue
      into.push(...from)
      for (const one of from) unitOf.set(one, into)
    }
  }
  return [...new Set(unitOf.values())].map((unit) => unit.sort())
}
