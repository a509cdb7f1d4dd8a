import type { Metrics } from '../../core/ports.ts'
import type { StrangeWord } from '../kit/unknown-values.ts'
import type { PresenceFeed } from './feed.ts'
import type { People, Watched } from './people.ts'
import { decodePresences, FacetTable, type GraphPresence, sequenceOf } from './presence-reply.ts'
import { strangeWords } from './vocabulary.ts'

export interface ReadMeta {
  /** Monotonic time at which the request left. */
  readonly sentAt: number
  readonly now: number
  /** A sweep's read: who is missing from it counts as not seen. */
  readonly sweep: boolean
}

/** Sweeps after which someone whom Graph leaves out is said to be unknown. */
const unseenLimit = 3
/** A sequence that stays behind for so long has begun anew: better late than never. */
const staleLimitMs = 30_000
/** Who asked for a read is answered at the latest at this attempt, although only older states come in. */
const forcedLimit = 3

/** Takes answers, puts reads in order, and says what changed. */
export class Intake {
  readonly #people: People
  readonly #feed: PresenceFeed
  readonly #metrics: Metrics
  readonly #table: FacetTable
  readonly #changed: (person: Watched, now: number) => void
  #answers = 0
  #fresh: Watched[] = []

  /** `changed` is called for everyone whose state is another than before, `strange` for each word not known. */
  constructor(
    people: People,
    feed: PresenceFeed,
    told: {
      metrics: Metrics
      changed: (person: Watched, now: number) => void
      strange: (word: StrangeWord) => void
    },
  ) {
    this.#people = people
    this.#feed = feed
    this.#metrics = told.metrics
    this.#changed = told.changed
    this.#table = new FacetTable((availability, activity) => {
      this.#metrics.count('teams_unknown_words_total')
      for (const word of strangeWords(availability, activity)) told.strange(word)
    })
  }

  /** Takes the body of an answer about `asked`; false when it was not an answer at all. */
  take(text: string, asked: readonly Watched[], meta: ReadMeta): boolean {
    const reply = decodePresences(text)
    if (!reply) {
      this.#metrics.count('teams_malformed_total')
      return false
    }
    if (reply.malformed > 0) this.#metrics.count('teams_malformed_total', {}, reply.malformed)
    this.#answers += 1
    let named = 0
    for (const item of reply.presences) {
      const person = this.#people.find(item.id)
      if (!person || person.answer === this.#answers) continue
      person.answer = this.#answers
      named += 1
      this.#takeOne(person, item, meta)
    }
    if (meta.sweep && named < asked.length) {
      this.missing(asked.filter((person) => person.answer !== this.#answers))
    }
    this.#flush()
    return true
  }

  /** A sweep did not tell us about these. */
  missing(people: readonly Watched[]): void {
    for (const person of people) {
      person.unseen += 1
      if (person.unseen >= unseenLimit) this.#sayUnknown(person)
    }
    this.#flush()
  }

  /** Nothing will be known of these for some time. */
  unknown(people: readonly Watched[]): void {
    for (const person of people) this.#sayUnknown(person)
    this.#flush()
  }

  #takeOne(person: Watched, item: GraphPresence, meta: ReadMeta): void {
    person.unseen = 0
    if (meta.sentAt < person.readAt) return
    if (!this.#takeNumber(person, sequenceOf(item), meta.now)) return
    person.stale = undefined
    person.readAt = Math.floor(meta.sentAt)
    const facet = this.#table.facet(item)
    if (!person.synced) {
      person.facet = facet
      this.#fresh.push(person)
    } else if (facet !== person.facet) {
      this.#feed.observed(person, facet)
      this.#changed(person, meta.now)
    } else if (person.forced) this.#feed.observed(person, facet)
  }

  /**
   * Puts a state in its place among those seen; false when a newer one is known. Numbers order as text (presence
   * resource). A replica that lags is passed over, but not for ever.
   */
  #takeNumber(person: Watched, sequence: string | undefined, now: number): boolean {
    const newest = person.sequence
    if (sequence === undefined) {
      person.numbered = false
      return true
    }
    if (sequence === newest) return true
    const isLate = newest !== undefined && sequence < newest
    if (isLate && this.#passesOver(person, now)) return false
    person.sequence = sequence
    person.order += 1
    person.numbered = !isLate
    return true
  }

  #passesOver(person: Watched, now: number): boolean {
    const { reads, since } = person.stale ?? { reads: 0, since: now }
    person.stale = { reads: reads + 1, since }
    this.#metrics.count('teams_stale_reads_total')
    if (now - since >= staleLimitMs) return false
    // Whoever asked is told the newest state that is known.
    const answers = person.forced && person.synced && reads + 1 >= forcedLimit
    if (answers && person.facet) this.#feed.observed(person, person.facet)
    return true
  }

  #sayUnknown(person: Watched): void {
    const { unknown } = this.#table
    if (person.facet === unknown && person.synced && !person.forced) return
    person.numbered = false
    if (person.synced) this.#feed.observed(person, unknown)
    else {
      person.facet = unknown
      this.#fresh.push(person)
    }
  }

  #flush(): void {
    if (this.#fresh.length === 0) return
    const people = this.#fresh
    this.#fresh = []
    this.#feed.snapshot(people)
  }
}
