import {
  type ConnectorContext,
  ConnectorFailure,
  type ConnectorInstance,
  type CredentialEnd,
  type DirectoryEntry,
  type Outcome,
  type Publication,
} from '../../core/connector.ts'
import type { FeedEvent } from '../../core/observation.ts'
import { HealthTeller, toldOf } from '../kit/health-teller.ts'
import { UnknownValues } from '../kit/unknown-values.ts'
import { Attention } from './attention.ts'
import { nameOf, readDirectory } from './directory.ts'
import { PresenceFeed } from './feed.ts'
import { Intake } from './intake.ts'
import { Licences } from './licences.ts'
import { ownApplicationPermission, readSecretEnd } from './own-application.ts'
import { leaseMs, type PaceInput, pressedRoundMs, promisedMs, roundMs, sweepNeed } from './pace.ts'
import { People } from './people.ts'
import { Quarantine } from './quarantine.ts'
import { Reading } from './reading.ts'
import { openSession, type Session } from './session.ts'
import type { Settings } from './settings.ts'
import { writeSlots } from './slots.ts'
import { Sweep } from './sweep.ts'
import { write } from './writing.ts'

/** Longest wait for writes under way when stopping; they time out after as much. */
const lastWritesMs = 3_000

/** One tenant's Teams, from start to stop. */
export class TeamsInstance implements ConnectorInstance {
  readonly #settings: Settings
  readonly #context: ConnectorContext
  readonly #session: Session
  readonly #people = new People()
  readonly #feed: PresenceFeed
  readonly #reading: Reading
  readonly #intake: Intake
  readonly #attention: Attention
  readonly #quarantine: Quarantine
  readonly #sweep: Sweep
  readonly #health: HealthTeller
  readonly #unknown: UnknownValues
  readonly #licences = new Licences()
  /** Wall clock, milliseconds; known only where the application may read its own registration. */
  #secretEndsAt: number | undefined
  /** Why the people of the tenant could not be listed, the last time. */
  #unlisted: ConnectorFailure | undefined
  readonly #writes = new Set<Promise<Outcome>>()
  #loops: Promise<void> | undefined
  #stopping: Promise<void> | undefined

