import type { Switches } from '../switches.ts'
import { type AppSession, changedAt, type Inputs, nothing, shown } from './aggregate.ts'
import type { Pair } from './states.ts'
import type { User } from './user.ts'

/** How long former states are kept for reads that lag, at least. */
const keepMs = 120_000

/** What one presence read gives, before it is spelled as JSON. */
export interface Reading {
  readonly id: string
  readonly pair: Pair
  /** Sorts as text in the order of versions. */
  readonly sequence: string
  readonly inputs: Inputs
}

/** One user with everything Teams knows of them, and what it knew a short while ago. */
export class Person {
  user: User
  #inputs: Inputs = nothing
  /** Former versions with the time at which they ended, oldest first; undefined while there is none. */
  #former: { readonly inputs: Inputs; readonly until: number }[] | undefined

  constructor(user: User) {
    this.user = user
  }

  /** How the person is when the lab starts: nothing was ever different. */
  begin(inputs: Inputs): void {
    this.#inputs = inputs
    this.#former = undefined
  }

  get inputs(): Inputs {
    return this.#inputs
  }

  /** Replaces some of what is known. `lagMs`: how far back a read may have to look. */
  change(change: Partial<Inputs>, at: number, lagMs: number): void {
    const former = this.#inputs
    const live = (session: AppSession) => session.endsAt > at
    const merged = { ...former, ...change, at, revision: former.revision + 1 }
    this.#inputs = merged.apps.every(live) ? merged : { ...merged, apps: merged.apps.filter(live) }
    const oldest = at - Math.max(keepMs, lagMs)
    this.#former = [
      ...(this.#former ?? []).filter(({ until }) => until > oldest),
      { inputs: former, until: at },
    ]
  }

  /** The version in force at a time. */
  inputsAt(at: number): Inputs {
    return this.#former?.find(({ until }) => until > at)?.inputs ?? this.#inputs
  }

  /** `epoch`: wall clock at monotonic zero, so that sequence numbers go on growing when the lab starts anew. */
  read(at: number, mode: Switches['aggregation'], epoch: number): Reading {
    const inputs = this.inputsAt(at)
    const version = Math.floor(epoch + changedAt(inputs, at))
    const sequence = `A${String(version).padStart(15, '0')}${String(inputs.revision).padStart(6, '0')}`
    return { id: this.user.id, pair: shown(inputs, at, mode), sequence, inputs }
  }
}
