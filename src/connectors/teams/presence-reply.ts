import type { PresenceFacet } from '../../core/observation.ts'
import { type Presence, UNKNOWN } from '../../core/presence.ts'
import { readJson } from '../kit/http.ts'
import { type Reading, readWords } from './vocabulary.ts'

/** One element of a getPresencesByUserId answer. Only the id is sure; everything else is looked at with care. */
export interface GraphPresence {
  readonly id: string
  readonly availability?: unknown
  readonly activity?: unknown
  readonly outOfOfficeSettings?: unknown
  readonly sequenceNumber?: unknown
}

export interface PresenceReply {
  readonly presences: readonly GraphPresence[]
  /** Elements that were no presence at all. */
  readonly malformed: number
}

const isPresence = (item: unknown): item is GraphPresence =>
  typeof item === 'object' && item !== null && 'id' in item && typeof item.id === 'string'

/** Bytes to vendor type; undefined when the document is not the answer of getPresencesByUserId. */
export function decodePresences(text: string): PresenceReply | undefined {
  const body = readJson(text)
  if (typeof body !== 'object' || body === null || !('value' in body) || !Array.isArray(body.value)) {
    return undefined
  }
  const items: readonly unknown[] = body.value
  if (items.every(isPresence)) return { presences: items, malformed: 0 }
  const presences = items.filter(isPresence)
  return { presences, malformed: items.length - presences.length }
}

export function sequenceOf(item: GraphPresence): string | undefined {
  return typeof item.sequenceNumber === 'string' && item.sequenceNumber !== ''
    ? item.sequenceNumber
    : undefined
}

function isOutOfOffice(item: GraphPresence): boolean {
  const settings = item.outOfOfficeSettings
  return (
    typeof settings === 'object' &&
    settings !== null &&
    'isOutOfOffice' in settings &&
    settings.isOutOfOffice === true
  )
}

const word = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Words beyond these are not remembered, so that nonsense cannot fill the memory. */
const mostRemembered = 500

/**
 * Vendor type to facet. The same facet object for the same meaning, so that "has it changed?" is one comparison of
 * references, and a hundred thousand unchanged people cost nothing but two look-ups each.
 */
export class FacetTable {
  readonly #readings = new Map<string, Map<string, Reading>>()
  readonly #facets = new Map<string, PresenceFacet>()
  readonly #byReading = new Map<Reading, readonly [PresenceFacet, PresenceFacet]>()
  readonly #strange: (availability: string, activity: string) => void
  #remembered = 0

  /** `strange` is called with every pair that holds a word in neither of Graph's lists. */
  constructor(strange: (availability: string, activity: string) => void) {
    this.#strange = strange
  }

  /** What stands for someone whom Graph does not tell us about. */
  readonly unknown: PresenceFacet = { kind: 'presence', state: UNKNOWN, chosen: 'unknown' }

  facet(item: GraphPresence): PresenceFacet {
    const reading = this.#reading(word(item.availability), word(item.activity))
    let both = this.#byReading.get(reading)
    if (!both) {
      both = [this.#share(reading, reading.outOfOffice), this.#share(reading, true)]
      this.#byReading.set(reading, both)
    }
    return isOutOfOffice(item) ? both[1] : both[0]
  }

  #reading(availability: string, activity: string): Reading {
    const known = this.#readings.get(availability)?.get(activity)
    if (known) {
      if (known.strange) this.#strange(availability, activity)
      return known
    }
    const reading = readWords(availability, activity)
    if (reading.strange) this.#strange(availability, activity)
    if (this.#remembered >= mostRemembered) return reading
    this.#remembered += 1
    let row = this.#readings.get(availability)
    if (!row) {
      row = new Map()
      this.#readings.set(availability, row)
    }
    row.set(activity, reading)
    return reading
  }

  #share(reading: Reading, outOfOffice: boolean): PresenceFacet {
    const { state, chosen } = reading
    if (state === UNKNOWN && !outOfOffice) return this.unknown
    const key = `${keyOf(state)}/${chosen}/${outOfOffice}`
    let facet = this.#facets.get(key)
    if (!facet) {
      facet = { kind: 'presence', state, chosen, outOfOffice }
      this.#facets.set(key, facet)
    }
    return facet
  }
}

const keyOf = (state: Presence) => `${state.availability}/${state.activity}`
