import type { ConnectorContext, ConnectorFailure } from '../../core/connector.ts'
import type { Facet } from '../../core/observation.ts'
import { OFFLINE } from '../../core/presence.ts'
import { FeedTeller } from '../kit/feed-teller.ts'
import { Poller } from '../kit/poller.ts'
import type { Api } from './api.ts'
import { type Change, readChange } from './changes.ts'
import type { Settings } from './config.ts'
import type { Directory } from './directory.ts'
import { asFailure } from './failures.ts'
import { listAll, type PresenceRow } from './queries.ts'
import { Roster } from './roster.ts'
import type { StatusBook } from './statuses.ts'
import { malformedMetric } from './topic-line.ts'
import type { WrittenBook } from './written.ts'

const leaseRounds = 4
const shortestLeaseMs = 60_000
const retryMs = 1_000
const longestRetryMs = 30_000
/** A subscription says nothing when it begins: so long afterwards everyone is read once more. */
const subscribedMs = 5_000
/** How often everyone is read while no events come. */
const withoutEventsMs = 10_000

export interface PresenceParts {
  readonly settings: Settings
  readonly context: ConnectorContext
  readonly api: Api
  readonly statuses: StatusBook
  readonly directory: Directory
  readonly written: WrittenBook
  /** Told after every round: undefined when it went well. */
  readonly report: (trouble: ConnectorFailure | undefined) => void
}

/** What agents show: by change events, and by reading everyone now and then. */
export class PresenceFeed {
  readonly #parts: PresenceParts
  readonly #teller: FeedTeller
  readonly #poller: Poller
  readonly #roster: Roster
  readonly #asked = new Set<string>()
  #followed: ReadonlySet<string> = new Set()
  #failures = 0
  #streaming = false
  #fresh = false
  #streamingSince = 0

