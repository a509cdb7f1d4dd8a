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
import { callbackSecret, knowsSecret } from '../kit/callback.ts'
import { HealthTeller } from '../kit/health-teller.ts'
import { InTurn } from '../kit/in-turn.ts'
import { createBackoff } from '../kit/reconnect.ts'
import { Sleeper } from '../kit/sleeper.ts'
import { UnknownValues } from '../kit/unknown-values.ts'
import type { SyncProblem } from '../kit/vendor-sync.ts'
import { wordsOf } from './action-urls.ts'
import { PbxClient } from './client.ts'
import type { Settings } from './config.ts'
import { readDirectory } from './directory.ts'
import { Follower, failureOf } from './follower.ts'
import { judge } from './health.ts'
import { type HookState, keepHooks } from './hook-keeper.ts'
import type { Numbering } from './numbers.ts'
import { readTenant } from './reading.ts'
import { Stream } from './stream.ts'
import { isTooOld, oldestVersion } from './tenant.ts'
import { ownSyncProblem } from './vendor-sync.ts'
import { writeDnd } from './write.ts'

/** Between two looks at extensions with a call, or where something just happened: without and with a push. */
const hotPollMs = { polled: 2_000, pushed: 10_000 } as const
/** Accounts, star codes and action URLs are looked at again this often. */
const tenantMs = 10 * 60_000
const hookRetryMs = 5_000
/** Everybody at once, because a delivery named nobody: at most this often. */
const everybodyMs = 2_000

/** One tenant of a Vodia PBX, from start to stop. */
export class VodiaInstance implements ConnectorInstance {
  readonly #settings: Settings
  readonly #context: ConnectorContext
  readonly #client: PbxClient
  readonly #follower: Follower
  readonly #unknown: UnknownValues
  readonly #stream: Stream | undefined
  readonly #health: HealthTeller
  readonly #sleeper: Sleeper
  readonly #abort = new AbortController()
  readonly #writes = new InTurn()
  readonly #onAbort = () => void this.stop()
  #numbering: Numbering
  #hooks: HookState = { delivers: false }
  #tenantAt = Number.NEGATIVE_INFINITY
  #everybodyAt = Number.NEGATIVE_INFINITY
  #everybodyDue = false
  #syncProblem: SyncProblem | undefined
  #expiryMissing = false
  /** What changed was told by the PBX before a round found it: only then rounds may be slow. */
  #announced = false
  #begun = false
  /** Ends the sleep of the rounds when the PBX is lost. */
  #wake = Promise.withResolvers<void>()
  #loops: Promise<unknown> | undefined
  #stopping: Promise<void> | undefined

