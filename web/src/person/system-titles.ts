import type { PersonView } from '../../../src/core/view.ts'

/** How the systems of one person are called. */
export interface Titles {
  /** A connector's id as people know the system; an id nobody named stays as it is. */
  system(connector: string): string
  /** The same with the address: an extension says something to a reader, an object id does not. */
  place(connector: string, address: string): string
}

const objectId = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i

export function titlesOf(person: PersonView): Titles {
  const titles = new Map(person.systems.map(({ connector, title }) => [connector, title]))
  const system = (connector: string): string =>
    connector === 'board' ? 'This board' : (titles.get(connector) ?? connector)
  return {
    system,
    place: (connector, address) =>
      objectId.test(address) ? system(connector) : `${system(connector)} · ${address}`,
  }
}
