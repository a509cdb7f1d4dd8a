import {
  type ConnectorContext,
  ConnectorFailure,
  type ConnectorInstance,
  type CredentialEnd,
  type Delivery,
  type DeliveryAnswer,
  type DirectoryEntry,
  type Outcome,
  type Publication,
  type UnknownValue,
} from '../../core/connector.ts'
import { callbackSecret } from '../kit/callback.ts'
import { HealthTeller } from '../kit/health-teller.ts'
import { InTurn } from '../kit/in-turn.ts'
import { Sleeper } from '../kit/sleeper.ts'
import { UnknownValues } from '../kit/unknown-values.ts'
import { type SyncProblem, syncProblem } from '../kit/vendor-sync.ts'
import { WebexClient } from './client.ts'
import type { Settings } from './config.ts'
import { answerConsent } from './consent.ts'
import { Follower } from './follower.ts'
import { Grants } from './grants.ts'
import { judge } from './health.ts'
import { decodeDelivery } from './hooks.ts'
import { Book, listPeople, type Person, toEntry } from './people.ts'
import { countMalformed, readCalls, readDnd } from './reading.ts'
import { recover } from './recovery.ts'
import { isGenuine } from './signature.ts'
import { readVendorSync, syncWords } from './vendor-sync.ts'
import { WebhookKeeper } from './webhook-keeper.ts'
import { unknownPerson, writeDnd } from './write.ts'

/** Between two looks at people with a call, or where something just happened. */
const hotPollMs = 2_000
const hotMs = 10_000
/** People, the organization's switch and the webhooks are looked at again this often. */
const learnMs = 10 * 60_000
/** Sooner where somebody followed is not known. */
const learnSoonMs = 60_000
/** Nothing is set while Webex keeps presence in step with Teams itself; the switch is looked at again by then. */
const vendorRetryMs = 5 * 60_000

/** One organization with Webex Calling, from start to stop. */
export class WebexInstance implements ConnectorInstance {
  readonly #settings: Settings
  readonly #context: ConnectorContext
  readonly #client: WebexClient
  readonly #follower: Follower
  readonly #unknown: UnknownValues
  readonly #book = new Book()
  readonly #grants: Grants | undefined
  readonly #hooks: WebhookKeeper
  readonly #health: HealthTeller
  readonly #sleeper: Sleeper
  readonly #abort = new AbortController()
  readonly #turns = new InTurn()
  readonly #onAbort = () => void this.stop()
  readonly #readAt = new Map<string, number>()
  readonly #hotUntil = new Map<string, number>()
  #vendorSync: boolean | undefined
  #learnedAt = Number.NEGATIVE_INFINITY
  #begun = false
  #wake = Promise.withResolvers<void>()
  #loops: Promise<unknown> | undefined
  #hooking: Promise<unknown> | undefined
  #stopping: Promise<void> | undefined