  /** No I/O. */
  constructor(settings: Settings, context: ConnectorContext) {
    this.#settings = settings
    this.#context = context
    const { clock, metrics } = context
    const { domain, outsideDigits, streamExtension } = settings
    this.#client = new PbxClient(settings, context, this.#abort.signal)
    this.#unknown = new UnknownValues(context)
    this.#sleeper = new Sleeper(clock)
    this.#health = new HealthTeller(context, 'Vodia')
    this.#numbering = { domain, outsideDigits, accounts: new Set(), starCodes: new Set() }
    const parts = { client: this.#client, metrics, unknown: this.#unknown, numbering: () => this.#numbering }
    const longest = Math.max(settings.pollSeconds, settings.reconcileSeconds) * 1000
    this.#follower = new Follower(parts, context, {
      leaseMs: Math.max(60_000, 3 * longest),
      stopped: this.#abort.signal,
      missed: () => {
        this.#announced = false
      },
      lost: () => {
        this.#wake.resolve()
        this.#report()
      },
    })
    this.#stream =
      streamExtension === undefined
        ? undefined
        : new Stream({
            ...{ client: this.#client, context, sleeper: this.#sleeper, unknown: this.#unknown, domain },
            ...{ signal: this.#abort.signal, extension: streamExtension },
            announced: (names) => this.#heard(names),
            missed: () => void this.#readEverybody(),
            told: () => {
              // Who no longer hears has to look more often from now on.
              if (!this.#pushed) this.#wake.resolve()
              this.#report()
            },
          })
  }

  async start(addresses: readonly string[]): Promise<void> {
    if (this.#stopping) throw new ConnectorFailure('unexpected', 'This instance was stopped.')
    this.#context.signal.addEventListener('abort', this.#onAbort, { once: true })
    this.#health.say({ state: 'starting' })
    this.#client.agree(this.#abort.signal)
    this.#follower.follow(addresses)
    await this.#learn()
    const stream = this.#stream?.run()
    this.#loops = stream
    await this.#stream?.attempted
    await this.#follower.begin('hot')
    await this.#keepHooks()
    if (this.#stopping) return
    this.#begun = true
    this.#report()
    this.#loops = Promise.all([this.#run(), this.#runHot(), stream]).catch((error: unknown) =>
      this.#context.log.error('the Vodia connector broke', { error }),
    )
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop()
    return this.#stopping
  }

  follow(addresses: readonly string[]): void {
    if (this.#stopping) return
    this.#follower.ask(this.#follower.follow(addresses))
  }

  resync(addresses: readonly string[]): void {
    if (this.#stopping || !this.#loops) return
    for (const address of addresses) {
      if (this.#follower.follows(address)) void this.#follower.read(address, 'settle', true)
    }
  }

  async publish(publication: Publication): Promise<Outcome> {
    const { address, slot, act } = publication
    if (slot !== 'dnd' || (act === 'assert' && !this.#settings.writeDnd)) {
      return { kind: 'rejected', reason: `This PBX is not written to in slot "${slot}".` }
    }
    if (this.#stopping) {
      return { kind: 'deferred', reason: 'the connector is stopping', retryAfterMs: 1_000 }
    }
    try {
      return await this.#writes.run(address, () => this.#write(publication))
    } catch (error) {
      this.#context.log.error('a write to the PBX broke', { error })
      return { kind: 'failed', reason: 'an unexpected error; see the log' }
    }
  }

  directory(): Promise<readonly DirectoryEntry[]> {
    return readDirectory(this.#client)
  }

  unknownValues(): readonly UnknownValue[] {
    return this.#unknown.list()
  }

  inspect() {
    return this.#client.credential.queue.inspect()
  }

  /** An action URL was sent: whose it is may be read out of it, what happened is asked. */
  async receive(delivery: Delivery): Promise<DeliveryAnswer> {
    if (this.#stopping || !knowsSecret(delivery, await callbackSecret(this.#context))) return { status: 404 }
    const named = wordsOf(delivery).filter((word) => this.#follower.follows(word))
    this.#heard(named)
    if (named.length === 0) void this.#readEverybody()
    return { status: 204 }
  }

  async #write(publication: Publication): Promise<Outcome> {
    const outcome = await writeDnd(publication, {
      memory: this.#context.memory,
      client: this.#client,
      settings: this.#settings,
      clock: this.#context.clock,
      withoutExpiry: (missing) => {
        this.#expiryMissing = missing
        this.#report()
      },
    })
    if (outcome.kind === 'applied' || outcome.kind === 'failed') this.#follower.ask([publication.address])
    return outcome
  }

  /** The PBX told of a change by itself; where it named nobody whom we follow, `names` is empty. */
  #heard(names: readonly string[]): void {
    if (this.#stopping) return
    const first = !this.#announced
    this.#announced = true
    this.#follower.ask(names)
    if (first) this.#report()
  }

  /** Now, or when the last time is long enough ago: several that ask meanwhile are answered by one. */
  async #readEverybody(): Promise<void> {
    if (this.#everybodyDue) return
    this.#everybodyDue = true
    const { clock } = this.#context
    await this.#sleeper.sleep(this.#everybodyAt + everybodyMs - clock.monotonic())
    this.#everybodyDue = false
    this.#everybodyAt = clock.monotonic()
    if (this.#stopping || this.#follower.lost !== undefined) return
    for (const address of this.#follower.addresses) void this.#follower.read(address, 'hot', false)
  }

  /** The tenant's accounts, star codes, version. Throws ConnectorFailure. */
  async #learn(): Promise<void> {
    const { domain, outsideDigits } = this.#settings
    const tenant = await readTenant(this.#client, { domain, outsideDigits, priority: 'hot' })
    if ('kind' in tenant) throw failureOf(tenant)
    this.#tenantAt = this.#context.clock.monotonic()
    this.#numbering = tenant.numbering
    if (tenant.version !== undefined && isTooOld(tenant.version)) {
      throw new ConnectorFailure('misconfigured', `The PBX runs release ${tenant.version}.`, {
        fix: `Update it to ${oldestVersion} or later.`,
      })
    }
    const problem = ownSyncProblem(tenant.ownSync, this.#context.teamsSync)
    if (problem && !this.#syncProblem) this.#context.log.warn(problem.text, { fix: problem.fix })
    this.#syncProblem = problem
  }

  async #keepHooks(): Promise<void> {
    this.#hooks = await keepHooks(this.#client, this.#settings, this.#context)
  }

  /** True while something tells of changes, so that polling only reconciles. */
  get #pushed(): boolean {
    return this.#announced && (this.#stream?.open === true || this.#hooks.delivers)
  }

  async #run(): Promise<void> {
    const { clock } = this.#context
    const sleep = (ms: number) => Promise.race([this.#sleeper.sleep(ms), this.#wake.promise])
    while (!this.#sleeper.stopped) {
      if (this.#follower.lost !== undefined) await this.#recover()
      this.#wake = Promise.withResolvers()
      if (this.#sleeper.stopped) return
      const begun = clock.monotonic()
      if (begun - this.#tenantAt >= tenantMs) await this.#refresh()
      else if (this.#hooks.detail !== undefined && this.#context.callbackUrl()) await this.#keepHooks()
      const { reconcileSeconds, pollSeconds } = this.#settings
      const length = (this.#pushed ? reconcileSeconds : pollSeconds) * 1000
      await this.#follower.round(length, sleep)
      this.#report()
      if (this.#follower.lost === undefined) {
        const rest = this.#hooks.detail && !this.#pushed ? Math.min(length, hookRetryMs) : length
        await sleep(begun + rest - clock.monotonic())
      }
    }
  }

  async #refresh(): Promise<void> {
    try {
      await this.#learn()
      await this.#keepHooks()
    } catch (error) {
      this.#tenantAt = this.#context.clock.monotonic()
      this.#context.log.warn('the tenant could not be read again', { reason: String(error) })
    }
  }

  async #runHot(): Promise<void> {
    while (!this.#sleeper.stopped) {
      await this.#sleeper.sleep(this.#pushed ? hotPollMs.pushed : hotPollMs.polled)
      if (this.#sleeper.stopped || this.#follower.lost !== undefined) continue
      for (const address of this.#follower.hot()) void this.#follower.read(address, 'hot', false)
    }
  }

  /** One look after the other, ever more rarely, until the PBX answers; then everything anew. */
  async #recover(): Promise<void> {
    const backoff = createBackoff({ firstMs: 1_000, ceilingMs: 30_000 })
    while (!this.#sleeper.stopped && this.#follower.lost !== undefined) {
      this.#report()
      await this.#sleeper.sleep(backoff.next())
      if (this.#sleeper.stopped || !(await this.#follower.probe())) continue
      try {
        await this.#learn()
        await this.#follower.begin('hot')
        this.#report()
        await this.#keepHooks()
      } catch (error) {
        this.#follower.lose(error instanceof ConnectorFailure ? error.message : 'the PBX cannot be read')
      }
    }
  }

  #report(): void {
    if (this.#stopping || !this.#begun) return
    this.#health.say(
      judge({
        lost: this.#follower.lost,
        locked: this.#client.credential.locked,
        pausedMs: this.#client.credential.queue.budget.pausedMs(this.#context.clock.monotonic()),
        refused: this.#follower.refused,
        followed: this.#follower.addresses.length,
        stream: this.#stream,
        hooks: this.#hooks,
        announced: this.#announced,
        syncProblem: this.#syncProblem,
        expiryMissing: this.#expiryMissing,
      }),
    )
  }

  async #stop(): Promise<void> {
    this.#context.signal.removeEventListener('abort', this.#onAbort)
    this.#sleeper.stop()
    this.#abort.abort()
    await this.#loops
    this.#health.say({ state: 'stopped' })
  }
}
