import type { Lab } from '../../../src/lab/lab.ts'
import type { HttpSystem } from '../../support/http-system/server.ts'

/** A person's extension is made of the number in the word. */
export const extensionOf = (person: string) => `2${person.replace(/\D/g, '').padStart(3, '0')}`

/** Whom a leg is with, as somebody dials it: a colleague, a star code, a short number that nobody here has. */
const numbers = { internal: '2999', code: '*97', unknown: '117' } as const

/** What the lab's phones do. */
export function calls({ phones }: Lab): Pick<HttpSystem, 'leg' | 'hangup'> {
  return {
    leg(person, { state, direction, party, featureCode }) {
      const other = featureCode ? 'code' : party
      phones.start({
        extension: extensionOf(person),
        direction: direction === 'inbound' ? 'inbound' : 'outbound',
        answer: state === 'confirmed',
        ...(other !== 'external' && { to: numbers[other] }),
        ...(other === 'internal' && { party: 'internal' }),
      })
    },
    hangup: (person) => void phones.hangup(extensionOf(person)),
  }
}