  /** No I/O. */
  constructor(settings: Settings, context: ConnectorContext) {
    this.#settings = settings
    this.#context = context
    const { clock, metrics } = context
    const { url, integration, pollMs, dndMs } = settings
    this.#client = new WebexClient(settings, context, this.#abort.signal)
    this.#unknown = new UnknownValues(context)
    this.#sleeper = new Sleeper(clock)
    this.#health = new HealthTeller(context, 'Webex')
    this.#grants = integration && new Grants(url, integration, context)
    this.#hooks = new WebhookKeeper(this.#client, context, url)
    const parts = {
      client: this.#client,
      metrics,
      unknown: this.#unknown,
      book: this.#book,
      grants: this.#grants,
    }
    this.#follower = new Follower(context, {
      feed: 'webex',
      leaseMs: Math.max(60_000, 3 * pollMs, 3 * dndMs),
      stopped: this.#abort.signal,
      read: {
        calls: (address, priority) => readCalls(parts, address, priority),
        dnd: (address, priority) => readDnd(parts, address, priority),
      },
      lost: () => {
        this.#wake.resolve()
        this.#report()
      },
      changed: (address, part, priority) => this.#changed(address, part, priority),
    })
  }

  async start(addresses: readonly string[]): Promise<void> {
    if (this.#stopping) throw new ConnectorFailure('unexpected', 'This instance was stopped.')
    this.#context.signal.addEventListener('abort', this.#onAbort, { once: true })
    this.#health.say({ state: 'starting' })
    this.#client.agree(this.#abort.signal)
    this.#follower.follow(addresses)
    await this.#grants?.load()
    await this.#learn()
    await this.#follower.begin('hot')
    if (this.#stopping) return
    this.#begun = true
    this.#report()
    this.#keepHooks()
    this.#loops = Promise.all([this.#runCalls(), this.#runDnd(), this.#runHot()]).catch((error: unknown) =>
      this.#context.log.error('the Webex connector broke', { error }),
    )
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop()
    return this.#stopping
  }

  follow(addresses: readonly string[]): void {
    if (this.#stopping) return
    for (const address of this.#follower.follow(addresses)) void this.#follower.readWhole(address, 'hot')
  }

  resync(addresses: readonly string[]): void {
    if (this.#stopping || !this.#loops) return
    for (const address of addresses) {
      if (this.#follower.follows(address)) void this.#follower.readWhole(address, 'settle')
    }
  }

  async publish(publication: Publication): Promise<Outcome> {
    const { address, slot, act } = publication
    if (slot !== 'dnd' || (act === 'assert' && !this.#settings.writeDnd)) {
      return { kind: 'rejected', reason: `This organization is not written to in slot "${slot}".` }
    }
    if (this.#stopping) return { kind: 'deferred', reason: 'the connector is stopping', retryAfterMs: 1_000 }
    const problem = this.#syncProblem()
    if (act === 'assert' && this.#vendorSync && problem) {
      return { kind: 'deferred', reason: problem.text, retryAfterMs: vendorRetryMs }
    }
    try {
      return await this.#turns.run(address, () => this.#write(publication))
    } catch (error) {
      this.#context.log.error('a write to Webex broke', { error })
      return { kind: 'failed', reason: 'an unexpected error; see the log' }
    }
  }

  async directory(): Promise<readonly DirectoryEntry[]> {
    return (await this.#listPeople()).map(toEntry)
  }

  unknownValues(): readonly UnknownValue[] {
    return this.#unknown.list()
  }

  inspect() {
    const subscriptions = this.#grants ? [this.#hooks.inspect()] : []
    return { ...this.#client.credential.inspect(), subscriptions }
  }

  credentialEnds(): readonly CredentialEnd[] {
    return this.#client.credential.ends()
  }

  /** `calls`: a webhook, as a hint whose calls to read. `consent`, `granted`: a person's browser. */
  async receive(delivery: Delivery): Promise<DeliveryAnswer> {
    if (this.#stopping || !this.#grants || !this.#begun) return { status: 404 }
    const secret = await callbackSecret(this.#context)
    const { method, path } = delivery
    if (method === 'POST' && path === 'calls') return this.#hear(delivery, secret)
    if (method !== 'GET' || (path !== 'consent' && path !== 'granted')) return { status: 404 }
    return answerConsent(delivery, {
      ...{ grants: this.#grants, book: this.#book, context: this.#context, secret, url: this.#settings.url },
      granted: (person) => this.#keepHooks(person),
    })
  }

  #hear(delivery: Delivery, secret: string): DeliveryAnswer {
    if (!isGenuine(delivery, secret)) return { status: 401 }
    const said = decodeDelivery(delivery.body)
    if (!said) {
      countMalformed(this.#context.metrics, 'delivery')
      return { status: 400 }
    }
    const person = this.#book.find(said.personId)
    const addresses = this.#follower.addresses.filter((address) => this.#book.find(address) === person)
    if (person && addresses.length > 0) {
      this.#hooks.heard(person.id)
      for (const address of addresses) this.#ask(address)
      this.#report()
    }
    return { status: 204 }
  }

  async #write(publication: Publication): Promise<Outcome> {
    const { address } = publication
    const person = this.#book.find(address) ?? (await this.#lookFor(address))
    if (!person) return unknownPerson
    const parts = { client: this.#client, clock: this.#context.clock, personId: person.id }
    const outcome = await writeDnd(publication, parts)
    if (outcome.kind === 'applied' || outcome.kind === 'failed') {
      if (this.#follower.follows(address)) void this.#follower.read(address, 'dnd', { priority: 'hot' })
    }
    return outcome
  }

  /** Somebody may be new since the people were listed. */
  async #lookFor(address: string): Promise<Person | undefined> {
    if (this.#context.clock.monotonic() - this.#learnedAt < learnSoonMs) return undefined
    await this.#refresh()
    return this.#book.find(address)
  }

  /** Read now, and be watched for a while: what a webhook tells may be ahead of what can be read. */
  #ask(address: string): void {
    this.#hotUntil.set(address, this.#context.clock.monotonic() + hotMs)
    void this.#follower.read(address, 'calls', { priority: 'hot' })
  }

  #changed(address: string, part: string, priority: string): void {
    if (part !== 'calls') return
    this.#hotUntil.set(address, this.#context.clock.monotonic() + hotMs)
    const person = this.#book.find(address)
    if (priority === 'sweep' && person) this.#hooks.missed(person.id)
  }

  #syncProblem(): SyncProblem | undefined {
    return syncProblem(this.#vendorSync, this.#context.teamsSync, syncWords)
  }

  #listPeople(): Promise<readonly Person[]> {
    return listPeople(this.#client, this.#settings.url)
  }

  /** People and the organization's switch. Throws ConnectorFailure. */
  async #learn(): Promise<void> {
    this.#learnedAt = this.#context.clock.monotonic()
    this.#book.replace(await this.#listPeople())
    this.#vendorSync = await readVendorSync(this.#client)
  }

  async #refresh(): Promise<void> {
    try {
      await this.#learn()
    } catch (error) {
      this.#context.log.warn('the organization could not be read again', { reason: String(error) })
    }
    this.#keepHooks()
  }

  /** Of this person, or of everyone; in its own time, for with many people it takes long. */
  #keepHooks(person?: Person): void {
    const grants = this.#grants
    if (!grants) return
    const keep = async () => {
      const secret = await callbackSecret(this.#context)
      if (person) await this.#hooks.keep(person.id, grants, secret)
      else await this.#hooks.keepAll(grants, secret)
      this.#report()
    }
    this.#hooking = this.#turns
      .run('hooks', keep)
      .catch((error: unknown) => this.#context.log.error('the webhooks could not be kept', { error }))
  }

  #isDue(address: string): boolean {
    const person = this.#book.find(address)
    const every = person && this.#hooks.tells(person.id) ? this.#settings.reconcileMs : 0
    const now = this.#context.clock.monotonic()
    if (now - (this.#readAt.get(address) ?? Number.NEGATIVE_INFINITY) < every) return false
    this.#readAt.set(address, now)
    return true
  }

  readonly #sleep = (ms: number) => Promise.race([this.#sleeper.sleep(ms), this.#wake.promise])

  async #runCalls(): Promise<void> {
    const { clock } = this.#context
    const { pollMs } = this.#settings
    while (!this.#sleeper.stopped) {
      if (this.#follower.lost) await this.#recover()
      this.#wake = Promise.withResolvers()
      if (this.#sleeper.stopped) return
      const begun = clock.monotonic()
      const unknown = this.#follower.addresses.some((address) => !this.#book.find(address))
      const hookLess = this.#hooks.note !== undefined && this.#context.callbackUrl() !== undefined
      if (begun - this.#learnedAt >= (unknown || hookLess ? learnSoonMs : learnMs)) await this.#refresh()
      const due = this.#follower.addresses.filter((address) => this.#isDue(address))
      await this.#follower.round('calls', due, { lengthMs: pollMs, sleep: this.#sleep })
      this.#report()
      if (!this.#follower.lost) await this.#sleep(begun + pollMs - clock.monotonic())
    }
  }

  async #runDnd(): Promise<void> {
    const { clock } = this.#context
    const { dndMs } = this.#settings
    while (!this.#sleeper.stopped) {
      const begun = clock.monotonic()
      if (!this.#follower.lost) {
        const { addresses } = this.#follower
        await this.#follower.round('dnd', addresses, {
          lengthMs: dndMs,
          sleep: (ms) => this.#sleeper.sleep(ms),
        })
      }
      await this.#sleeper.sleep(Math.max(1, begun + dndMs - clock.monotonic()))
    }
  }

  async #runHot(): Promise<void> {
    const { clock } = this.#context
    while (!this.#sleeper.stopped) {
      await this.#sleeper.sleep(hotPollMs)
      if (this.#sleeper.stopped || this.#follower.lost) continue
      for (const address of this.#follower.addresses) {
        const person = this.#book.find(address)
        const told = person !== undefined && this.#hooks.tells(person.id)
        const hot = (this.#hotUntil.get(address) ?? 0) > clock.monotonic()
        if (hot || (!told && this.#follower.inCall(address))) {
          void this.#follower.read(address, 'calls', { priority: 'hot' })
        }
      }
    }
  }

  #recover(): Promise<void> {
    return recover({
      follower: this.#follower,
      sleeper: this.#sleeper,
      again: async () => {
        await this.#learn()
        await this.#follower.begin('hot')
        this.#keepHooks()
      },
      report: () => this.#report(),
    })
  }

  #report(): void {
    if (this.#stopping || !this.#begun) return
    const { token, queue } = this.#client.credential
    const { count, note } = this.#hooks
    const told = count > 0 ? `calls of ${count} told by webhooks, the others polled` : 'polled'
    this.#health.say(
      judge({
        lost: this.#follower.lost,
        refused: this.#follower.refused,
        pausedMs: queue.budget.pausedMs(this.#context.clock.monotonic()),
        contested: token.contested,
        syncProblem: this.#syncProblem(),
        well: `${this.#follower.addresses.length} people, ${told}`,
        note: this.#grants && note,
      }),
    )
  }

  async #stop(): Promise<void> {
    this.#context.signal.removeEventListener('abort', this.#onAbort)
    this.#sleeper.stop()
    this.#abort.abort()
    this.#wake.resolve()
    await Promise.all([this.#loops, this.#hooking])
    this.#health.say({ state: 'stopped' })
  }
}
