import type { ConnectorContext } from '../../core/connector.ts'
import type { Facet } from '../../core/observation.ts'
import { FeedTeller } from '../kit/feed-teller.ts'
import { Poller } from '../kit/poller.ts'
import { Sleeper } from '../kit/sleeper.ts'
import { UnknownValues } from '../kit/unknown-values.ts'
import { stateOfWord, unknownStateIs } from './calls.ts'
import { isUser, type Settings } from './config.ts'
import { type ChannelSeen, decodeEvent, type EslEvent, subscription } from './decode.ts'
import { type DndPlace, dndPlace } from './dnd.ts'
import type { EslFrame } from './frames.ts'
import { Lamps } from './lamps.ts'
import { readChannels, readEach, readExistence, readRegistrations, readUsers } from './reading.ts'
import { EslRefusal, type EslSession } from './session.ts'
import { SwitchState } from './state.ts'

export const malformedMetric = 'freeswitch_malformed_total'
const feed = 'esl'
/** Outlives two missed heartbeats. */
const leaseMs = 30_000
/** Phones that leave come in bursts: one list tells of them all. */
const burstMs = 500
/** What cannot be understood may come in a flood: everything is read again for it this often at most. */
const doubtMs = 5_000
/** FusionPBX tells of a change before its directory shows it: looked at once more after this. */
const hintAgainMs = 1_500
/** So many extensions are asked for do not disturb in a second at most, on the average. */
const mostPerSecond = 100
/** More addresses than this are read faster all at once. */
const singly = 20

/** Follows extensions of one domain: events and readings in, feed events out. */
export class Follower {
  readonly state: SwitchState
  readonly unknown: UnknownValues
  readonly place: DndPlace
  readonly lamps: Lamps
  readonly #settings: Settings
  readonly #context: ConnectorContext
  readonly #teller: FeedTeller
  readonly #reconcile: Poller
  readonly #dndRound: Poller
  readonly #registrations: Poller
  readonly #sleeper: Sleeper
  #followed: ReadonlySet<string> = new Set()
  #session: EslSession | undefined
  #dndTrouble: string | undefined
  #lastDoubt = Number.NEGATIVE_INFINITY

