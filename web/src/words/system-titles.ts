import type { PersonView } from '../../../src/core/view.ts'
import { words } from '../language/words.ts'

/** How the systems of one person are called. */
export interface Titles {
  /** A connector's id as people know the system; an id nobody named stays as it is. */
  system(connector: string): string
  /** The same with the address: an extension says something to a reader, an object id does not. */
  place(connector: string, address: string): string
  /** A text of the hub, which names a place as `pbx 1001` and a link as `pbx to teams`, in these names. */
  tidy(text: string): string
}

/** Addresses that say something to a reader: extensions and names, not object ids. */
export function readableAddresses(addresses: readonly string[]): readonly string[] {
  return addresses.filter((address) => address !== '' && !objectId.test(address))
}

const objectId = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i

export function titlesOf({ systems }: Pick<PersonView, 'systems'>): Titles {
  const titles = distinctTitles(systems.map(({ connector, title }) => ({ id: connector, title })))
  const system = (connector: string): string =>
    connector === 'board' ? words().person.thisBoard : (titles.get(connector) ?? connector)
  const place = (connector: string, address: string): string =>
    [system(connector), ...readableAddresses([address])].join(' · ')
  const places = systems.flatMap(({ connector, addresses }) =>
    addresses.map((address) => [`${connector} ${address}`, place(connector, address)] as const),
  )
  const tidy = (text: string): string => {
    const named = places.reduce((rest, [written, spoken]) => rest.replaceAll(written, spoken), text)
    return named.replace(/(\S+) to ([^\s:,]+)/g, (link, from: string, to: string) =>
      titles.has(from) && titles.has(to) ? `${system(from)} to ${system(to)}` : link,
    )
  }
  return { system, place, tidy }
}

/** Titles by id; two systems of one type are told apart by their ids. */
export function distinctTitles(
  systems: readonly { readonly id: string; readonly title: string }[],
): ReadonlyMap<string, string> {
  const counts = new Map<string, number>()
  for (const { title } of systems) counts.set(title, (counts.get(title) ?? 0) + 1)
  return new Map(systems.map(({ id, title }) => [id, counts.get(title) === 1 ? title : `${title} (${id})`]))
}
