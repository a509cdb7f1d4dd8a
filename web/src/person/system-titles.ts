import type { PersonView } from '../../../src/core/view.ts'

/** Connector ids as people know the systems; an id nobody named stays as it is. */
export function systemTitles(person: PersonView): (connector: string) => string {
  const titles = new Map(person.systems.map(({ connector, title }) => [connector, title]))
  return (connector) => (connector === 'board' ? 'This board' : (titles.get(connector) ?? connector))
}
