import type { Clock } from '../../core/ports.ts'
import type { Sleeper } from '../kit/sleeper.ts'
import { chunk, type People, type Watched } from './people.ts'
import type { Reading } from './reading.ts'

export interface AttentionParts {
  readonly people: People
  readonly reading: Reading
  readonly clock: Clock
  readonly sleeper: Sleeper
  /** After every read that somebody asked for. */
  readonly report: () => void
}

/** Monotonic times until which somebody is read more often: at all, and because our own session lives. */
interface Heat {
  readonly until: number
  readonly sessionUntil: number
}

const cold: Heat = { until: Number.NEGATIVE_INFINITY, sessionUntil: Number.NEGATIVE_INFINITY }

/** How long someone stays hot after a write or a change. */
const hotMs = 30_000
const hotEveryMs = 1_750
/** Whoever was read so recently needs no hot read. */
const recentMs = 1_200
/** Requests to read somebody again are gathered for so long, so that many writes share one read. */
const gatherMs = 400
/** Between two attempts to read somebody whose answer did not come or was too old. */
const againMs = 500
const tries = 6

/** Reads beyond the sweep: those who were asked for (settle reads), and those who are likely to change (hot). */
export class Attention {
  readonly #parts: AttentionParts
  readonly #hot = new Map<Watched, Heat>()
  readonly #asked = new Set<Watched>()
  #gathering = false

  constructor(parts: AttentionParts) {
    this.#parts = parts
  }

  /** How many are read more often now. */
  get hot(): number {
    return this.#hot.size
  }

  /** Something changed at this person, or was written. */
  heat(person: Watched, now: number): void {
    const { until, sessionUntil } = this.#hot.get(person) ?? cold
    this.#hot.set(person, { until: Math.max(until, now + hotMs), sessionUntil })
  }

  /** Our own session began or was prolonged; `lifeMs` 0 when it ended. */
  session(person: Watched, now: number, lifeMs: number): void {
    const { until } = this.#hot.get(person) ?? cold
    this.#hot.set(person, { until, sessionUntil: now + lifeMs })
    this.heat(person, now)
  }

  drop(people: readonly Watched[]): void {
    for (const person of people) {
      this.#hot.delete(person)
      this.#asked.delete(person)
    }
  }

  /** Reads these soon and emits what was read, changed or not. */
  ask(people: readonly Watched[]): void {
    for (const person of people) {
      person.forced = true
      this.#asked.add(person)
    }
    if (!this.#gathering && this.#asked.size > 0) void this.#gather()
  }

  /** Goes on until stopped. */
  async run(): Promise<void> {
    const { sleeper, clock, reading } = this.#parts
    while (!sleeper.stopped) {
      await sleeper.sleep(hotEveryMs)
      const now = clock.monotonic()
      if (sleeper.stopped || reading.failures > 0 || now < reading.waitUntil) continue
      const due = this.#due(now)
      await Promise.all(chunk(due).map((people) => reading.read(people, 'hot')))
    }
  }

  #due(now: number): Watched[] {
    const due: Watched[] = []
    for (const [person, { until, sessionUntil }] of this.#hot) {
      if (until < now && sessionUntil < now) this.#hot.delete(person)
      else if (!person.quarantined && person.readAt < now - recentMs) due.push(person)
    }
    return due
  }

  /** Whoever is still not answered after some attempts stays marked, and the sweep answers. */
  async #gather(): Promise<void> {
    const { sleeper, clock, reading } = this.#parts
    this.#gathering = true
    let left = tries
    await sleeper.sleep(gatherMs)
    while (this.#asked.size > 0 && left > 0 && !sleeper.stopped) {
      await sleeper.sleep(reading.waitUntil - clock.monotonic())
      const asked = [...this.#asked].filter((person) => !person.quarantined)
      this.#asked.clear()
      await Promise.all(chunk(asked).map((people) => reading.read(people, 'settle')))
      if (!sleeper.stopped) this.#parts.report()
      const again = asked.filter((person) => person.forced)
      for (const person of again) this.#asked.add(person)
      left = again.length > 0 ? left - 1 : tries
      if (this.#asked.size > 0) await sleeper.sleep(again.length > 0 ? againMs : gatherMs)
    }
    this.#asked.clear()
    this.#gathering = false
  }
}
