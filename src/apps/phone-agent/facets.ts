import type { Facet, Observation } from '../../agent-client/wire.ts'
import type { Leg, Phones } from '../../lab/phones.ts'

const states = { ringing: 'early', talking: 'confirmed', held: 'held', ended: 'terminated' } as const

/** A leg of the lab's phones as an agent tells it. */
export function legFacet(leg: Leg): Facet {
  const { id, state, direction, party, number } = leg
  return { kind: 'dialog', leg: id, state: states[state], direction, party, remote: number }
}

/** Everything that is true at an extension; nothing for one that the lab does not have. */
export function observe(phones: Phones, extension: string): Observation[] {
  const phone = phones.phone(extension)
  if (!phone) return []
  const facets: Facet[] = [
    { kind: 'registration', registered: phone.registered },
    { kind: 'dnd', on: phone.dnd },
    ...phones.legs(extension).map(legFacet),
  ]
  return facets.map((facet) => ({ address: extension, facet }))
}
