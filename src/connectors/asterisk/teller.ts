import type { DialogFacet, Facet, FeedEvent, Observation } from '../../core/observation.ts'

/** The one feed of this connector. Its lease outlives two missed heartbeats. */
export const feed = 'ami'
export const leaseMs = 30_000

const keyOf = (facet: Facet) => (facet.kind === 'dialog' ? `dialog ${facet.leg}` : facet.kind)

/** Says what changed, and only that: what an address had before is compared with what it has now. */
export class Teller {
  readonly #emit: (event: FeedEvent) => void
  readonly #told = new Map<string, readonly Facet[]>()
  /** Sets without a call, by what they say: there are few, and thousands of idle phones hold the same one. */
  readonly #idle = new Map<string, readonly Facet[]>()

  constructor(emit: (event: FeedEvent) => void) {
    this.#emit = emit
  }

  /** The whole set of the whole feed. */
  snapshot(all: ReadonlyMap<string, readonly Facet[]>, at: number): void {
    this.#told.clear()
    for (const [address, facets] of all) this.#remember(address, facets)
    this.#emit({ type: 'snapshot', feed, observations: observationsOf(all, at) })
  }

  /** The whole set of some addresses, changed or not. */
  scoped(some: ReadonlyMap<string, readonly Facet[]>, at: number): void {
    for (const [address, facets] of some) this.#remember(address, facets)
    this.#emit({
      type: 'snapshot',
      feed,
      observations: observationsOf(some, at),
      addresses: [...some.keys()],
    })
  }

  /** What changed at one address. */
  update(address: string, facets: readonly Facet[], at: number): void {
    const before = new Map(this.#told.get(address)?.map((facet) => [keyOf(facet), facet]))
    const now = new Set(facets.map(keyOf))
    const gone = [...before.values()].filter((facet) => !now.has(keyOf(facet)))
    // Only a leg can say that it has ended; any other facet vanishes by a new set without it.
    if (gone.some((facet) => facet.kind !== 'dialog')) {
      this.scoped(new Map([[address, facets]]), at)
      return
    }
    const ended = gone.map((facet): Facet => ({ ...(facet as DialogFacet), state: 'terminated' }))
    const changed = facets.filter((facet) => !sameFacet(before.get(keyOf(facet)), facet))
    this.#remember(address, facets)
    for (const facet of [...changed, ...ended]) {
      this.#emit({ type: 'observed', feed, observation: { address, facet, observedAt: at } })
    }
  }

  #remember(address: string, facets: readonly Facet[]): void {
    if (facets.length === 0) this.#told.delete(address)
    else
      this.#told.set(address, facets.some((facet) => facet.kind === 'dialog') ? facets : this.#share(facets))
  }

  #share(facets: readonly Facet[]): readonly Facet[] {
    const key = JSON.stringify(facets)
    const known = this.#idle.get(key)
    if (known) return known
    this.#idle.set(key, facets)
    return facets
  }
}

function observationsOf(all: ReadonlyMap<string, readonly Facet[]>, at: number): Observation[] {
  return [...all].flatMap(([address, facets]) => facets.map((facet) => ({ address, facet, observedAt: at })))
}

function sameFacet(a: Facet | undefined, b: Facet): boolean {
  return a !== undefined && JSON.stringify(a) === JSON.stringify(b)
}
