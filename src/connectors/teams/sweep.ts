import { ConnectorFailure } from '../../core/connector.ts'
import type { Clock } from '../../core/ports.ts'
import type { Sleeper } from '../kit/sleeper.ts'
import type { PresenceFeed } from './feed.ts'
import type { Intake } from './intake.ts'
import type { Batch, People, Watched } from './people.ts'
import type { Quarantine } from './quarantine.ts'
import type { Reading, Trouble } from './reading.ts'

export interface SweepParts {
  readonly people: People
  readonly reading: Reading
  readonly intake: Intake
  readonly feed: PresenceFeed
  readonly quarantine: Quarantine
  readonly clock: Clock
  readonly sleeper: Sleeper
  /** Length of a round now, milliseconds. */
  readonly roundMs: () => number
  /** After every round. */
  readonly report: () => void
}

/** Refused groups are halved at most so often in a round. */
const splitLimit = 40
/** A group that fails for so many rounds while others are read is not waited for. */
const failureLimit = 3
const firstSpacingMs = 20
const firstTries = 3
const longestProbeMs = 30_000
const leastPatienceMs = 8_000

/** Reads everybody, round after round, the requests of a round spread evenly over it. */
export class Sweep {
  readonly #parts: SweepParts
  #splits = splitLimit
  #refusals = 0
  #probes = 0
  #lastRefusal: Trouble | undefined

  constructor(parts: SweepParts) {
    this.#parts = parts
  }

