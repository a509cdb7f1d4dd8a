import type { ConnectorContext, ConnectorInstance } from '../../core/connector.ts'
import type { Timer } from '../../core/ports.ts'
import type { Presence } from '../../core/presence.ts'
import { AVAILABLE, AWAY, BUSY, DO_NOT_DISTURB, IN_A_CALL } from '../../core/presence.ts'
import type { ExternalSignal } from '../../core/view.ts'
import { TimedStates } from '../kit/timed-states.ts'

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

/**
 * What external systems say over the API (PUT /people/{..}/signals/{source}): a condition with a time to live. The
 * address is the person's id in the hub; what was said outlives a restart.
 */
export class ApiSignals implements ConnectorInstance {
  readonly #context: ConnectorContext
  readonly #said: TimedStates<ExternalSignal['state']>
  #followed: readonly string[] = []
  #renewal: Timer | undefined

  constructor(context: ConnectorContext) {
    this.#context = context
    this.#said = new TimedStates(context, {
      order,
      keyOf: (address) => address,
      changed: (address) => this.#emit([address]),
    })
  }

  async start(addresses: readonly string[]): Promise<void> {
    this.#followed = addresses
    await this.#said.recall(addresses)
    this.#context.emit({ type: 'opened', feed, leaseMs })
    this.#emit(this.#followed)
    this.#renew()
    this.#context.health({ state: 'up' })
  }

  async stop(): Promise<void> {
    this.#said.stop()
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
    const { state, ttl, note, wrapUp } = signal
    await this.#said.put(address, source, {
      state,
      until: this.#said.now + ttl * 1000,
      ...(note !== undefined && { note }),
      ...(wrapUp && { wrapUp: { state: wrapUp.state, ms: wrapUp.seconds * 1000 } }),
    })
    this.#emit([address])
  }

  /** It is over: its wrap-up begins, where it has one. False when that source had said nothing. */
  async delete(address: string, source: string): Promise<boolean> {
    if (!(await this.#said.end(address, source))) return false
    this.#emit([address])
    return true
  }

  #emit(addresses: readonly string[]): void {
    if (addresses.length === 0) return
    const observedAt = this.#context.clock.wall()
    const observations = addresses.flatMap((address) => {
      const strongest = this.#said.strongest(address)
      if (!strongest) return []
      const facet = { kind: 'presence' as const, state: states[strongest.state], chosen: 'no' as const }
      return [{ address, facet, observedAt }]
    })
    this.#context.emit({ type: 'snapshot', feed, observations, addresses })
  }

  #renew(): void {
    this.#renewal = this.#context.clock.after(leaseMs / 2, () => {
      this.#context.emit({ type: 'renewed', feed })
      this.#renew()
    })
  }
}
