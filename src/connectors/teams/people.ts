import type { PresenceFacet } from '../../core/observation.ts'

/** Most ids that one getPresencesByUserId takes. */
export const batchSize = 650

export interface Staleness {
  readonly reads: number
  readonly since: number
}

/** One followed person: what was last said of them and what has to be said yet. */
export interface Watched {
  /** As the hub writes it; events carry this. */
  readonly address: string
  facet: PresenceFacet | undefined
  /** Graph's number of the newest state seen. */
  sequence: string | undefined
  /** Counts the states seen one after the other; `numbered`: that the last one came after all others is sure. */
  order: number
  numbered: boolean
  /** Monotonic time at which the last read that counted was sent, whole milliseconds: a fraction would take room. */
  readAt: number
  /** The last answer that named them. */
  answer: number
  /** Sweeps in a row that did not tell us about them. */
  unseen: number
  /** Something was emitted for them in this epoch. */
  synced: boolean
  /** The next read is emitted, changed or not. */
  forced: boolean
  /** Reads in a row that were older than the last, and since when; absent for almost everybody. */
  stale: Staleness | undefined
  quarantined: boolean
}

/** A fixed group read by one request. */
export interface Batch {
  readonly people: readonly Watched[]
  reading: Promise<boolean> | undefined
  /** Rounds in a row in which it could not be read. */
  failures: number
}

export function requestBody(people: readonly Watched[]): string {
  return JSON.stringify({ ids: people.map((person) => person.address) })
}

function makeBatch(people: readonly Watched[]): Batch {
  return { people, reading: undefined, failures: 0 }
}

/** Groups of at most 650. */
export function chunk(people: readonly Watched[]): Watched[][] {
  const groups: Watched[][] = []
  for (let at = 0; at < people.length; at += batchSize) groups.push(people.slice(at, at + batchSize))
  return groups
}

/** Before any reading of the clock; a whole number like all others. */
const longAgo = -(2 ** 30)

function watch(address: string): Watched {
  return {
    address,
    facet: undefined,
    sequence: undefined,
    order: 0,
    numbered: false,
    readAt: longAgo,
    answer: 0,
    unseen: 0,
    synced: false,
    forced: false,
    stale: undefined,
    quarantined: false,
  }
}

/** Everyone who is followed, by object id in any letter case, and the groups they are read in. */
export class People {
  readonly #byId = new Map<string, Watched>()
  #batches: Batch[] = []
  #stale = false
  #broken = false

  get size(): number {
    return this.#byId.size
  }

  all(): Iterable<Watched> {
    return this.#byId.values()
  }

  apart(): readonly Watched[] {
    return [...this.#byId.values()].filter((person) => person.quarantined)
  }

  find(id: string): Watched | undefined {
    return this.#byId.get(id) ?? this.#byId.get(id.toLowerCase())
  }

  /** Takes the whole new set; returns who came and who went. `apart`: ids that Graph is known to refuse. */
  follow(
    addresses: readonly string[],
    apart: (address: string) => boolean,
  ): {
    readonly added: readonly Watched[]
    readonly removed: readonly Watched[]
  } {
    const wanted = new Map(addresses.map((address) => [address.toLowerCase(), address]))
    const removed: Watched[] = []
    for (const [id, person] of this.#byId) {
      if (wanted.has(id)) continue
      this.#byId.delete(id)
      removed.push(person)
    }
    const added: Watched[] = []
    for (const [id, address] of wanted) {
      if (this.#byId.has(id)) continue
      const person = watch(address)
      person.quarantined = apart(address)
      // The same text where it can be, and no copy of it.
      this.#byId.set(id === address ? address : id, person)
      added.push(person)
    }
    if (added.length > 0 || removed.length > 0) this.#stale = true
    return { added, removed }
  }

  /** The groups of this round. They stay the same from round to round unless people come, go or are set apart. */
  batches(): readonly Batch[] {
    if (this.#stale) {
      const readable = [...this.#byId.values()].filter((person) => !person.quarantined)
      this.#batches = chunk(readable).map(makeBatch)
      this.#stale = false
      this.#broken = false
    }
    return this.#batches
  }

  /** A refused group is read in halves from now on, until a clean round. */
  split(batch: Batch): readonly [Batch, Batch] {
    const middle = Math.ceil(batch.people.length / 2)
    const halves = [makeBatch(batch.people.slice(0, middle)), makeBatch(batch.people.slice(middle))] as const
    const at = this.#batches.indexOf(batch)
    if (at >= 0) this.#batches = this.#batches.toSpliced(at, 1, ...halves)
    this.#broken = true
    return halves
  }

  /** Read no more, until they come back. */
  setApart(batch: Batch): void {
    for (const person of batch.people) person.quarantined = true
    this.#batches = this.#batches.filter((other) => other !== batch)
    this.#broken = true
  }

  /** Read again, in a group of their own at first. */
  takeBack(people: readonly Watched[]): void {
    for (const person of people) person.quarantined = false
    if (this.#stale || people.length === 0) return
    this.#batches = [...this.#batches, ...chunk(people).map(makeBatch)]
    this.#broken = true
  }

  /** Nobody was refused in the last round: halves may become whole groups again. */
  mend(): void {
    if (this.#broken) this.#stale = true
  }
}
