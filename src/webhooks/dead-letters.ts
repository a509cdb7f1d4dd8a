import type { FailedEvent } from '../core/webhook-port.ts'
import type { Dead, Waiting } from './subscription.ts'

/** The oldest make room for newer ones. */
const mostDead = 1_000

/** Events of one subscription that were given up, oldest first. */
export class DeadLetters {
  readonly #about: Pick<FailedEvent, 'tenant' | 'webhook'>
  #letters: readonly Dead[]

  constructor(about: Pick<FailedEvent, 'tenant' | 'webhook'>, letters: readonly Dead[]) {
    this.#about = about
    this.#letters = letters
  }

  get size(): number {
    return this.#letters.length
  }

  /** Answers the one that had to go. */
  add(dead: Dead): Dead | undefined {
    this.#letters = [...this.#letters, dead]
    if (this.#letters.length <= mostDead) return undefined
    const [first, ...rest] = this.#letters
    this.#letters = rest
    return first
  }

  list(id?: string): readonly FailedEvent[] {
    return this.#of(id).map(({ id: event, person, at, failedAt, attempts, reason }) => ({
      ...this.#about,
      ...{ id: event, person, at, failedAt, attempts, reason },
    }))
  }

  /** Takes them out, in the order in which they happened. `now`: wall clock, milliseconds. */
  take(id: string | undefined, now: number): readonly Waiting[] {
    const taken = this.#of(id)
    this.#letters = this.#letters.filter((one) => !taken.includes(one))
    return taken
      .toSorted((a, b) => a.sequence - b.sequence)
      .map(({ id: event, person, sequence, at, body }) => ({
        ...{ id: event, person, sequence, at, body },
        since: now,
      }))
  }

  #of(id: string | undefined): readonly Dead[] {
    return id === undefined ? this.#letters : this.#letters.filter((one) => one.id === id)
  }
}