  constructor(settings: Settings, context: ConnectorContext) {
    this.#settings = settings
    this.#context = context
    this.state = new SwitchState(settings)
    this.unknown = new UnknownValues(context)
    this.place = dndPlace(settings)
    this.lamps = new Lamps(settings)
    this.#teller = new FeedTeller(
      feed,
      () => leaseMs,
      (event) => context.emit(event),
    )
    this.#sleeper = new Sleeper(context.clock)
    const poller = (intervalMs: () => number, work: (session: EslSession) => Promise<void>) =>
      new Poller(context.clock, {
        intervalMs,
        round: async () => {
          if (this.#session) await work(this.#session).catch((error: unknown) => this.#couldNotRead(error))
        },
      })
    const { reconcileSeconds, dndSeconds } = settings
    this.#reconcile = poller(
      () => reconcileSeconds * 1000,
      (session) => this.#readAgain(session, [...this.#followed]),
    )
    this.#registrations = poller(
      () => reconcileSeconds * 1000,
      (session) => this.#readRegistrations(session),
    )
    this.#dndRound = poller(
      () => Math.max(dndSeconds * 1000, (this.#followed.size * 1000) / mostPerSecond),
      async (session) => {
        for (const user of await this.#readDnd(session, [...this.#followed])) this.#tell(user)
      },
    )
  }

  get synced(): boolean {
    return this.#session !== undefined
  }

  /** Why do not disturb is not known, in words. */
  get dndTrouble(): string | undefined {
    return this.#dndTrouble
  }

  start(): void {
    this.#reconcile.start()
    this.#dndRound.start()
    this.#registrations.start()
  }

  async stop(): Promise<void> {
    this.#session = undefined
    this.#sleeper.stop()
    await Promise.all([this.#reconcile, this.#dndRound, this.#registrations].map((poller) => poller.stop()))
  }

  /** First reading of a new connection; emits `opened` and the snapshot. */
  async begin(session: EslSession): Promise<void> {
    this.state.channels.forgetEvents()
    await session.command(subscription)
    this.state.addNumbers((await readUsers(session, this.#settings.domain)).map(({ id }) => id))
    await this.#gather(session, [...this.#followed])
    this.#session = session
    this.#teller.begin(this.#facetsOf([...this.#followed]), this.#now())
    await this.#showLamps(session, this.lamps.users())
    // Whoever was added while all this was read.
    this.resync([...this.#followed].filter((user) => this.state.exists(user) === undefined))
  }

  lost(reason: string): void {
    this.#session = undefined
    this.#teller.lost(reason)
  }

  renewed(): void {
    this.#teller.renewed()
  }

  follow(addresses: readonly string[]): void {
    const before = this.#followed
    this.#followed = new Set(addresses)
    const gone = [...before].filter((address) => !this.#followed.has(address))
    this.#teller.renew(new Map(gone.map((address) => [address, []])), this.#now())
    this.resync(addresses.filter((address) => !before.has(address)))
  }

  /** Reads again and says what was read, changed or not. */
  resync(addresses: readonly string[]): void {
    const session = this.#session
    const users = addresses.filter((address) => this.#followed.has(address))
    if (!session || users.length === 0) return
    if (users.length > singly) this.#reconcile.poke()
    else this.#readAgain(session, users).catch((error: unknown) => this.#couldNotRead(error))
  }

  /** A message that answers nothing of ours. */
  take(frame: EslFrame): void {
    this.#apply(decodeEvent(frame.headers.get('content-type'), frame.body))
  }

  /** What was read back after a write. */
  wroteDnd(user: string, on: boolean): void {
    this.state.setDnd(user, on)
    this.#tell(user)
  }

  /** What the lamps of a user are to show by now. Throws EslRefusal, EslSilence. */
  showLamp(session: EslSession, user: string): Promise<void> {
    const now = this.#context.clock.monotonic()
    return this.lamps.show(session, user, { dnd: this.state.dnd(user) ?? false, now })
  }

  #apply(event: EslEvent): void {
    const at = this.#context.clock.monotonic()
    switch (event.type) {
      case 'channel':
        this.#noteState(event.channel)
        for (const user of this.state.channels.heard(event.channel, at)) this.#tell(user)
        break
      case 'ended':
        for (const user of this.state.channels.ended(event.uuid, at)) this.#tell(user)
        break
      case 'registration':
        this.#heardRegistration(event)
        break
      case 'dnd':
        void this.#hint(this.state.user(event.who))
        break
      case 'probe':
        void this.#probed(this.state.user(event.who))
        break
      case 'malformed':
        this.#context.metrics.count(malformedMetric)
        this.#context.log.warn('FreeSWITCH sent something that cannot be used', { reason: event.reason })
        if (at - this.#lastDoubt < doubtMs) break
        this.#lastDoubt = at
        this.#reconcile.poke()
    }
  }

  #heardRegistration({ who, on }: { readonly who: string; readonly on: boolean }): void {
    const user = this.state.user(who)
    if (user === undefined || this.state.isRegistered(user) === on) return
    if (on) {
      this.state.addRegistration(user)
      this.#tell(user)
    }
    // Another phone of the same extension may still be there.
    else this.#registrations.poke()
  }

  async #readRegistrations(session: EslSession): Promise<void> {
    await this.#sleeper.sleep(burstMs)
    this.state.setRegistrations(await readRegistrations(session))
    for (const user of this.#followed) this.#tell(user)
  }

  async #hint(user: string | undefined): Promise<void> {
    for (const waitMs of [0, hintAgainMs]) {
      await this.#sleeper.sleep(waitMs)
      const session = this.#session
      if (!session || user === undefined || !this.#followed.has(user)) return
      try {
        for (const changed of await this.#readDnd(session, [user])) this.#tell(changed)
      } catch (error) {
        this.#couldNotRead(error)
      }
    }
  }

  async #probed(user: string | undefined): Promise<void> {
    if (this.#session && user !== undefined) await this.#showLamps(this.#session, [user])
  }

  async #readAgain(session: EslSession, users: readonly string[]): Promise<void> {
    await this.#gather(session, users)
    if (this.#session !== session) return
    const followed = users.filter((user) => this.#followed.has(user))
    this.#teller.renew(this.#facetsOf(followed), this.#now())
    await this.#showLamps(session, this.lamps.users())
  }

  async #gather(session: EslSession, users: readonly string[]): Promise<void> {
    const { domain } = this.#settings
    const askedAt = this.#context.clock.monotonic()
    const channels = await readChannels(session)
    for (const channel of channels) this.#noteState(channel)
    this.state.channels.read(channels, askedAt)
    // Later they are read by themselves, whoever is asked for.
    if (!this.#session) this.state.setRegistrations(await readRegistrations(session))
    const exist = await readExistence(session, domain, users.filter(isUser))
    for (const user of users) this.state.setExists(user, exist.get(user) ?? false)
    await this.#readDnd(session, users)
    // Numbers of other calls may now be known for extensions, and calls of others may have ended.
    for (const user of this.#followed) if (!users.includes(user)) this.#tell(user)
  }

  /** Returns whose do not disturb is another than before. */
  async #readDnd(session: EslSession, users: readonly string[]): Promise<readonly string[]> {
    const existing = users.filter((user) => this.state.exists(user))
    try {
      const read = await readEach(existing, (user) =>
        this.place.read(session, user, (value) =>
          this.unknown.note({ field: this.place.name, value, takenAs: 'do not disturb' }),
        ),
      )
      this.#dndTrouble = undefined
      const changed = [...read].filter(([user, on]) => this.state.dnd(user) !== on)
      for (const [user, on] of read) this.state.setDnd(user, on)
      if (this.#settings.lamps)
        await this.#showLamps(
          session,
          changed.map(([user]) => user),
        )
      return changed.map(([user]) => user)
    } catch (error) {
      if (!(error instanceof EslRefusal)) throw error
      if (this.#dndTrouble === undefined) {
        this.#context.log.warn('do not disturb cannot be read', { reason: error.message })
      }
      this.#dndTrouble = error.message
      for (const user of existing) this.state.setDnd(user, undefined)
      return existing
    }
  }

  async #showLamps(session: EslSession, users: readonly string[]): Promise<void> {
    try {
      for (const user of users) await this.showLamp(session, user)
    } catch (error) {
      this.#context.log.warn('a lamp could not be lit', { reason: String(error) })
    }
  }

  #noteState({ state }: ChannelSeen): void {
    if (state === undefined || stateOfWord(state) !== undefined) return
    this.unknown.note({ field: 'Channel-Call-State', value: state, takenAs: unknownStateIs })
  }

  #tell(user: string): void {
    if (this.#session && this.#followed.has(user))
      this.#teller.update(user, this.state.facets(user), this.#now())
  }

  #facetsOf(users: readonly string[]): ReadonlyMap<string, readonly Facet[]> {
    return new Map(users.map((user) => [user, this.state.facets(user)]))
  }

  #couldNotRead(error: unknown): void {
    this.#context.log.warn('reading from FreeSWITCH failed', { reason: String(error) })
  }

  #now(): number {
    return this.#context.clock.wall()
  }
}
