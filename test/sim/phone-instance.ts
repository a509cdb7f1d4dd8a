import type { ConnectorInstance, Outcome, Publication } from '../../src/core/connector.ts'
import type { Facet, Observation } from '../../src/core/observation.ts'
import type { Clock } from '../../src/core/ports.ts'
import type { Arrival, Emit, Life } from './life.ts'
import { DND, toPair } from './pairs.ts'
import type { Dnd, PhoneEvent, PhoneLeg, PhoneWorld } from './phone-world.ts'
import type { Delivery } from './pipe.ts'
import { Pipe } from './pipe.ts'

export interface PhoneLink {
  readonly world: PhoneWorld
  readonly clock: Clock
  readonly arrived: (arrival: Arrival) => void
  /** Says of each change of do not disturb whether its schedule made it. */
  readonly tellsOrigin: boolean
  /** How late its words come; soon, and once, unless told. */
  readonly delivery?: () => Delivery
}

const feed = 'events'
const leaseMs = 60_000
const heartbeatMs = 25_000
const soon: Delivery = { ms: 20, twice: false }
const toTargetMs = 20
const toHubMs = 30

/** Hears by push: a snapshot on connecting, then every event; an event may overtake the answer to our own write. */
export class PhoneInstance implements ConnectorInstance {
  readonly #id: string
  readonly #life: Life
  readonly #emit: Emit
  readonly #link: PhoneLink
  readonly #pipe: Pipe
  #followed: readonly string[] = []
  #open = false

  constructor(id: string, life: Life, about: { readonly emit: Emit; readonly link: PhoneLink }) {
    this.#id = id
    this.#life = life
    this.#emit = about.emit
    this.#link = about.link
    this.#pipe = new Pipe(life.clock, about.link.delivery ?? (() => soon))
  }

  start(addresses: readonly string[]): Promise<void> {
    this.#followed = addresses
    const forget = this.#link.world.listen((event) => {
      if (!this.#life.alive) forget()
      else if (this.#open) this.#pipe.send(() => this.#push(event))
    })
    this.#life.clock.after(toHubMs, () => this.#beat())
    return Promise.resolve()
  }

  stop(): Promise<void> {
    return Promise.resolve()
  }

  follow(addresses: readonly string[]): void {
    this.#followed = addresses
    this.#life.clock.after(toHubMs, () => this.#snapshot(addresses))
  }

  resync(addresses: readonly string[]): void {
    this.#life.clock.after(toHubMs, () => this.#snapshot(addresses))
  }

  async publish(publication: Publication): Promise<Outcome> {
    const { world, clock } = this.#link
    await this.#life.cross('send')
    const done = new Promise<Outcome>((resolve) => {
      clock.after(toTargetMs, () => resolve(this.#arrive(publication)))
    })
    if (world.fault?.kind === 'down') {
      await this.#life.sleep(5000)
      return { kind: 'failed', reason: 'no connection' }
    }
    const outcome = await done
    await this.#life.cross('arrived')
    await this.#life.sleep(toHubMs)
    await this.#life.cross('answered')
    return outcome
  }

  #arrive({ address, slot, act, state, refresh }: Publication): Outcome {
    const { world, clock } = this.#link
    const { fault } = world
    if (fault?.kind === 'throttled') {
      world.refusals.push(clock.monotonic())
      return { kind: 'deferred', reason: 'too many requests', retryAfterMs: fault.retryAfterMs }
    }
    if (fault) return { kind: 'failed', reason: 'no connection' }
    if (!world.has(address)) return { kind: 'rejected', reason: 'no such extension' }
    const pair = toPair(state)
    const standing = world.dnd(address)
    const on = pair === DND
    const over =
      standing.by === 'person' && standing.on !== on
        ? { pair: standing.on ? DND : 'available/available', at: standing.at }
        : undefined
    this.#link.arrived({ system: this.#id, address, slot, act, pair, refresh, over })
    const changed = world.setDnd(address, on, 'hub')
    return { kind: changed ? 'applied' : 'unchanged', at: clock.wall() }
  }

  #beat(): void {
    const { fault } = this.#link.world
    if (fault?.kind === 'down') {
      if (this.#open) this.#emit({ type: 'lost', feed, reason: 'the connection was cut' })
      this.#open = false
    } else if (!this.#open) {
      this.#open = true
      this.#emit({ type: 'opened', feed, leaseMs })
      this.#snapshot(undefined)
    } else if (fault?.kind !== 'mute') this.#emit({ type: 'renewed', feed })
    this.#life.clock.after(this.#open ? heartbeatMs : 2000, () => this.#beat())
  }

  #snapshot(addresses: readonly string[] | undefined): void {
    const { world } = this.#link
    if (!this.#open || world.fault?.kind === 'mute') return
    const observations = (addresses ?? this.#followed)
      .filter((address) => world.has(address))
      .flatMap((address) => [
        this.#observation(address, this.#dnd(world.dnd(address))),
        ...world.legs(address).map((leg) => this.#observation(address, dialog(leg))),
      ])
    this.#pipe.send(() => {
      if (this.#open) this.#emit({ type: 'snapshot', feed, observations, ...(addresses && { addresses }) })
    })
  }

  #push({ address, what }: PhoneEvent): void {
    const { fault } = this.#link.world
    if (!this.#open || fault?.kind === 'down' || fault?.kind === 'mute') return
    const facet = 'dnd' in what ? this.#dnd(what.dnd) : dialog(what.leg)
    this.#emit({ type: 'observed', feed, observation: this.#observation(address, facet) })
  }

  #observation(address: string, facet: Facet): Observation {
    return { address, facet, observedAt: this.#life.clock.wall() }
  }

  #dnd({ on, by }: Dnd): Facet {
    if (!this.#link.tellsOrigin) return { kind: 'dnd', on }
    return { kind: 'dnd', on, origin: by === 'schedule' ? 'schedule' : 'person' }
  }
}

export function dialog(leg: PhoneLeg): Facet {
  return {
    kind: 'dialog',
    leg: leg.id,
    state: leg.state,
    direction: 'outbound',
    party: 'external',
    evidence: 'call',
  }
}
