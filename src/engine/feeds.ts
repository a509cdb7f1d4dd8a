import type { FeedEvent, Observation } from '../core/observation.ts'
import type { Clock, Timer } from '../core/ports.ts'
import type { FeedState } from '../core/presentity.ts'

/** What the feeds tell the engine after leases and epochs are sorted out. */
export interface FeedSink {
  replace(feed: FeedState, observations: readonly Observation[], address: string): void
  observe(feed: FeedState, observation: Observation): void
  /** The feed's voice came back or went away for these addresses; nothing else changed. */
  touched(addresses: Iterable<string>): void
  ended(feed: FeedState, addresses: Iterable<string>): void
}

interface Feed {
  readonly state: FeedState
  /** Undefined for more than a few: such a feed is taken to cover all that is followed. */
  covered: Set<string> | undefined
  leaseMs: number
  expiresAt: number
  timer: Timer | undefined
  /** Addresses covered since the epoch began; a lost feed is live again for those only. */
  opened: boolean
}

/** A list of the addresses takes memory, 75 bytes for each person; whoever is told in vain that a feed went only looks. */
const mostCovered = 100

/**
 * Leases of every feed of one connector instance. Signals live as long as their feed's lease; `lost` (the lease ran
 * out, or the connector said so) is not `ended`.
 */
export class Feeds {
  readonly system: string
  readonly #clock: Clock
  readonly #now: () => number
  readonly #sink: FeedSink
  readonly #followed: () => Iterable<string>
  readonly #feeds = new Map<string, Feed>()
  #suspended = false

  constructor(
    system: string,
    time: { clock: Clock; now: () => number },
    io: { sink: FeedSink; followed: () => Iterable<string> },
  ) {
    this.system = system
    this.#clock = time.clock
    this.#now = time.now
    this.#sink = io.sink
    this.#followed = io.followed
  }

  accept(event: FeedEvent): void {
    if (event.type === 'opened') this.#open(event.feed, event.leaseMs)
    else if (event.type === 'snapshot') this.#snapshot(event.feed, event.observations, event.addresses)
    else if (event.type === 'observed') this.#observe(event.feed, event.observation)
    else if (event.type === 'renewed') this.#renew(event.feed)
    else if (event.type === 'lost') this.#lose(event.feed)
    else this.#end(event.feed)
  }

  /** Every feed of a stopped or failed instance. */
  loseAll(): void {
    for (const feed of this.#feeds.keys()) this.#lose(feed)
  }

  /** Feeds that the instance of now has not opened: another one before it did, and nobody speaks for them any more. */
  endUnopened(): void {
    for (const [name, feed] of this.#feeds) if (!feed.opened && !feed.state.live) this.#end(name)
  }

  endAll(): void {
    for (const name of this.#feeds.keys()) this.#end(name)
  }

  /** The clock stepped: no lease ends before its feed was asked again, for at most one lease. */
  grantAnother(): void {
    for (const feed of this.#feeds.values()) {
      if (feed.state.live) this.#lease(feed)
    }
  }

  stop(): void {
    this.#suspended = true
    for (const feed of this.#feeds.values()) feed.timer?.cancel()
  }

  /** Live feeds and all feeds, for health. */
  count(): { live: number; all: number } {
    let live = 0
    for (const feed of this.#feeds.values()) if (feed.state.live) live += 1
    return { live, all: this.#feeds.size }
  }

  #open(name: string, leaseMs: number): void {
    const known = this.#feeds.get(name)
    if (known) {
      known.state.epoch += 1
      known.leaseMs = leaseMs
      known.opened = true
      this.#lease(known)
      return
    }
    const feed: Feed = {
      state: { feed: name, epoch: 1, live: false, lostSince: this.#now() },
      covered: new Set(),
      leaseMs,
      expiresAt: 0,
      timer: undefined,
      opened: true,
    }
    this.#feeds.set(name, feed)
    this.#lease(feed)
  }

  #snapshot(
    name: string,
    observations: readonly Observation[],
    addresses: readonly string[] | undefined,
  ): void {
    const feed = this.#feeds.get(name)
    if (!feed) return
    this.#revive(feed)
    const byAddress = new Map<string, Observation[]>()
    for (const observation of observations) {
      noteKind(feed.state, observation)
      const list = byAddress.get(observation.address)
      if (list) list.push(observation)
      else byAddress.set(observation.address, [observation])
    }
    const scope = addresses ?? new Set([...this.#followed(), ...byAddress.keys(), ...(feed.covered ?? [])])
    for (const address of scope) {
      cover(feed, address)
      this.#sink.replace(feed.state, byAddress.get(address) ?? [], address)
    }
  }

  #observe(name: string, observation: Observation): void {
    const feed = this.#feeds.get(name)
    if (!feed) return
    this.#revive(feed)
    cover(feed, observation.address)
    noteKind(feed.state, observation)
    this.#sink.observe(feed.state, observation)
  }

  #renew(name: string): void {
    const feed = this.#feeds.get(name)
    if (!feed) return
    if (feed.state.live) this.#lease(feed)
  }

  #lose(name: string): void {
    const feed = this.#feeds.get(name)
    if (!feed) return
    feed.timer?.cancel()
    feed.timer = undefined
    feed.opened = false
    if (!feed.state.live) return
    feed.state.live = false
    feed.state.lostSince = this.#now()
    this.#sink.touched(this.#coveredBy(feed))
  }

  #end(name: string): void {
    const feed = this.#feeds.get(name)
    if (!feed) return
    feed.timer?.cancel()
    this.#feeds.delete(name)
    feed.state.live = false
    feed.state.lostSince = this.#now()
    this.#sink.ended(feed.state, this.#coveredBy(feed))
  }

  #coveredBy({ covered }: Feed): Iterable<string> {
    return covered ?? this.#followed()
  }

  /** Only what is heard makes a feed live: a snapshot or an observation, not the opening. */
  #revive(feed: Feed): void {
    const was = feed.state.live
    feed.state.live = true
    this.#lease(feed)
    if (!was && feed.covered?.size !== 0) this.#sink.touched(this.#coveredBy(feed))
  }

  #lease(feed: Feed): void {
    feed.expiresAt = this.#now() + feed.leaseMs
    if (feed.timer || this.#suspended) return
    this.#arm(feed)
  }

  /** One timer per feed that looks again when it fires, so that a heartbeat costs an assignment. */
  #arm(feed: Feed): void {
    feed.timer = this.#clock.after(Math.max(1, feed.expiresAt - this.#now()), () => {
      feed.timer = undefined
      if (this.#suspended) return
      if (this.#now() >= feed.expiresAt) this.#lose(feed.state.feed)
      else this.#arm(feed)
    })
  }
}

function noteKind(state: FeedState, { facet }: Observation): void {
  if (facet.kind === 'presence') state.tellsPresence = true
}

function cover(feed: Feed, address: string): void {
  feed.covered?.add(address)
  if (feed.covered && feed.covered.size > mostCovered) feed.covered = undefined
}
