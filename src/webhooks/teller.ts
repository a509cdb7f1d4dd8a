import type { Clock, Timer } from '../core/ports.ts'
import type { PersonView } from '../core/view.ts'
import { isVague, presenceEvent, presenceFor, type ToldPresence } from './presence-event.ts'
import type { Subscription, Waiting } from './subscription.ts'

/** That nothing is known of somebody is told only when it stays so for this long, milliseconds. */
const vagueMs = 60_000

export interface TellerIo {
  readonly clock: Clock
  nextId(): string
  nextSequence(): number
  tell(waiting: Waiting, is: ToldPresence): void
}

/**
 * Compares what people show with what a subscription was told last, and tells the difference: level, not edge, so that
 * what changed while the hub was down is told as well.
 */
export class Teller {
  readonly #subscription: Subscription
  readonly #io: TellerIo
  readonly #told: Map<string, ToldPresence>
  readonly #vague = new Map<string, Timer>()

  constructor(subscription: Subscription, told: ReadonlyMap<string, ToldPresence>, io: TellerIo) {
    this.#subscription = subscription
    this.#io = io
    this.#told = new Map(told)
  }

  look(person: PersonView): void {
    const { people } = this.#subscription
    if (people && !people.has(person.id)) return
    const is = presenceFor(person, this.#subscription)
    if (!is) return
    this.#vague.get(person.id)?.cancel()
    this.#vague.delete(person.id)
    const was = this.#told.get(person.id)
    if (JSON.stringify(was) === JSON.stringify(is)) return
    if (!isVague(is)) {
      this.#tell(person, is)
      return
    }
    const timer = this.#io.clock.after(vagueMs, () => {
      this.#vague.delete(person.id)
      this.#tell(person, is)
    })
    this.#vague.set(person.id, timer)
  }

  /** As if nothing had been told yet: what is looked at next is told as it was the first time. */
  forget(): void {
    this.#told.clear()
  }

  stop(): void {
    for (const timer of this.#vague.values()) timer.cancel()
    this.#vague.clear()
  }

  #tell(person: PersonView, is: ToldPresence): void {
    const { nextId, nextSequence, clock, tell } = this.#io
    const was = this.#told.get(person.id)
    this.#told.set(person.id, is)
    const at = Math.round(clock.wall())
    const about = { id: nextId(), sequence: nextSequence(), at }
    const body = presenceEvent(person, { ...about, is, was })
    tell({ ...about, since: at, person: person.id, body }, is)
  }
}
