import type { ConnectorContext, ConnectorFailure } from '../../core/connector.ts'
import type { Facet } from '../../core/observation.ts'
import type { Presence } from '../../core/presence.ts'
import { UNKNOWN } from '../../core/presence.ts'
import { FeedTeller } from '../kit/feed-teller.ts'
import { Poller } from '../kit/poller.ts'
import type { UnknownValues } from '../kit/unknown-values.ts'
import { type Api, asFailure } from './api.ts'
import type { Settings } from './config.ts'
import type { Directory } from './directory.ts'
import { kindInList, kindOfName, stateOfKind } from './profiles.ts'
import { listRows, type UserRow } from './users.ts'

export const malformedMetric = 'three_cx_malformed_total'

/** A round may fail once, and one that succeeds takes no longer than a quarter of the time. */
const leaseRounds = 4
const shortestLeaseMs = 30_000
const retryMs = 1_000

interface Known extends UserRow {
  /** Whose change the profile was. */
  readonly origin: 'person' | 'schedule'
  readonly readAt: number
}

export interface ProfileParts {
  readonly settings: Settings
  readonly context: ConnectorContext
  readonly api: Api
  readonly directory: Directory
  readonly unknown: UnknownValues
  /** Told after every round: undefined when it went well. */
  readonly report: (trouble: ConnectorFailure | undefined) => void
}

/** Reads everyone's profile again and again, because 3CX tells nobody of a change. */
export class ProfileFeed {
  readonly #parts: ProfileParts
  readonly #teller: FeedTeller
  readonly #poller: Poller
  readonly #users = new Map<string, Known>()
  readonly #asked = new Set<string>()
  /** Monotonic time of our last write to an extension: what was asked for before it is old. */
  readonly #writtenAt = new Map<string, number>()
  #followed: readonly string[] = []
  #failures = 0
  #tookMs = 0

