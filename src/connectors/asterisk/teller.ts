import type { DialogFacet, Facet, FeedEvent, Observation } from '../../core/observation.ts'

/** The one feed of this connector. Its lease outlives two missed heartbeats. */
export const feed = 'ami'
export const leaseMs = 30_000

const none: readonly never[] = []

/** One leg, or the one facet of its kind. */
const isAboutSame = (a: Facet, b: Facet) =>
  a.kind === b.kind && (a.kind !== 'dialog' || a.leg === (b as DialogFacet).leg)

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
    const before = this.#told.get(address) ?? none
    const gone = before.filter((facet) => !facets.some((other) => isAboutSame(facet, other)))
    // Only a leg can say that it has ended; any other facet vanishes by a new set without it.
    if (gone.some((facet) => facet.kind !== 'dialog')) {
      this.scoped(new Map([[address, facets]]), at)
      return
    }
    const changed = facets.filter((facet) => !before.some((other) => sameFacet(other, facet)))
    if (gone.length === 0 && changed.length === 0) return
    const ended = gone.map((facet): Facet => ({ ...(facet as DialogFacet), state: 'terminated' }))
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

/** Facets are flat but for a state, of which there are few. */
function sameFacet(a: Facet, b: Facet): boolean {
  if (a === b) return true
  const names = Object.keys(a) as (keyof Facet)[]
  if (a.kind !== b.kind || names.length !== Object.keys(b).length) return false
  return names.every((name) => sameValue(a[name], b[name]))
}

function sameValue(a: unknown, b: unknown): boolean {
  return a === b || (typeof a === 'object' && JSON.stringify(a) === JSON.stringify(b))
}