  constructor(parts: PresenceParts) {
    this.#parts = parts
    const { context, settings } = parts
    this.#roster = new Roster(context.clock, settings.logoutSeconds * 1000, (userIds) =>
      this.#update(userIds),
    )
    this.#teller = new FeedTeller(
      'presence',
      () => Math.max(shortestLeaseMs, leaseRounds * settings.reconcileSeconds * 1000),
      (event) => context.emit(event),
    )
    this.#poller = new Poller(context.clock, {
      intervalMs: () => (this.#failures > 0 ? this.#retryMs() : this.#everyMs()),
      round: () => this.#round(),
    })
  }

  get agents(): number {
    return this.#roster.size
  }

  row(userId: string): PresenceRow | undefined {
    return this.#roster.row(userId)
  }

  /** Reads everyone. Throws ConnectorFailure. */
  async start(addresses: readonly string[]): Promise<void> {
    this.#followed = new Set(addresses)
    const { directory, written, context } = this.#parts
    await directory.refresh()
    await written.load(addresses)
    const begun = context.clock.monotonic()
    const failure = await this.#read(begun)
    if (failure) throw failure
    this.#begin()
    this.#poller.start()
  }

  /** Whether events come: while they do not, everyone is read more often, and at once when that changes. */
  streaming(on: boolean): void {
    if (this.#streaming === on) return
    this.#streaming = on
    this.#fresh = on
    this.#streamingSince = this.#parts.context.clock.monotonic()
    if (this.#teller.open) this.#poller.poke()
  }

  follow(addresses: readonly string[]): void {
    const before = this.#followed
    this.#followed = new Set(addresses)
    const added = addresses.filter((address) => !before.has(address))
    this.#tell([...before].filter((address) => !this.#followed.has(address)))
    if (added.length === 0) return
    void this.#parts.written.load(added).then(() => this.#tell(added))
    if (added.some((address) => !this.#parts.directory.has(address))) this.resync(added)
  }

  resync(addresses: readonly string[]): void {
    for (const address of addresses) this.#asked.add(address)
    this.#poller.poke()
  }

  /** The events of one batch; an empty one is a sign of life. */
  hear(events: readonly Readonly<Record<string, unknown>>[]): void {
    const changes: Change[] = []
    for (const event of events) {
      const change = readChange(event)
      if (change) changes.push(change)
      else this.#parts.context.metrics.count(malformedMetric)
    }
    if (changes.some(({ type }) => type === 'gap')) this.#poller.poke()
    this.#update(this.#roster.hear(changes))
  }

  /** What a write has read back. */
  wrote(userId: string, row: PresenceRow | undefined): void {
    this.#roster.learn(userId, row)
    this.#update([userId])
  }

  async stop(): Promise<void> {
    this.#roster.stop()
    await this.#poller.stop()
  }

  #everyMs(): number {
    const { reconcileSeconds } = this.#parts.settings
    if (this.#fresh) return subscribedMs
    return Math.min(reconcileSeconds * 1000, this.#streaming ? Number.POSITIVE_INFINITY : withoutEventsMs)
  }

  #retryMs(): number {
    return Math.min(longestRetryMs, retryMs * 2 ** Math.max(0, this.#failures - 2))
  }

  async #round(): Promise<void> {
    const { context, directory, report } = this.#parts
    const begun = context.clock.monotonic()
    const strangers = [...this.#asked].some(
      (address) => this.#followed.has(address) && !directory.has(address),
    )
    const asked = [...this.#asked]
    if (strangers) await directory.refresh().catch(() => {})
    const failure = await this.#read(begun)
    if (failure) {
      this.#failures += 1
      // One answer that went astray is no reason to doubt everything, nor is being told to wait.
      if (this.#failures > 1) report(failure)
      if (this.#failures > 1 && failure.kind !== 'rate-limited') this.#teller.lost(failure.message)
      return
    }
    this.#failures = 0
    if (begun - this.#streamingSince >= subscribedMs) this.#fresh = false
    if (!this.#teller.open) this.#begin()
    else {
      this.#tell(asked)
      this.#teller.renewed()
    }
    for (const address of asked) this.#asked.delete(address)
    report(undefined)
  }

  /** Reads statuses and agents, and tells what has changed. `askedAt`: monotonic. */
  async #read(askedAt: number): Promise<ConnectorFailure | undefined> {
    const { api, statuses, context } = this.#parts
    const listed = await listAll(api)
    if (listed.statuses.kind !== 'ok') return asFailure(listed.statuses, 'the presence statuses')
    if (listed.presences.kind !== 'ok') return asFailure(listed.presences, 'the presence of agents')
    const malformed = listed.statuses.malformed + listed.presences.malformed
    if (malformed > 0) context.metrics.count(malformedMetric, {}, malformed)
    statuses.learn(listed.statuses.items)
    this.#update(this.#roster.read(listed.presences.items, askedAt))
    return undefined
  }

  #begin(): void {
    const all = [...this.#followed].map((address) => [address, this.#facetsOf(address)] as const)
    this.#teller.begin(new Map(all), this.#parts.context.clock.wall())
  }

  #update(userIds: readonly string[]): void {
    const { clock } = this.#parts.context
    for (const userId of userIds) {
      const row = this.#roster.row(userId)
      if (row) void this.#parts.written.seen(userId, row.statusId)
      if (this.#followed.has(userId)) this.#teller.update(userId, this.#facetsOf(userId), clock.wall())
    }
  }

  #tell(addresses: readonly string[]): void {
    const some = addresses.map(
      (address) => [address, this.#followed.has(address) ? this.#facetsOf(address) : []] as const,
    )
    this.#teller.renew(new Map(some), this.#parts.context.clock.wall())
  }

  #facetsOf(userId: string): readonly Facet[] {
    const { statuses, written, directory } = this.#parts
    const row = this.#roster.row(userId)
    if (!row) {
      if (!directory.has(userId)) return []
      return [{ kind: 'presence', state: OFFLINE, chosen: 'no', absent: 'signedOut' }]
    }
    const { statusId, isAway } = row
    const ours = written.standing(userId, statusId)
    const state = ours?.state ?? statuses.stateOf(statusId, isAway)
    // What links have set has no reason of the person's.
    const reason = ours ? undefined : statuses.reasonOf(statusId)
    // A status that stands for being offline is still one of somebody who is signed in.
    const chosen = state === OFFLINE ? 'no' : 'yes'
    return [{ kind: 'presence', state, chosen, ...(reason !== undefined && { reason }) }]
  }
}
