import type { FeedEvent, Observation, PresenceFacet } from '../../core/observation.ts'
import type { Clock } from '../../core/ports.ts'
import type { People, Watched } from './people.ts'

/** The one feed of the connector. */
const feedName = 'presence'

/**
 * What the hub is told. The hub's lease is reckoned here as well: once it has run out the feed is lost there, and only
 * a new epoch with its snapshots brings it back.
 */
export class PresenceFeed {
  readonly #people: People
  readonly #clock: Clock
  readonly #told: { emit(event: FeedEvent): void; leaseMs(): number }
  #open = false
  #leaseMs = 0
  #heardAt = 0

  /** `leaseMs`: length of the lease of an epoch that begins now. */
  constructor(people: People, clock: Clock, told: { emit(event: FeedEvent): void; leaseMs(): number }) {
    this.#people = people
    this.#clock = clock
    this.#told = told
  }

  get open(): boolean {
    return this.#open
  }

  /** Begins an epoch unless one is under way: the next thing said of everyone is a snapshot. */
  ensureOpen(): void {
    const now = this.#clock.monotonic()
    if (this.#open && now - this.#heardAt > this.#leaseMs * 0.95)
      this.lost('nothing could be read for too long')
    if (this.#open) return
    for (const person of this.#people.all()) person.synced = false
    this.#open = true
    this.#leaseMs = this.#told.leaseMs()
    this.#heardAt = now
    this.#told.emit({ type: 'opened', feed: feedName, leaseMs: this.#leaseMs })
  }

  /** A new epoch when a round has come to take so long that the lease would run out between two. */
  ensureLease(): void {
    if (!this.#open || this.#told.leaseMs() <= this.#leaseMs * 1.5) return
    this.#open = false
    this.ensureOpen()
  }

  lost(reason: string): void {
    if (!this.#open) return
    this.#open = false
    this.#told.emit({ type: 'lost', feed: feedName, reason })
  }

  /** A whole round was read. */
  renewed(): void {
    if (!this.#open) return
    this.#heardAt = this.#clock.monotonic()
    this.#told.emit({ type: 'renewed', feed: feedName })
  }

  /** The first word of this epoch about these people, or the last: with `facet` undefined they have ended. */
  snapshot(people: readonly Watched[]): void {
    if (!this.#open) return
    const observedAt = this.#clock.wall()
    const observations: Observation[] = []
    for (const person of people) {
      person.synced = true
      person.forced = false
      if (person.facet) observations.push(observationOf(person, person.facet, observedAt))
    }
    this.#heardAt = this.#clock.monotonic()
    this.#told.emit({
      type: 'snapshot',
      feed: feedName,
      observations,
      addresses: people.map((person) => person.address),
    })
  }

  /** One person's state. */
  observed(person: Watched, facet: PresenceFacet): void {
    if (!this.#open) return
    person.facet = facet
    person.forced = false
    const observation = observationOf(person, facet, this.#clock.wall())
    this.#heardAt = this.#clock.monotonic()
    this.#told.emit({ type: 'observed', feed: feedName, observation })
  }
}

/**
 * Graph's sequence number itself is not passed on: reads are put in order here, and the hub would compare numbers whose
 * form Graph does not promise. Without one, or where it went backwards, the hub has to wait for its settle time.
 */
function observationOf(person: Watched, facet: PresenceFacet, observedAt: number): Observation {
  const { address, numbered, order } = person
  return { address, facet, observedAt, ...(numbered && { sequence: String(order) }) }
}
