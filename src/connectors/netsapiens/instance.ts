import {
  type ConnectorContext,
  ConnectorFailure,
  type ConnectorInstance,
  type Delivery,
  type DeliveryAnswer,
  type DirectoryEntry,
  type Outcome,
  type Publication,
  type UnknownValue,
} from '../../core/connector.ts'
import type { Workings } from '../../core/workings.ts'
import { callbackSecret, knowsSecret } from '../kit/callback.ts'
import { HealthTeller } from '../kit/health-teller.ts'
import { InTurn } from '../kit/in-turn.ts'
import { Sleeper } from '../kit/sleeper.ts'
import { UnknownValues } from '../kit/unknown-values.ts'
import { ApiClient } from './client.ts'
import type { Settings } from './config.ts'
import { DndWriter } from './dnd-writer.ts'
import { countMalformed } from './domain-reader.ts'
import { decodePost } from './events.ts'
import { FeatureDnd } from './feature-dnd.ts'
import { Follower } from './follower.ts'
import { foreignProblem } from './foreign-sync.ts'
import { judge } from './health.ts'
import { OwnRules } from './own-rules.ts'
import { Rounds } from './rounds.ts'
import { readDirectory } from './users.ts'

/** One domain of a NetSapiens platform, from start to stop. */
export class NetSapiensInstance implements ConnectorInstance {
  readonly #settings: Settings
  readonly #context: ConnectorContext
  readonly #client: ApiClient
  readonly #follower: Follower
  readonly #writer: DndWriter
  readonly #own: OwnRules
  readonly #features: FeatureDnd | undefined
  readonly #rounds: Rounds
  readonly #unknown: UnknownValues
  readonly #health: HealthTeller
  readonly #sleeper: Sleeper
  readonly #abort = new AbortController()
  readonly #turns = new InTurn()
  readonly #tidying = new Set<Promise<unknown>>()
  readonly #onAbort = () => void this.stop()
  #loops: Promise<unknown> | undefined
  #stopping: Promise<void> | undefined

  /** No I/O. */
  constructor(settings: Settings, context: ConnectorContext) {
    this.#settings = settings
    this.#context = context
    const { clock, memory } = context
    this.#client = new ApiClient(settings, context, this.#abort.signal)
    this.#unknown = new UnknownValues(context)
    this.#sleeper = new Sleeper(clock)
    this.#health = new HealthTeller(context, 'NetSapiens')
    this.#own = new OwnRules(memory)
    const pauseMs = settings.pauseMinutes * 60_000
    const parts = { client: this.#client, context, sleeper: this.#sleeper }
    this.#writer = new DndWriter({ ...parts, own: this.#own, clock, pauseMs })
    this.#features = this.#openFeatures(pauseMs)
    this.#follower = new Follower({
      ...{ client: this.#client, context, unknown: this.#unknown },
      leaseMs: Math.max(60_000, 3000 * Math.max(settings.pollSeconds, settings.reconcileSeconds)),
      lost: () => this.#rounds.wake(),
      missed: () => this.#rounds.missed(),
      read: (user, switched) => {
        // The timetable of one is most often that of all.
        if (switched) this.#rounds.hurry()
        this.#tidy(user)
      },
    })
    this.#rounds = new Rounds({ ...parts, follower: this.#follower, report: () => this.#report() })
  }

  async start(addresses: readonly string[]): Promise<void> {
    if (this.#stopping) throw new ConnectorFailure('unexpected', 'This instance was stopped.')
    this.#context.signal.addEventListener('abort', this.#onAbort, { once: true })
    this.#health.say({ state: 'starting' })
    this.#client.agree(this.#abort.signal)
    this.#follower.follow(addresses)
    // First the stream, then the snapshot: what happens in between is posted, and heard when it is begun.
    await this.#rounds.keepHooks()
    await this.#begin(addresses)
    if (this.#stopping) return
    this.#loops = this.#rounds.run().catch((error: unknown) => {
      this.#context.log.error('the NetSapiens connector broke', { error })
    })
    this.#report()
    for (const user of addresses) this.#tidy(user)
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop()
    return this.#stopping
  }

