import type { DialogFacet, Facet, FeedEvent, Observation } from '../../core/observation.ts'

const keyOf = (facet: Facet) => (facet.kind === 'dialog' ? `dialog ${facet.leg}` : facet.kind)

/** The facets of some addresses. */
export type FacetsByAddress = ReadonlyMap<string, readonly Facet[]>

/**
 * One feed of a connector that knows the whole set of each address: says what changed, and only that, and nothing
 * while the feed is lost. `at` is wall clock, milliseconds.
 */
export class FeedTeller {
  readonly #feed: string
  readonly #leaseMs: () => number
  readonly #emit: (event: FeedEvent) => void
  readonly #told = new Map<string, readonly Facet[]>()
  #open = false

  constructor(feed: string, leaseMs: () => number, emit: (event: FeedEvent) => void) {
    this.#feed = feed
    this.#leaseMs = leaseMs
    this.#emit = emit
  }

  get open(): boolean {
    return this.#open
  }

  /** A new epoch with the whole set. */
  begin(all: FacetsByAddress, at: number): void {
    this.#open = true
    this.#emit({ type: 'opened', feed: this.#feed, leaseMs: this.#leaseMs() })
    this.#told.clear()
    for (const [address, facets] of all) this.#told.set(address, facets)
    this.#emit({ type: 'snapshot', feed: this.#feed, observations: observationsOf(all, at) })
  }

  /** The whole set of some addresses, changed or not; an empty one ends what was said of it. */
  renew(some: FacetsByAddress, at: number): void {
    if (!this.#open || some.size === 0) return
    for (const [address, facets] of some) this.#told.set(address, facets)
    this.#emit({
      type: 'snapshot',
      feed: this.#feed,
      observations: observationsOf(some, at),
      addresses: [...some.keys()],
    })
  }

  /** What is said of one address by now: what changed is told. True when something was. */
  update(address: string, facets: readonly Facet[], at: number): boolean {
    if (!this.#open) return false
    const before = new Map(this.#told.get(address)?.map((facet) => [keyOf(facet), facet]))
    const now = new Set(facets.map(keyOf))
    const gone = [...before.values()].filter((facet) => !now.has(keyOf(facet)))
    // Only a leg can say that it has ended; any other facet vanishes by a new set without it.
    if (gone.some((facet) => facet.kind !== 'dialog')) {
      this.renew(new Map([[address, facets]]), at)
      return true
    }
    const ended = gone.map((facet): Facet => ({ ...(facet as DialogFacet), state: 'terminated' }))
    const changed = facets.filter((facet) => !isSame(before.get(keyOf(facet)), facet))
    this.#told.set(address, facets)
    for (const facet of [...changed, ...ended]) {
      this.#emit({ type: 'observed', feed: this.#feed, observation: { address, facet, observedAt: at } })
    }
    return changed.length + ended.length > 0
  }

  /** Everything that was said still holds. */
  renewed(): void {
    if (this.#open) this.#emit({ type: 'renewed', feed: this.#feed })
  }

  lost(reason: string): void {
    if (!this.#open) return
    this.#open = false
    this.#emit({ type: 'lost', feed: this.#feed, reason })
  }
}

function observationsOf(all: FacetsByAddress, at: number): Observation[] {
  return [...all].flatMap(([address, facets]) => facets.map((facet) => ({ address, facet, observedAt: at })))
}

function isSame(a: Facet | undefined, b: Facet): boolean {
  return a !== undefined && JSON.stringify(a) === JSON.stringify(b)
}
