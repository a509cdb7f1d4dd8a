import type { ConnectorContext, ConnectorInstance } from '../../core/connector.ts'
import type { Timer } from '../../core/ports.ts'
import type { Presence } from '../../core/presence.ts'
import { AVAILABLE, AWAY, BUSY, DO_NOT_DISTURB, IN_A_CALL } from '../../core/presence.ts'
import type { ExternalSignal } from '../../core/view.ts'

const states: Record<ExternalSignal['state'], Presence> = {
  available: AVAILABLE,
  away: AWAY,
  busy: BUSY,
  inACall: IN_A_CALL,
  doNotDisturb: DO_NOT_DISTURB,
}

/** Strongest first: what is said of a person when several sources speak. */
const order: readonly ExternalSignal['state'][] = ['doNotDisturb', 'inACall', 'busy', 'away', 'available']

const feed = 'signals'
/** The feed is this process itself: it is heard as long as the process lives. */
const leaseMs = 24 * 60 * 60_000

interface Kept {
  readonly state: ExternalSignal['state']
  readonly note?: string
  /** Wall clock, milliseconds. */
  readonly until: number
}

/**
 * What external systems say over the API (PUT /people/{..}/signals/{source}): a condition with a time to live. The
 * address is the person's id in the hub; what was said outlives a restart.
 */
export class ApiSignals implements ConnectorInstance {
  readonly #context: ConnectorContext
  readonly #people = new Map<string, Map<string, Kept>>()
  readonly #timers = new Map<string, Timer>()
  #followed: readonly string[] = []
  #renewal: Timer | undefined

  constructor(context: ConnectorContext) {
    this.#context = context
  }

  async start(addresses: readonly string[]): Promise<void> {
    this.#followed = addresses
    for (const address of addresses) {
      const stored = (await this.#context.memory.get(address)) as Record<string, Kept> | undefined
      if (stored && !this.#people.has(address)) this.#people.set(address, new Map(Object.entries(stored)))
    }
    this.#context.emit({ type: 'opened', feed, leaseMs })
    this.#emit(this.#followed)
    this.#renew()
    this.#context.health({ state: 'up' })
  }

  async stop(): Promise<void> {
    for (const timer of this.#timers.values()) timer.cancel()
    this.#timers.clear()
    this.#renewal?.cancel()
  }

  follow(addresses: readonly string[]): void {
    const known = new Set(this.#followed)
    const fresh = addresses.filter((address) => !known.has(address))
    this.#followed = addresses
    this.#emit(fresh)
  }

  resync(addresses: readonly string[]): void {
    this.#emit(addresses)
  }

  async put(address: string, source: string, signal: ExternalSignal): Promise<void> {
    const until = this.#context.clock.wall() + signal.ttl * 1000
    const kept: Kept = { state: signal.state, until, ...(signal.note !== undefined && { note: signal.note }) }
    const sources = this.#people.get(address) ?? new Map<string, Kept>()
    sources.set(source, kept)
    this.#people.set(address, sources)
    await this.#save(address)
    this.#emit([address])
  }

  /** False when that source had said nothing. */
  async delete(address: string, source: string): Promise<boolean> {
    const sources = this.#people.get(address)
    if (!sources?.delete(source)) return false
    await this.#save(address)
    this.#emit([address])
    return true
  }

  #emit(addresses: readonly string[]): void {
    if (addresses.length === 0) return
    const observedAt = this.#context.clock.wall()
    const observations = addresses.flatMap((address) => {
      const strongest = this.#strongest(address)
      if (!strongest) return []
      const facet = { kind: 'presence' as const, state: states[strongest], chosen: 'no' as const }
      return [{ address, facet, observedAt }]
    })
    this.#context.emit({ type: 'snapshot', feed, observations, addresses })
  }

  /** Drops what ran out, and looks again when the next one does. */
  #strongest(address: string): ExternalSignal['state'] | undefined {
    const sources = this.#people.get(address)
    this.#timers.get(address)?.cancel()
    this.#timers.delete(address)
    if (!sources) return undefined
    const now = this.#context.clock.wall()
    for (const [source, { until }] of sources) if (until <= now) sources.delete(source)
    if (sources.size === 0) {
      this.#people.delete(address)
      this.#save(address).catch((error: unknown) => {
        this.#context.log.warn('a signal that ran out could not be removed from the store', { error })
      })
      return undefined
    }
    const next = Math.min(...[...sources.values()].map(({ until }) => until))
    this.#timers.set(
      address,
      this.#context.clock.after(next - now, () => this.#emit([address])),
    )
    return order.find((state) => [...sources.values()].some((kept) => kept.state === state))
  }

  /** Of each person by itself: what others say of others is not written again. */
  async #save(address: string): Promise<void> {
    const sources = this.#people.get(address)
    const { memory } = this.#context
    if (sources && sources.size > 0) await memory.set(address, Object.fromEntries(sources))
    else await memory.delete(address)
  }

  #renew(): void {
    this.#renewal = this.#context.clock.after(leaseMs / 2, () => {
      this.#context.emit({ type: 'renewed', feed })
      this.#renew()
    })
  }
}
