import type { Clock } from '../../core/ports.ts'
import type { Switches } from '../switches.ts'
import { diverts, type Inputs, nothing } from './aggregate.ts'
import { Person, type Reading } from './person.ts'
import { type Pair, preferredLifeMs } from './states.ts'
import { makeUser, type NewUser, type User } from './user.ts'

/**
 * The people of one Microsoft 365 tenant and their presence. Nothing runs by itself: fade and expiry are computed
 * at the moment of a read, so that a hundred thousand idle people cost only their names.
 */
export class Tenant {
  /** Entra tenant id. */
  readonly id: string
  readonly #clock: Clock
  readonly #switches: Switches
  readonly #epoch: number
  readonly #byId = new Map<string, Person>()
  readonly #byUpn = new Map<string, Person>()
  readonly #beginnings = new Map<Pair, Inputs>()
  #pages: readonly Person[] | undefined

  constructor(id: string, clock: Clock, switches: Switches) {
    this.id = id
    this.#clock = clock
    this.#switches = switches
    this.#epoch = clock.wall() - clock.monotonic()
  }

  get size(): number {
    return this.#byId.size
  }

  /** Adds a user, or changes the one with this UPN (the id stays). */
  put(given: NewUser): Person {
    const key = given.userPrincipalName.toLowerCase()
    const known = this.#byUpn.get(key)
    if (known) {
      const said = Object.entries(given).filter(([name, value]) => name !== 'id' && value !== undefined)
      known.user = { ...known.user, ...(Object.fromEntries(said) as Partial<User>) }
      return known
    }
    const person = new Person(makeUser(this.id, given))
    this.#byId.set(person.user.id, person)
    this.#byUpn.set(key, person)
    this.#pages = undefined
    return person
  }

  /** The client state a person starts with; costs no memory per person. */
  begin(person: Person, client: Pair): void {
    const inputs = this.#beginnings.get(client) ?? { ...nothing, client }
    this.#beginnings.set(client, inputs)
    person.begin(inputs)
  }

  remove(upn: string): boolean {
    const person = this.byUpn(upn)
    if (!person) return false
    this.#byUpn.delete(upn.toLowerCase())
    this.#byId.delete(person.user.id)
    this.#pages = undefined
    return true
  }

  byId(id: string): Person | undefined {
    return this.#byId.get(id) ?? this.#byId.get(id.toLowerCase())
  }

  /** In any letter case. */
  byUpn(upn: string): Person | undefined {
    return this.#byUpn.get(upn.toLowerCase())
  }

  /** In the order they were added; the array is shared and not to be changed. */
  people(): readonly Person[] {
    this.#pages ??= [...this.#byId.values()]
    return this.#pages
  }

  /** What Graph answers now, with the read lag; `staleMs` adds to it. */
  read(person: Person, staleMs = 0): Reading {
    const at = this.#clock.monotonic() - this.#switches.readLagMs - staleMs
    return person.read(at, this.#switches.aggregation, this.#epoch)
  }

  /** What Teams itself shows at this moment, without lag. */
  shown(person: Person): Pair {
    return person.read(this.#clock.monotonic(), this.#switches.aggregation, this.#epoch).pair
  }

  setSession(person: Person, app: string, session: { pair: Pair; lifeMs: number }): void {
    const setAt = this.#clock.monotonic()
    const others = person.inputs.apps.filter(({ id }) => id !== app)
    this.#change(person, {
      apps: [...others, { id: app, pair: session.pair, setAt, endsAt: setAt + session.lifeMs }],
    })
  }

  /** False when the application has no live session of this person. */
  clearSession(person: Person, app: string): boolean {
    const now = this.#clock.monotonic()
    const { apps } = person.inputs
    if (!apps.some(({ id, endsAt }) => id === app && endsAt > now)) return false
    this.#change(person, { apps: apps.filter(({ id }) => id !== app) })
    return true
  }

  /** The slot of the status menu, whoever writes it. Without `lifeMs` it lasts 1 or 7 days. */
  setPreferred(person: Person, pair: Pair, lifeMs = preferredLifeMs(pair)): void {
    this.#change(person, { preferred: { pair, endsAt: this.#clock.monotonic() + lifeMs } })
  }

  clearPreferred(person: Person): void {
    this.#change(person, { preferred: undefined })
  }

  /** Null: no client is signed in any more. */
  setClient(person: Person, client: Pair | null): void {
    this.#change(person, { client })
  }

  /** A Teams call as the person makes or takes it. */
  setInCall(person: Person, inCall: boolean): void {
    this.#change(person, { inCall })
  }

  /** A Teams call rings for the person: taken, or sent to voicemail by a do not disturb. */
  offerCall(person: Person): 'answered' | 'voicemail' {
    if (diverts(person.inputs, this.#clock.monotonic(), this.#switches)) return 'voicemail'
    this.setInCall(person, true)
    return 'answered'
  }

  setOutOfOffice(person: Person, message: string | undefined): void {
    this.#change(person, { outOfOffice: message })
  }

  /** `lifeMs` undefined: the note stays until it is replaced. Empty content clears it. */
  setNote(person: Person, content: string, lifeMs = Number.POSITIVE_INFINITY): void {
    const publishedAt = this.#clock.monotonic()
    const note = content === '' ? undefined : { content, publishedAt, endsAt: publishedAt + lifeMs }
    this.#change(person, { note })
  }

  #change(person: Person, change: Partial<Inputs>): void {
    person.change(change, this.#clock.monotonic(), this.#switches.readLagMs)
  }
}