  /** The first round: resolves when everybody was asked once and somebody was read; throws ConnectorFailure. */
  async first(): Promise<void> {
    const { people, reading, sleeper, feed } = this.#parts
    reading.begin()
    for (let attempt = 1; attempt <= firstTries; attempt += 1) {
      const left = people.batches().filter((batch) => attempt === 1 || batch.failures > 0)
      const results = await Promise.all(await this.#ask(left, firstSpacingMs))
      if (sleeper.stopped || results.every(Boolean)) break
      const passing = reading.trouble?.kind === 'not-ready'
      if (!passing && !(feed.open && this.#splits > 0)) break
      if (passing) await sleeper.sleep(500 * attempt)
    }
    if (!feed.open && people.batches().length > 0) {
      // The only person there is, and not accepted: that is an answer.
      if (people.size > 1 || reading.trouble || !this.#lastRefusal) {
        throw failureOf(reading.trouble ?? this.#lastRefusal ?? noTrouble)
      }
      feed.ensureOpen()
      this.#parts.intake.unknown([...people.all()])
    }
    feed.ensureOpen()
    this.#sayApart()
  }

  /** Goes on until stopped. */
  async run(): Promise<void> {
    const { sleeper, reading } = this.#parts
    while (!sleeper.stopped) {
      if (reading.failures >= failureLimit) await this.#probe()
      else await this.#round()
    }
  }

  async #round(): Promise<void> {
    const { people, clock, sleeper, quarantine, reading, feed } = this.#parts
    await sleeper.sleep(reading.waitUntil - clock.monotonic())
    const due = quarantine.due(clock.wall()).map((address) => people.find(address))
    people.takeBack(due.filter((person): person is Watched => person?.quarantined === true))
    const batches = people.batches()
    if (batches.length === 0) feed.ensureOpen()
    else feed.ensureLease()
    const length = this.#parts.roundMs()
    const begun = clock.monotonic()
    this.#splits = splitLimit
    this.#refusals = 0
    const reads = await this.#ask(batches, length / Math.max(1, batches.length))
    void Promise.all(reads).then((read) => this.#finished(batches, read))
    await sleeper.sleep(begun + length - clock.monotonic())
    this.#checkLoss()
  }

  /**
   * Starts the reads one after the other, each when the one before has left: a budget under pressure makes the round
   * longer and keeps everybody's turn. A group whose last read is still under way is not asked twice.
   */
  async #ask(batches: readonly Batch[], spacingMs: number): Promise<readonly Promise<boolean>[]> {
    const { clock, sleeper, reading } = this.#parts
    const begun = clock.monotonic()
    const reads: Promise<boolean>[] = []
    for (const [at, batch] of batches.entries()) {
      await sleeper.sleep(begun + at * spacingMs - clock.monotonic())
      if (sleeper.stopped || reading.failures >= failureLimit) break
      reads.push(batch.reading ?? (await this.#begin(batch)).reading)
    }
    return reads
  }

  /** Resolves when the request has left. */
  #begin(batch: Batch): Promise<{ readonly reading: Promise<boolean> }> {
    return new Promise((resolve) => {
      const reading = this.#read(batch, () => resolve({ reading })).finally(() => {
        batch.reading = undefined
        resolve({ reading })
      })
      batch.reading = reading
    })
  }

  /** True when everybody in the group was read or set apart. */
  async #read(batch: Batch, left?: () => void): Promise<boolean> {
    const options = left === undefined ? {} : { left }
    const result = await this.#parts.reading.read(batch.people, 'sweep', options)
    if (result.kind === 'read') {
      batch.failures = 0
      await this.#acquit(batch)
      return true
    }
    batch.failures += 1
    return result.kind === 'refused' ? this.#refused(batch, result.trouble) : false
  }

  async #refused(batch: Batch, trouble: Trouble): Promise<boolean> {
    this.#refusals += 1
    this.#lastRefusal = trouble
    const [only, ...others] = batch.people
    if (only && others.length === 0) return this.#suspect(batch, only, trouble)
    if (this.#parts.sleeper.stopped || this.#splits <= 0) return false
    this.#splits -= 1
    const halves = this.#parts.people.split(batch)
    const read = await Promise.all(halves.map((half) => this.#read(half)))
    return read.every(Boolean)
  }

  /** One id alone is refused: set apart if Graph accepts others, for otherwise the fault is not the id's. */
  async #suspect(batch: Batch, person: Watched, trouble: Trouble): Promise<boolean> {
    const { feed, people, quarantine, intake, clock } = this.#parts
    if (!feed.open) return false
    people.setApart(batch)
    intake.unknown([person])
    await quarantine.add(person.address, trouble.reason, clock.wall())
    return true
  }

  async #acquit(batch: Batch): Promise<void> {
    const { quarantine } = this.#parts
    if (quarantine.size === 0) return
    for (const person of batch.people) {
      if (quarantine.holds(person.address)) await quarantine.release(person.address)
    }
  }

  #finished(batches: readonly Batch[], read: readonly boolean[]): void {
    const { people, feed, intake, sleeper } = this.#parts
    if (sleeper.stopped) return
    const someRead = read.some(Boolean)
    let complete = read.length === batches.length
    for (const [at, batch] of batches.entries()) {
      if (read[at] !== false) continue
      // One stubborn group must not cost all others their lease: its people are unknown, the rest is sure.
      if (someRead && feed.open) intake.missing(batch.people)
      if (!someRead || batch.failures < failureLimit) complete = false
    }
    if (this.#refusals === 0) people.mend()
    this.#sayApart()
    if (complete) feed.renewed()
    this.#parts.report()
  }

  #sayApart(): void {
    const { feed, quarantine, intake, people } = this.#parts
    if (feed.open && quarantine.size > 0) intake.unknown(people.apart())
  }

  /** Graph does not answer: one request at a time, more and more rarely, until one is answered. */
  async #probe(): Promise<void> {
    const { people, reading, sleeper } = this.#parts
    for (
      let wait = 1_000;
      reading.failures > 0 && !sleeper.stopped;
      wait = Math.min(wait * 2, longestProbeMs)
    ) {
      this.#checkLoss()
      this.#parts.report()
      await sleeper.sleep(wait * (0.75 + Math.random() / 2))
      const batches = people.batches()
      this.#probes += 1
      const batch = batches[this.#probes % Math.max(1, batches.length)]
      if (!batch) reading.failures = 0
      else if (!sleeper.stopped) await this.#read(batch)
    }
  }

  #checkLoss(): void {
    const { reading, clock, feed } = this.#parts
    const patience = Math.max(leastPatienceMs, 2.5 * this.#parts.roundMs())
    if (reading.failures < failureLimit || clock.monotonic() - reading.goodAt < patience) return
    feed.lost(reading.trouble?.reason ?? 'nothing could be read')
  }
}

const noTrouble: Trouble = { kind: 'not-ready', reason: 'nobody could be read' }

function failureOf({ kind, reason, fix, retryAfterMs }: Trouble): ConnectorFailure {
  return new ConnectorFailure(kind, `Presence cannot be read: ${reason}`, {
    ...(fix === undefined ? {} : { fix }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  })
}
