import type { PersonView } from '../../../src/core/view.ts'

/** How the systems of one person are called. */
export interface Titles {
  /** A connector's id as people know the system; an id nobody named stays as it is. */
  system(connector: string): string
  /** The same with the address: an extension says something to a reader, an object id does not. */
  place(connector: string, address: string): string
}

/** Addresses that say something to a reader: extensions and names, not object ids. */
export function readableAddresses(addresses: readonly string[]): readonly string[] {
  return addresses.filter((address) => address !== '' && !objectId.test(address))
}

const objectId = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i

export function titlesOf({ systems }: Pick<PersonView, 'systems'>): Titles {
  const titles = distinctTitles(systems.map(({ connector, title }) => ({ id: connector, title })))
  const system = (connector: string): string =>
    connector === 'board' ? 'This board' : (titles.get(connector) ?? connector)
  return {
    system,
    place: (connector, address) => [system(connector), ...readableAddresses([address])].join(' · '),
  }
}

/** Titles by id; two systems of one type are told apart by their ids. */
export function distinctTitles(
  systems: readonly { readonly id: string; readonly title: string }[],
): ReadonlyMap<string, string> {
  const counts = new Map<string, number>()
  for (const { title } of systems) counts.set(title, (counts.get(title) ?? 0) + 1)
  return new Map(systems.map(({ id, title }) => [id, counts.get(title) === 1 ? title : `${title} (${id})`]))
}
