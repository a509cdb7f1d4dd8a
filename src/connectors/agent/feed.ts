import type { Facet, FeedEvent, Observation } from '../../core/observation.ts'

/** The one feed of an agent: kept over its connections, of which each is an epoch. */
export class AgentFeed {
  readonly #name: string
  readonly #leaseMs: number
  readonly #emit: (event: FeedEvent) => void
  /** Addresses about which it has said something that has not been taken back. */
  readonly #spoken = new Set<string>()
  #lost: string | undefined
  #open = false

  constructor(agent: string, leaseMs: number, emit: (event: FeedEvent) => void) {
    this.#name = `agent ${agent}`
    this.#leaseMs = leaseMs
    this.#emit = emit
  }

  get spoken(): ReadonlySet<string> {
    return this.#spoken
  }

  begin(): void {
    this.#open = true
    this.#lost = undefined
    this.#emit({ type: 'opened', feed: this.#name, leaseMs: this.#leaseMs })
  }

  snapshot(addresses: readonly string[], observations: readonly Observation[]): void {
    if (!this.#open || addresses.length === 0) return
    for (const address of addresses) this.#spoken.add(address)
    this.#emit({ type: 'snapshot', feed: this.#name, addresses, observations })
  }

  observed(address: string, facet: Facet, at: number): void {
    if (!this.#open) return
    this.#spoken.add(address)
    this.#emit({ type: 'observed', feed: this.#name, observation: { address, facet, observedAt: at } })
  }

  renewed(): void {
    if (this.#open) this.#emit({ type: 'renewed', feed: this.#name })
  }

  lost(reason: string): void {
    if (!this.#open) return
    this.#open = false
    this.#lost = reason
    this.#emit({ type: 'lost', feed: this.#name, reason })
  }

  /** The agent itself took back what it had said. */
  end(): void {
    if (!this.#open) return
    this.#open = false
    this.#spoken.clear()
    this.#emit({ type: 'ended', feed: this.#name })
  }

  /** Nobody listens there any more, or somebody else speaks for them. */
  forget(addresses: readonly string[]): void {
    const known = addresses.filter((address) => this.#spoken.delete(address))
    if (known.length === 0) return
    const feed = this.#name
    const empty = { type: 'snapshot', feed, addresses: known, observations: [] } as const
    if (this.#open) {
      this.#emit(empty)
      return
    }
    // What is said of other addresses stays lost, and is carried over this epoch.
    this.#emit({ type: 'opened', feed, leaseMs: this.#leaseMs })
    this.#emit(empty)
    this.#emit({ type: 'lost', feed, reason: this.#lost ?? 'the agent is not connected' })
  }
}