  /** No I/O. */
  constructor(settings: Settings, context: ConnectorContext) {
    const { clock, log, memory, metrics } = context
    this.#settings = settings
    this.#context = context
    this.#session = openSession(settings, context)
    this.#unknown = new UnknownValues(context)
    const { graph, sleeper } = this.#session
    const people = this.#people
    const emit = (event: FeedEvent) => context.emit(this.#licences.mark(event))
    this.#feed = new PresenceFeed(people, clock, { emit, leaseMs: () => leaseMs(this.#pace()) })
    const feed = this.#feed
    this.#intake = new Intake(people, feed, {
      metrics,
      changed: (person, now) => this.#attention.heat(person, now),
      strange: (word) => this.#unknown.note(word),
    })
    const intake = this.#intake
    this.#reading = new Reading({ graph, intake, feed, clock, subject: settings })
    const reading = this.#reading
    this.#attention = new Attention({ people, reading, clock, sleeper, report: () => this.#report() })
    this.#quarantine = new Quarantine(memory, log)
    this.#health = new HealthTeller(context, 'Teams')
    this.#sweep = new Sweep({
      ...{ people, reading, intake, feed, clock, sleeper },
      quarantine: this.#quarantine,
      roundMs: () => roundMs(this.#pace()),
      report: () => this.#report(),
    })
  }

  async start(addresses: readonly string[]): Promise<void> {
    if (this.#stopping) throw new ConnectorFailure('unexpected', 'This instance was stopped.')
    this.#health.say({ state: 'starting' })
    this.#session.agree()
    await this.#quarantine.load()
    this.#take(addresses)
    try {
      await this.#session.tokens.get()
      this.#reserve()
      await this.#sweep.first()
    } catch (error) {
      const failure =
        error instanceof ConnectorFailure
          ? error
          : new ConnectorFailure('unexpected', 'Teams could not be started.', { cause: error })
      this.#health.say({ state: 'down', ...toldOf(failure) })
      throw failure
    }
    if (this.#session.sleeper.stopped) return
    if (this.#people.size === 0) this.#feed.snapshot([])
    this.#report()
    this.#loops = Promise.all([this.#sweep.run(), this.#attention.run()]).then(
      () => {},
      (error: unknown) => this.#context.log.error('the Teams connector broke', { error }),
    )
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop()
    return this.#stopping
  }

  follow(addresses: readonly string[]): void {
    if (this.#stopping) return
    const added = this.#take(addresses)
    if (added.length > 0 && this.#loops) this.#attention.ask(added)
  }

  resync(addresses: readonly string[]): void {
    if (this.#stopping || !this.#loops) return
    const people = addresses
      .map((address) => this.#people.find(address))
      .filter((person) => person !== undefined)
    this.#attention.ask(people)
  }

  async publish(publication: Publication): Promise<Outcome> {
    const sending = write(publication, {
      graph: this.#session.graph,
      clock: this.#context.clock,
      ...(await this.#writeAs(publication.address)),
      slots: writeSlots({ callLife: this.#settings.callLifeMs / 1000, dndAs: this.#settings.dndAs }),
    }).catch((error: unknown): Outcome => {
      this.#context.log.error('a write to Teams broke', { error })
      return { kind: 'failed', reason: 'an unexpected error; see the log' }
    })
    this.#writes.add(sending)
    const outcome = await sending
    this.#writes.delete(sending)
    if (outcome.kind === 'applied' || outcome.kind === 'failed') this.#watchClosely(publication)
    return outcome
  }

  /** With whose sign-in: the person's own, that of the application that writes, or the only one. */
  async #writeAs(address: string) {
    const { writeAs } = this.#context
    const { writer } = this.#session
    const isOwn = (await writeAs?.(address)) !== undefined
    if (writer && !isOwn) return { subject: writer.subject, writeAs: writer.writeAs, alone: true }
    return { subject: this.#settings, ...(writeAs && { writeAs }) }
  }

  async directory(): Promise<readonly DirectoryEntry[]> {
    try {
      const entries = await this.#readDirectory()
      this.#unlisted = undefined
      return entries
    } catch (error) {
      this.#unlisted = error instanceof ConnectorFailure ? error : undefined
      throw error
    } finally {
      if (this.#loops && !this.#stopping) this.#report()
    }
  }

  async #readDirectory(): Promise<readonly DirectoryEntry[]> {
    const { tokens, graph, sleeper } = this.#session
    const { roles } = await tokens.get()
    const parts = { graph, subject: this.#settings, sleep: (ms: number) => sleeper.sleep(ms), tries: 4 }
    const { entries, unseen, unlicensed } = await readDirectory(parts, this.#settings.read, roles)
    if (unseen.length > 0) this.#context.log.info('the directory was read in part', { unseen })
    if (roles?.includes(ownApplicationPermission)) await this.#readSecretEnd()
    this.resync(this.#licences.replace(unlicensed.map(({ address }) => address)))
    if (unlicensed.length > 0) {
      const names = unlicensed.slice(0, 20).map(nameOf)
      this.#context.log.warn('people without a Teams licence', { count: unlicensed.length, names })
    }
    return entries
  }

  credentialEnds(): readonly CredentialEnd[] {
    const at = this.#secretEndsAt
    return at === undefined ? [] : [{ setting: 'clientSecret', at }]
  }

  async #readSecretEnd(): Promise<void> {
    const { clientId, secret } = this.#settings
    if (secret === undefined) return
    const { graph } = this.#session
    this.#secretEndsAt = (await readSecretEnd({ graph, clientId, secret })) ?? this.#secretEndsAt
  }

  /** Presence is read in rounds: there are no subscriptions. */
  inspect() {
    const { queue, tokens } = this.#session
    return { ...queue.inspect(), token: tokens.inspect() }
  }

  unknownValues() {
    return this.#unknown.list()
  }

  #watchClosely({ address, slot, act, lifeMs }: Publication): void {
    const person = this.#people.find(address)
    if (!person) return
    const now = this.#context.clock.monotonic()
    const life = slot === 'session' && act === 'assert' ? (lifeMs ?? this.#settings.callLifeMs) : 0
    if (slot === 'session') this.#attention.session(person, now, life)
    else this.#attention.heat(person, now)
  }

  #take(addresses: readonly string[]) {
    const { added, removed } = this.#people.follow(addresses, (address) => this.#quarantine.holds(address))
    for (const person of removed) person.facet = undefined
    if (removed.length > 0) this.#feed.snapshot(removed)
    this.#attention.drop(removed)
    return added
  }

  #pace(): PaceInput {
    return {
      people: this.#people.size,
      batches: this.#people.batches().length,
      limit: this.#session.queue.budget.limit,
      sweepMs: this.#settings.sweepMs,
      peoplePerSecond: this.#settings.peoplePerSecond,
    }
  }

  #reserve(): void {
    this.#session.queue.budget.reserveSweep(sweepNeed(this.#pace()))
  }

  #report(): void {
    const { metrics, clock } = this.#context
    const { budget } = this.#session.queue
    const pace = this.#pace()
    this.#reserve()
    metrics.gauge('teams_budget_per_30s', budget.limit)
    metrics.gauge('teams_round_ms', roundMs(pace))
    metrics.gauge('teams_hot', this.#attention.hot)
    metrics.gauge('teams_quarantined', this.#quarantine.size)
    const { failures } = this.#reading
    // One answer that went astray is no state of health.
    const trouble = failures === 1 && this.#feed.open ? undefined : this.#reading.trouble
    const signIn = this.#session.tokens.failure
    const paused = budget.pausedMs(clock.monotonic())
    if (trouble) {
      const state = this.#feed.open ? 'degraded' : 'down'
      this.#health.say({ state, ...toldOf({ ...trouble, message: trouble.reason }) })
    } else if (signIn) {
      const message = `The token cannot be renewed: ${signIn.message}`
      this.#health.say({ state: 'degraded', ...toldOf({ ...signIn, message }) })
    } else if (this.#unlisted) {
      // Nobody can be found by name; who is followed already goes on.
      this.#health.say({ state: 'degraded', ...toldOf(this.#unlisted) })
    } else if (paused > 0) {
      const detail = 'Graph asked for fewer requests; reading goes on later'
      this.#health.say({ state: 'degraded', detail })
    } else this.#sayUp(pace)
  }

  #sayUp(pace: PaceInput): void {
    const seconds = (ms: number) => `${Math.round(ms / 100) / 10} s`
    const apart = this.#quarantine.size > 0 ? `; ${this.#quarantine.size} ids are refused by Graph` : ''
    const pressed = pressedRoundMs(pace)
    if (pressed <= promisedMs) {
      const detail = `${pace.people} people, each read every ${seconds(roundMs(pace))}${apart}`
      this.#health.say({ state: 'up', detail })
      return
    }
    this.#health.say({
      state: 'up',
      detail: `${pace.people} people, each read every ${seconds(roundMs(pace))}, under load every ${seconds(pressed)}${apart}`,
      fix: 'Raise requestsPer30s and requestsPer30sCeiling if Microsoft allows this application more, or split the people over two applications.',
    })
  }

  async #stop(): Promise<void> {
    const { sleeper, queue, close } = this.#session
    sleeper.stop()
    queue.close()
    if (this.#writes.size > 0) await this.#lastWrites()
    close()
    await this.#loops
    this.#health.say({ state: 'stopped' })
  }

  /** Writes already sent may finish, so that their outcome is known. */
  #lastWrites(): Promise<void> {
    return new Promise((resolve) => {
      const timer = this.#context.clock.after(lastWritesMs, resolve)
      void Promise.allSettled(this.#writes).then(() => {
        timer.cancel()
        resolve()
      })
    })
  }
}
