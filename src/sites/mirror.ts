import type { FeedEvent, Observation } from '../core/observation.ts'

interface Feed {
  leaseMs: number
  live: boolean
  /** By address, then by facet and leg. */
  readonly said: Map<string, Map<string, Observation>>
  /** Addresses that were told since the epoch began; of the others nobody knows. */
  told: Set<string>
}

type SnapshotEvent = Extract<FeedEvent, { type: 'snapshot' }>

const keyOf = ({ facet }: Observation) => (facet.kind === 'dialog' ? `dialog ${facet.leg}` : facet.kind)

/** What one connector says now, so that a hub that missed how it came about can be told that much. */
export class Mirror {
  readonly #feeds = new Map<string, Feed>()

  /** `followed`: a snapshot of a whole feed is about these, too. */
  note(event: FeedEvent, followed: readonly string[]): void {
    const { feed: name } = event
    if (event.type === 'ended') this.#feeds.delete(name)
    else if (event.type === 'opened') this.#open(name, event.leaseMs)
    const feed = this.#feeds.get(name)
    if (!feed) return
    if (event.type === 'lost') feed.live = false
    else if (event.type === 'snapshot') replace(feed, event, followed)
    else if (event.type === 'observed') observe(feed, event.observation)
  }

  /** Every feed that is heard, each as a new epoch with all that it has told. */
  restate(): FeedEvent[] {
    return [...this.#feeds].flatMap(([feed, { live, leaseMs, said, told }]): FeedEvent[] => {
      if (!live) return []
      const opened = { type: 'opened', feed, leaseMs } as const
      if (told.size === 0) return [opened]
      const addresses = [...told]
      const observations = addresses.flatMap((address) => [...(said.get(address)?.values() ?? [])])
      return [opened, { type: 'snapshot', feed, addresses, observations }]
    })
  }

  /** The instance stopped or failed. Answers which feeds were heard. */
  loseAll(): readonly string[] {
    const heard = [...this.#feeds].filter(([, feed]) => feed.live)
    for (const [, feed] of heard) feed.live = false
    return heard.map(([name]) => name)
  }

  #open(name: string, leaseMs: number): void {
    const known = this.#feeds.get(name)
    if (!known) {
      this.#feeds.set(name, { leaseMs, live: true, said: new Map(), told: new Set() })
      return
    }
    known.leaseMs = leaseMs
    known.live = true
    known.told = new Set()
  }
}

function replace(feed: Feed, { addresses, observations }: SnapshotEvent, followed: readonly string[]): void {
  const named = observations.map(({ address }) => address)
  feed.live = true
  for (const address of addresses ?? [...feed.said.keys(), ...followed, ...named]) {
    feed.told.add(address)
    feed.said.set(address, new Map())
  }
  for (const each of observations) observe(feed, each)
}

function observe(feed: Feed, observation: Observation): void {
  const { address, facet } = observation
  feed.live = true
  feed.told.add(address)
  const said = feed.said.get(address) ?? new Map<string, Observation>()
  feed.said.set(address, said)
  if (facet.kind === 'dialog' && facet.state === 'terminated') said.delete(keyOf(observation))
  else said.set(keyOf(observation), observation)
}
