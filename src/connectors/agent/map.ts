import type { Facet } from '../../core/observation.ts'
import { parsePresence, UNKNOWN } from '../../core/presence.ts'
import type { StrangeWord } from '../kit/unknown-values.ts'
import type { WireFacet } from './facet-schema.ts'

/** A facet of the wire as the hub takes it; a state in words that nobody knows is unknown, and noted. */
export function mapFacet(facet: WireFacet, note: (word: StrangeWord) => void): Facet {
  if (facet.kind === 'dialog') return { ...facet, evidence: facet.evidence ?? 'call' }
  if (facet.kind !== 'presence') return facet
  const state = parsePresence(facet.state)
  if (!state) note({ field: 'presence.state', value: facet.state, takenAs: 'unknown/unknown' })
  return { ...facet, chosen: facet.chosen ?? 'unknown', state: state ?? UNKNOWN }
}