  follow(addresses: readonly string[]): void {
    if (this.#stopping) return
    this.#follower.ask(this.#follower.follow(addresses))
    this.#features?.follow(addresses)
  }

  resync(addresses: readonly string[]): void {
    if (this.#stopping || !this.#loops) return
    for (const user of addresses) {
      if (this.#follower.follows(user)) void this.#follower.read(user, 'settle', true)
    }
    this.#features?.resync(addresses)
  }

  async publish(publication: Publication): Promise<Outcome> {
    const { address, slot, act } = publication
    if (slot !== 'dnd' || (act === 'assert' && !this.#settings.writeDnd)) {
      return { kind: 'rejected', reason: `This platform is not written to in slot "${slot}".` }
    }
    if (this.#stopping) {
      return { kind: 'deferred', reason: 'the connector is stopping', retryAfterMs: 1_000 }
    }
    try {
      const outcome = await this.#turns.run(address, () => this.#write(publication))
      if (outcome.kind === 'applied' || outcome.kind === 'failed') this.#follower.ask([address])
      return outcome
    } catch (error) {
      this.#context.log.error('a write to the platform broke', { error })
      return { kind: 'failed', reason: 'an unexpected error; see the log' }
    }
  }

  #openFeatures(pauseMs: number): FeatureDnd | undefined {
    const { sip: account } = this.#settings
    if (!account || account instanceof ConnectorFailure) return undefined
    return new FeatureDnd({ account, context: this.#context, pauseMs, report: () => this.#report() })
  }

  /** Do not disturb and calls together: one without the other would be half of the truth. */
  async #begin(addresses: readonly string[]): Promise<void> {
    if (this.#settings.sip instanceof ConnectorFailure) throw this.#settings.sip
    await this.#features?.start(addresses)
    try {
      await this.#follower.begin()
    } catch (error) {
      await this.#features?.stop()
      throw error
    }
    this.#features?.tell()
  }

  async #write(publication: Publication): Promise<Outcome> {
    if (!this.#features) return this.#writer.write(publication)
    const outcome = await this.#features.write(publication)
    // From before do not disturb was set by SIP: what may be left in the rule of another time frame.
    const isLeft = publication.act === 'withdraw' && (await this.#own.of(publication.address)) !== undefined
    return isLeft && isDone(outcome) ? this.#writer.write(publication) : outcome
  }

  directory(): Promise<readonly DirectoryEntry[]> {
    return readDirectory(this.#client)
  }

  unknownValues(): readonly UnknownValue[] {
    return this.#unknown.list()
  }

  inspect(): Workings {
    const { subscriptions } = this.#rounds
    const ofPhones = this.#features?.subscriptions ?? []
    return { ...this.#client.inspect(), subscriptions: [...subscriptions, ...ofPhones] }
  }

  /** A post of events. The platform signs nothing: the address itself is the secret. */
  async receive(delivery: Delivery): Promise<DeliveryAnswer> {
    const secret = await callbackSecret(this.#context)
    if (this.#stopping || !knowsSecret(delivery, secret)) return { status: 404 }
    const events = decodePost(delivery.body, (word) => this.#unknown.note(word))
    for (const event of events) {
      if (event.kind === 'call') this.#follower.hear(event.call)
      else if (event.kind === 'user') this.#follower.ask([event.user])
      else countMalformed(this.#context.metrics, 'event')
    }
    if (events.every(({ kind }) => kind === 'malformed')) return { status: 400 }
    this.#rounds.announced()
    return { status: 204 }
  }

  /** Looks after what we have set, where there is something to look after. */
  #tidy(user: string): void {
    if (this.#stopping) return
    const running = this.#turns
      .run(user, async () => {
        await this.#features?.tidy(user)
        if (await this.#needsTidying(user)) return this.#writer.tidy(user)
        return false
      })
      .then((wrote) => {
        if (wrote) this.#follower.ask([user])
      })
      .catch((error: unknown) => this.#context.log.error('answer rules could not be tidied', { error }))
      .finally(() => this.#tidying.delete(running))
    this.#tidying.add(running)
  }

  async #needsTidying(user: string): Promise<boolean> {
    const own = await this.#own.of(user)
    const state = this.#follower.stateOf(user)
    if (!own || own.frames.length === 0 || !state) return false
    const { pauseMinutes } = this.#settings
    const isOver = pauseMinutes > 0 && this.#context.clock.wall() - own.since >= pauseMinutes * 60_000
    const isWhole = own.frames.length === 1 && own.frames[0] === state.frame && state.on
    return isOver || !isWhole
  }

  #report(): void {
    if (this.#stopping || !this.#loops) return
    const { lost, refused, barred, addresses } = this.#follower
    const { hooks, isAnnounced, foreign } = this.#rounds
    const pausedMs = this.#client.queue.budget.pausedMs(this.#context.clock.monotonic())
    const followed = addresses.length
    this.#health.say(
      judge({
        ...{ lost, refused, barred, followed, hooks, announced: isAnnounced, pausedMs },
        doubleSync: foreign === undefined ? undefined : foreignProblem(foreign, this.#context.teamsSync),
        features: this.#features?.health,
      }),
    )
  }

  async #stop(): Promise<void> {
    this.#context.signal.removeEventListener('abort', this.#onAbort)
    this.#sleeper.stop()
    this.#abort.abort()
    this.#rounds.wake()
    await Promise.all([this.#loops, this.#features?.stop(), ...this.#tidying])
    this.#health.say({ state: 'stopped' })
  }
}

function isDone({ kind }: Outcome): boolean {
  return kind === 'applied' || kind === 'unchanged'
}