  constructor(parts: ProfileParts) {
    this.#parts = parts
    const { context } = parts
    this.#teller = new FeedTeller(
      'profiles',
      () => Math.max(shortestLeaseMs, leaseRounds * this.intervalMs()),
      (event) => context.emit(event),
    )
    this.#poller = new Poller(context.clock, {
      intervalMs: () => (this.#failures > 0 ? retryMs : this.intervalMs()),
      round: () => this.#round(),
    })
  }

  /** Reading never takes more than a quarter of the time. */
  intervalMs(): number {
    return Math.max(this.#parts.settings.profileSeconds * 1000, 3 * this.#tookMs)
  }

  get users(): number {
    return this.#users.size
  }

  row(extension: string): UserRow | undefined {
    return this.#users.get(extension)
  }

  /** The first round. Throws ConnectorFailure. */
  async start(addresses: readonly string[]): Promise<void> {
    this.#followed = addresses
    const listed = await listRows(this.#parts.api)
    if (listed.kind !== 'ok') throw asFailure(listed, 'the users')
    await this.#take(listed.users, this.#parts.context.clock.monotonic())
    this.#begin()
    this.#poller.start()
  }

  follow(addresses: readonly string[]): void {
    const [before, now] = [new Set(this.#followed), new Set(addresses)]
    this.#followed = addresses
    this.#tell([...before].filter((address) => !now.has(address)))
    this.#tell(addresses.filter((address) => !before.has(address)))
  }

  resync(addresses: readonly string[]): void {
    for (const address of addresses) this.#asked.add(address)
    this.#poller.poke()
  }

  /** What a write has read back, or that one was sent: what was asked for before says nothing any more. */
  wrote(extension: string, row: UserRow | undefined): void {
    const { clock } = this.#parts.context
    this.#writtenAt.set(extension, clock.monotonic())
    if (!row) return
    this.#users.set(extension, { ...row, origin: 'person', readAt: clock.monotonic() })
    if (this.#followed.includes(extension)) {
      this.#teller.update(extension, this.#facetsOf(extension), clock.wall())
    }
  }

  /** The state that a profile is shown as; asks for the user's own list where its name is not known. */
  async stateOf(row: UserRow): Promise<Presence> {
    if (kindOfName(row.profile) === undefined) await this.#parts.directory.profilesOf(row.id)
    return this.#shown(row)
  }

  stop(): Promise<void> {
    return this.#poller.stop()
  }

  async #round(): Promise<void> {
    const { api, context, report } = this.#parts
    const { clock } = context
    const begun = clock.monotonic()
    const listed = await listRows(api)
    if (listed.kind !== 'ok') {
      this.#failures += 1
      const failure = asFailure(listed, 'profiles')
      // One answer that went astray is no reason to doubt everything.
      if (this.#failures > 1 && listed.kind !== 'wait') this.#teller.lost(failure.message)
      report(this.#failures > 1 ? failure : undefined)
      return
    }
    if (listed.malformed > 0) context.metrics.count(malformedMetric, {}, listed.malformed)
    this.#failures = 0
    this.#tookMs = clock.monotonic() - begun
    const changed = await this.#take(listed.users, begun)
    if (!this.#teller.open) this.#begin()
    else {
      for (const extension of changed) this.#teller.update(extension, this.#facetsOf(extension), clock.wall())
      this.#tell([...this.#asked])
      this.#teller.renewed()
    }
    this.#asked.clear()
    report(undefined)
  }

  /** Answers the followed extensions of which something may be different. `askedAt`: monotonic. */
  async #take(users: readonly UserRow[], askedAt: number): Promise<readonly string[]> {
    const here = new Set(users.map(({ number }) => number))
    const gone = [...this.#users.keys()].filter((number) => !here.has(number))
    for (const number of gone) this.#users.delete(number)
    const changed = new Set(gone)
    const fresh = users.filter(({ number }) => (this.#writtenAt.get(number) ?? 0) <= askedAt)
    const strange = fresh.filter(({ profile }) => kindOfName(profile) === undefined)
    for (const { id } of strange) await this.#parts.directory.profilesOf(id)
    for (const row of fresh) {
      const known = this.#users.get(row.number)
      if (!known || !isSame(known, row)) changed.add(row.number)
      this.#users.set(row.number, { ...row, origin: this.#originOf(known, row), readAt: askedAt })
    }
    return this.#followed.filter((address) => changed.has(address))
  }

  #originOf(known: Known | undefined, row: UserRow): Known['origin'] {
    if (!known) return 'person'
    if (known.profile === row.profile) return known.origin
    const opens = kindOfName(row.profile) === 'available'
    return this.#parts.directory.isTimetable(row.number, { of: 'profile', opens }) ? 'schedule' : 'person'
  }

  #begin(): void {
    this.#teller.begin(
      new Map(this.#followed.map((address) => [address, this.#facetsOf(address)])),
      this.#parts.context.clock.wall(),
    )
  }

  #tell(addresses: readonly string[]): void {
    const followed = new Set(this.#followed)
    this.#teller.renew(
      new Map(addresses.map((address) => [address, followed.has(address) ? this.#facetsOf(address) : []])),
      this.#parts.context.clock.wall(),
    )
  }

  #facetsOf(extension: string): readonly Facet[] {
    const user = this.#users.get(extension)
    if (!user) return []
    const state = this.#shown(user)
    if (state === UNKNOWN) {
      const { profile } = user
      this.#parts.unknown.note({ field: 'CurrentProfileName', value: profile, takenAs: 'not known' })
    }
    const facets: Facet[] = [
      {
        kind: 'presence',
        state,
        chosen: state === UNKNOWN ? 'unknown' : 'yes',
        ...(user.origin === 'schedule' && { origin: 'schedule' }),
      },
    ]
    if (user.registered !== undefined) facets.push({ kind: 'registration', registered: user.registered })
    return facets
  }

  #shown({ id, profile }: UserRow): Presence {
    const kind = kindOfName(profile) ?? kindInList(this.#parts.directory.knownProfiles(id), profile)
    return kind ? stateOfKind(kind, this.#parts.settings) : UNKNOWN
  }
}

function isSame(a: UserRow, b: UserRow): boolean {
  return a.profile === b.profile && a.registered === b.registered
}
