import type { DirectoryEntry } from '../../../core/connector.ts'
import type { DirectoryPlace, PlacesQuery } from '../../../core/roster-port.ts'
import type { Engine } from '../../../engine/engine.ts'

/** Addresses of a directory that fit, with who is there already. */
export function findPlaces(
  { tenant, connector, text = '', limit }: PlacesQuery,
  entries: readonly DirectoryEntry[],
  engine: Engine,
): readonly DirectoryPlace[] {
  const wanted = text.trim().toLowerCase()
  const found: DirectoryPlace[] = []
  for (const { address, displayName, mails, aliases, upn } of entries) {
    if (found.length >= limit) break
    const known = [address, displayName ?? '', upn ?? '', ...mails, ...aliases]
    if (!known.some((one) => one.toLowerCase().includes(wanted))) continue
    const people = engine.people
      .at(tenant, connector, address)
      .filter(({ actor, point }) => !actor.retired?.has(point))
      .map(({ actor }) => actor.presentity.upn)
    const all = upn === undefined || mails.includes(upn) ? mails : [upn, ...mails]
    found.push({ address, ...(displayName !== undefined && { displayName }), mails: all, people })
  }
  return found
}
