import type { ConnectorInstance, Notice, Outcome, Publication } from '../../../src/core/connector.ts'
import type { DialogFacet, Facet, FeedEvent } from '../../../src/core/observation.ts'
import { isSelectable, presenceName } from '../../../src/core/presence.ts'
import { toPresence } from '../pairs.ts'
import type { Aggregation, TeamsState } from '../teams-world.ts'
import { aggregate } from '../teams-world.ts'
import type { VirtualClock } from '../virtual-clock.ts'

const feed = 'model'
const leaseMs = 30 * 24 * 3_600_000
const answerMs = 20
const rivalMs = 4000

/** What a model of a system has in common with every other: it says what it shows, and answers writes after a moment. */
abstract class Model implements ConnectorInstance {
  /** What the person was told there. */
  readonly notices: Notice[] = []
  readonly clock: VirtualClock
  readonly address: string
  /** It is there, and says nothing. */
  mute = false
  /** Writes do not arrive. */
  deaf = false
  #emit: (event: FeedEvent) => void = () => {}

  constructor(clock: VirtualClock, address: string) {
    this.clock = clock
    this.address = address
  }

  abstract facets(): readonly Facet[]
  abstract write(publication: Publication): void

  connect(emit: (event: FeedEvent) => void): void {
    this.#emit = emit
  }

  start(): Promise<void> {
    if (!this.mute) {
      this.#emit({ type: 'opened', feed, leaseMs })
      this.tell()
    }
    return Promise.resolve()
  }

  notify(notice: Notice): void {
    this.notices.push(notice)
  }

  stop(): Promise<void> {
    return Promise.resolve()
  }

  follow(): void {}

  resync(): void {
    this.clock.after(answerMs, () => this.tell())
  }

  tell(): void {
    if (this.mute) return
    const observations = this.facets().map((facet) => ({
      ...{ address: this.address, facet, observedAt: this.clock.wall() },
    }))
    this.#emit({ type: 'snapshot', feed, observations, addresses: [this.address] })
  }

  /** The connection is cut. */
  cut(): void {
    this.mute = true
    this.#emit({ type: 'lost', feed, reason: 'the connection was cut' })
  }

  publish(publication: Publication): Promise<Outcome> {
    return new Promise((resolve) => {
      this.clock.after(answerMs, () => {
        if (this.deaf) {
          resolve({ kind: 'failed', reason: 'no answer' })
          return
        }
        this.write(publication)
        resolve({ kind: 'applied', at: this.clock.wall() })
        this.clock.after(answerMs, () => this.tell())
      })
    })
  }
}

/** A phone system with one extension. */
export class PhoneModel extends Model {
  readonly #legs = new Map<string, DialogFacet>()
  #dnd = false
  /** Somebody else, who switches do not disturb off whenever the hub has set it. */
  rival = false
  #origin: 'person' | 'schedule' = 'person'

  facets(): readonly Facet[] {
    const dnd: Facet = { kind: 'dnd', on: this.#dnd, origin: this.#origin }
    return [dnd, { kind: 'registration', registered: true }, ...this.#legs.values()]
  }

  write({ state }: Publication): void {
    this.#dnd = presenceName(state) === 'doNotDisturb/doNotDisturb'
    if (this.#dnd && this.rival) this.clock.after(rivalMs, () => this.key(false))
  }

  key(on: boolean, origin: 'person' | 'schedule' = 'person'): void {
    this.#dnd = on
    this.#origin = origin
    this.tell()
  }

  hold(): void {
    for (const leg of this.#legs.values()) this.#legs.set(leg.leg, { ...leg, state: 'held' })
    this.tell()
  }

  call(change: Partial<DialogFacet> = {}): void {
    const leg: DialogFacet = {
      ...{ kind: 'dialog', leg: 'a', state: 'confirmed', direction: 'outbound' },
      ...{ party: 'external', evidence: 'call' },
      ...change,
    }
    if (leg.state === 'terminated') this.#legs.delete(leg.leg)
    else this.#legs.set(leg.leg, leg)
    this.tell()
  }
}

/** Teams, in one reading of what it shows; what the person's own clients show is set from outside. */
export class TeamsModel extends Model {
  readonly #mode: Aggregation
  #state: TeamsState = { client: 'available/available', inCall: false, preferred: undefined, app: undefined }
  outOfOffice = false

  constructor(clock: VirtualClock, address: string, mode: Aggregation) {
    super(clock, address)
    this.#mode = mode
  }

  shown(): string {
    return aggregate(this.#state, this.clock.monotonic(), this.#mode)
  }

  facets(): readonly Facet[] {
    const state = toPresence(this.shown())
    const chosen = isSelectable(state) ? 'unknown' : 'no'
    return [{ kind: 'presence', state, chosen, outOfOffice: this.outOfOffice }]
  }

  set(change: Partial<TeamsState>): void {
    this.#state = { ...this.#state, ...change }
    this.tell()
  }

  choose(pair: string | undefined): void {
    this.set({ preferred: this.#preferred(pair, 'person') })
  }

  write({ slot, act, state, lifeMs = 900_000 }: Publication): void {
    const pair = presenceName(state)
    const until = this.clock.monotonic() + lifeMs
    if (slot === 'session') {
      this.#state = { ...this.#state, app: act === 'assert' ? { pair, until } : undefined }
      return
    }
    const kept = act === 'assert' || isSelectable(state) ? pair : undefined
    this.#state = { ...this.#state, preferred: this.#preferred(kept, 'hub') }
  }

  #preferred(pair: string | undefined, by: 'person' | 'hub'): TeamsState['preferred'] {
    const at = this.clock.monotonic()
    return pair === undefined ? undefined : { pair, until: at + leaseMs, by, at }
  }
}

/** A system that shows one state of a person and may be written where slots say so (a CRM, external signals). */
export class StateModel extends Model {
  #facet: Facet | undefined

  facets(): readonly Facet[] {
    return this.#facet ? [this.#facet] : []
  }

  write({ state }: Publication): void {
    // Who is written Offline in a CRM is signed out there.
    const absent = presenceName(state) === 'offline/offline' ? { absent: 'signedOut' as const } : {}
    this.#facet = { kind: 'presence', state, chosen: 'unknown', ...absent }
  }

  say(facet: Facet | undefined): void {
    this.#facet = facet
    this.tell()
  }
}
