import type { FeedEvent, Observation } from '../../core/observation.ts'
import { UNKNOWN } from '../../core/presence.ts'

/**
 * Who has no Teams licence, as the directory told (`read.licences`). Graph's presence does not: it answers
 * PresenceUnknown for them as for anybody of whom it knows nothing.
 */
export class Licences {
  #without: ReadonlySet<string> = new Set()

  /** Takes the whole new set of ids; returns those for whom it has changed. */
  replace(without: readonly string[]): readonly string[] {
    const before = this.#without
    this.#without = new Set(without.map((id) => id.toLowerCase()))
    return [...this.#without.symmetricDifference(before)]
  }

  /** Says why nothing is known of somebody, where that is why. */
  mark(event: FeedEvent): FeedEvent {
    if (this.#without.size === 0) return event
    if (event.type === 'observed') return { ...event, observation: this.#markOne(event.observation) }
    if (event.type !== 'snapshot') return event
    return { ...event, observations: event.observations.map((one) => this.#markOne(one)) }
  }

  #markOne(observation: Observation): Observation {
    const { address, facet } = observation
    if (facet.kind !== 'presence' || facet.state !== UNKNOWN) return observation
    if (!this.#without.has(address.toLowerCase())) return observation
    return { ...observation, facet: { ...facet, absent: 'notLicensed' } }
  }
}
