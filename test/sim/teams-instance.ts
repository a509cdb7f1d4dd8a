import type { ConnectorInstance, Outcome, Publication } from '../../src/core/connector.ts'
import type { Observation } from '../../src/core/observation.ts'
import type { Clock } from '../../src/core/ports.ts'
import type { Arrival, Emit, Life } from './life.ts'
import { toPair, toPresence } from './pairs.ts'
import type { TeamsWorld } from './teams-world.ts'

export interface TeamsLink {
  readonly world: TeamsWorld
  /** The world's own time: what was sent arrives although its sender has died. */
  readonly clock: Clock
  readonly pollMs: number
  /** How old the state is that a read shows. */
  readonly lagMs: () => number
  /** Reads do not say which version of a state they show. */
  readonly unnumbered?: boolean
  readonly arrived: (arrival: Arrival) => void
}

const feed = 'presence'
const leaseMs = 60_000
const toTargetMs = 50
const toHubMs = 150
const selectable = new Set([
  'available/available',
  'busy/busy',
  'doNotDisturb/doNotDisturb',
  'beRightBack/beRightBack',
  'away/away',
  'offline/offWork',
])

/** Reads by polling, says only what changed, writes with an answer that comes later than its effect. */
export class TeamsInstance implements ConnectorInstance {
  readonly #id: string
  readonly #life: Life
  readonly #emit: Emit
  readonly #link: TeamsLink
  readonly #seen = new Map<string, { pair: string; version: number } | undefined>()
  /** Asked for: the next read that is not older than the last is emitted, changed or not. */
  readonly #forced = new Set<string>()
  #open = false

  constructor(id: string, life: Life, about: { readonly emit: Emit; readonly link: TeamsLink }) {
    this.#id = id
    this.#life = life
    this.#emit = about.emit
    this.#link = about.link
  }

  start(addresses: readonly string[]): Promise<void> {
    this.follow(addresses)
    this.#life.clock.after(toHubMs, () => this.#poll())
    return Promise.resolve()
  }

  stop(): Promise<void> {
    return Promise.resolve()
  }

  follow(addresses: readonly string[]): void {
    for (const address of addresses) if (!this.#seen.has(address)) this.#seen.set(address, undefined)
    for (const address of this.#seen.keys()) if (!addresses.includes(address)) this.#seen.delete(address)
  }

  resync(addresses: readonly string[]): void {
    this.#life.clock.after(toHubMs, () => {
      if (!this.#heard()) return
      for (const address of addresses) {
        if (!this.#seen.has(address)) continue
        this.#forced.add(address)
        this.#read(address)
      }
    })
  }

  async publish(publication: Publication): Promise<Outcome> {
    const { world, clock } = this.#link
    await this.#life.cross('send')
    const done = new Promise<Outcome>((resolve) => {
      clock.after(toTargetMs, () => resolve(this.#arrive(publication)))
    })
    if (world.fault?.kind === 'down') {
      await this.#life.sleep(5000)
      return { kind: 'failed', reason: 'no answer' }
    }
    const outcome = await done
    await this.#life.cross('arrived')
    await this.#life.sleep(toHubMs)
    await this.#life.cross('answered')
    return outcome
  }

  #arrive({ address, slot, act, state, refresh, lifeMs }: Publication): Outcome {
    const { world, clock } = this.#link
    const { fault } = world
    if (fault?.kind === 'throttled') {
      world.refusals.push(clock.monotonic())
      return { kind: 'deferred', reason: 'too many requests', retryAfterMs: fault.retryAfterMs }
    }
    if (fault) return { kind: 'failed', reason: 'no answer' }
    if (!world.has(address)) return { kind: 'rejected', reason: 'nobody has this address' }
    const pair = toPair(state)
    const standing = world.preferred(address)
    const over =
      slot === 'preferred' && standing?.by === 'person' ? { pair: standing.pair, at: standing.at } : undefined
    this.#link.arrived({ system: this.#id, address, slot, act, pair, refresh, over })
    const at = clock.wall()
    if (slot === 'session') {
      if (act === 'assert')
        world.change(address, { app: { pair, until: clock.monotonic() + (lifeMs ?? 300_000) } })
      else {
        if (!world.session(address)) return { kind: 'unchanged', at }
        world.change(address, { app: undefined })
      }
    } else if (act === 'assert' || selectable.has(pair)) {
      if (refresh && standing?.pair === pair) world.prolong(address)
      else world.prefer(address, pair, 'hub')
    } else world.prefer(address, undefined, 'hub')
    return { kind: 'applied', at }
  }

  #poll(): void {
    if (this.#heard()) {
      const fresh: Observation[] = []
      for (const [address, seen] of this.#seen) {
        if (seen) this.#read(address)
        else if (this.#link.world.has(address)) fresh.push(this.#first(address))
      }
      if (fresh.length > 0) {
        this.#emit({
          type: 'snapshot',
          feed,
          observations: fresh,
          addresses: fresh.map((one) => one.address),
        })
      }
      this.#emit({ type: 'renewed', feed })
    }
    this.#life.clock.after(this.#link.pollMs, () => this.#poll())
  }

  /** Opens the feed when it can be read; closes it when it cannot. */
  #heard(): boolean {
    if (this.#link.world.fault?.kind === 'down') {
      if (this.#open) this.#emit({ type: 'lost', feed, reason: 'no answer' })
      this.#open = false
      return false
    }
    if (!this.#open) {
      this.#open = true
      for (const address of this.#seen.keys()) this.#seen.set(address, undefined)
      this.#emit({ type: 'opened', feed, leaseMs })
    }
    return true
  }

  #first(address: string): Observation {
    const seen = this.#link.world.read(address, this.#link.lagMs())
    this.#seen.set(address, seen)
    return this.#observation(address, seen)
  }

  #read(address: string): void {
    const seen = this.#link.world.read(address, this.#link.lagMs())
    const last = this.#seen.get(address)
    if (!last || seen.version < last.version) return
    this.#seen.set(address, seen)
    const forced = this.#forced.delete(address)
    if (seen.pair !== last.pair || forced) {
      this.#emit({ type: 'observed', feed, observation: this.#observation(address, seen) })
    }
  }

  #observation(address: string, { pair, version }: { pair: string; version: number }): Observation {
    const chosen = selectable.has(pair) ? 'unknown' : 'no'
    return {
      address,
      facet: { kind: 'presence', state: toPresence(pair), chosen },
      observedAt: this.#life.clock.wall(),
      ...(!this.#link.unnumbered && { sequence: String(version) }),
    }
  }
}
