import type { ConnectorInstance, Outcome, Publication } from '../../src/core/connector.ts'
import type { Facet, Observation } from '../../src/core/observation.ts'
import type { Clock } from '../../src/core/ports.ts'
import type { Arrival, Emit, Life } from './life.ts'
import { toPair, toPresence } from './pairs.ts'
import { dialog } from './phone-instance.ts'
import type { PhoneWorld } from './phone-world.ts'
import type { Delivery } from './pipe.ts'
import { Pipe } from './pipe.ts'
import type { Register, RegisterWorld } from './register-world.ts'
import { loggedOut } from './register-world.ts'

export interface RegisterLink {
  readonly world: RegisterWorld
  /** The calls of a phone system, by the same addresses. */
  readonly calls: PhoneWorld | undefined
  readonly clock: Clock
  readonly delivery: () => Delivery
  readonly arrived: (arrival: Arrival) => void
}

const feed = 'events'
const leaseMs = 60_000
const heartbeatMs = 25_000
const toTargetMs = 20
const toHubMs = 30

/** Hears by push, over a line that keeps order; says of a state only whether a person picked it. */
export class RegisterInstance implements ConnectorInstance {
  readonly #id: string
  readonly #life: Life
  readonly #emit: Emit
  readonly #link: RegisterLink
  readonly #pipe: Pipe
  #followed: readonly string[] = []
  #open = false

  constructor(id: string, life: Life, about: { readonly emit: Emit; readonly link: RegisterLink }) {
    this.#id = id
    this.#life = life
    this.#emit = about.emit
    this.#link = about.link
    this.#pipe = new Pipe(life.clock, about.link.delivery)
  }

  start(addresses: readonly string[]): Promise<void> {
    this.#followed = addresses
    const { world, calls } = this.#link
    const forget = [
      world.listen((address) => this.#push(address, status(world.register(address)))),
      ...(calls
        ? [
            calls.listen(({ address, what }) => {
              if ('leg' in what) this.#push(address, dialog(what.leg))
            }),
          ]
        : []),
    ]
    this.#life.onDeath(() => {
      for (const one of forget) one()
    })
    this.#life.clock.after(toHubMs, () => this.#beat())
    return Promise.resolve()
  }

  stop(): Promise<void> {
    return Promise.resolve()
  }

  follow(addresses: readonly string[]): void {
    this.#followed = addresses
    this.resync(addresses)
  }

  resync(addresses: readonly string[]): void {
    this.#life.clock.after(toHubMs, () => this.#snapshot(addresses))
  }

  async publish(publication: Publication): Promise<Outcome> {
    await this.#life.cross('send')
    const done = new Promise<Outcome>((resolve) => {
      this.#link.clock.after(toTargetMs, () => resolve(this.#arrive(publication)))
    })
    const outcome = await done
    await this.#life.cross('arrived')
    await this.#life.sleep(toHubMs)
    await this.#life.cross('answered')
    return outcome
  }

  #arrive({ address, slot, act, state, refresh }: Publication): Outcome {
    const { world, clock } = this.#link
    if (world.fault) return { kind: 'failed', reason: 'no connection' }
    if (!world.has(address)) return { kind: 'rejected', reason: 'nobody has this address' }
    if (!world.isLoggedIn(address)) return { kind: 'rejected', reason: 'logged out' }
    const pair = toPair(state)
    const standing = world.register(address)
    const over = standing.by !== 'hub' ? { pair: standing.pair, at: standing.at } : undefined
    this.#link.arrived({ system: this.#id, address, slot, act, pair, refresh, over })
    const changed = world.put(address, pair, 'hub')
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
    if (!this.#open || this.#link.world.fault) return
    const { world, calls } = this.#link
    const observations = (addresses ?? this.#followed)
      .filter((address) => world.has(address))
      .flatMap((address) =>
        [status(world.register(address)), ...(calls?.legs(address) ?? []).map(dialog)].map((facet) =>
          this.#observation(address, facet),
        ),
      )
    this.#pipe.send(() => {
      if (this.#open) this.#emit({ type: 'snapshot', feed, observations, ...(addresses && { addresses }) })
    })
  }

  #push(address: string, facet: Facet): void {
    if (!this.#open) return
    this.#pipe.send(() => {
      if (!this.#open || this.#link.world.fault) return
      this.#emit({ type: 'observed', feed, observation: this.#observation(address, facet) })
    })
  }

  #observation(address: string, facet: Facet): Observation {
    return { address, facet, observedAt: this.#life.clock.wall() }
  }
}

function status({ pair, by }: Register): Facet {
  const said = { kind: 'presence', state: toPresence(pair) } as const
  if (pair === loggedOut) return { ...said, chosen: 'no', absent: 'signedOut' }
  if (by === 'schedule') return { ...said, chosen: 'unknown', origin: 'schedule' }
  return { ...said, chosen: by === 'person' ? 'yes' : 'unknown' }
}
