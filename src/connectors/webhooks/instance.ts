import { randomUUID } from 'node:crypto'
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
import type { Timer } from '../../core/ports.ts'
import { isLoopback } from '../kit/base-url.ts'
import { type FacetsByAddress, FeedTeller } from '../kit/feed-teller.ts'
import { HealthTeller } from '../kit/health-teller.ts'
import { InTurn } from '../kit/in-turn.ts'
import { createBackoff } from '../kit/reconnect.ts'
import { Sleeper } from '../kit/sleeper.ts'
import { toleranceMs } from '../kit/standard-webhooks.ts'
import { UnknownValues } from '../kit/unknown-values.ts'
import { decodeDelivery } from './decode.ts'
import { judge } from './health.ts'
import { KnownPeople } from './known-people.ts'
import { doubt } from './proof.ts'
import type { Settings } from './settings.ts'
import { Spoken } from './spoken.ts'
import { type PingAnswer, TargetClient } from './target.ts'

const feed = 'deliveries'
/** The feed is this process itself; what was said ends by its own time. */
const leaseMs = 24 * 60 * 60_000
/** A sender that repeats itself does so within the time for which its signature holds. */
const mostIds = 10_000

const later: DeliveryAnswer = { status: 503, headers: { 'retry-after': '5' } }
const plain = { 'content-type': 'text/plain; charset=utf-8' }

/** One system that tells states by webhook, is told states by webhook, or both. */
export class WebhookInstance implements ConnectorInstance {
  readonly #settings: Settings
  readonly #context: ConnectorContext
  readonly #spoken: Spoken
  readonly #known: KnownPeople
  readonly #unknown: UnknownValues
  readonly #teller: FeedTeller
  readonly #health: HealthTeller
  readonly #sleeper: Sleeper
  readonly #abort = new AbortController()
  readonly #client: TargetClient | undefined
  readonly #turns = new InTurn()
  readonly #ids = new Map<string, number>()
  readonly #onAbort = () => void this.stop()
  /** Addresses as the hub writes them, by their small letters. */
  #followed = new Map<string, string>()
  #refused: string | undefined
  /** A delivery has proved itself. */
  #believed = false
  #target: PingAnswer | 'unasked' | undefined
  #renewal: Timer | undefined
  #pinging: Promise<void> | undefined
  #started = false
  #stopping: Promise<void> | undefined

  /** No I/O. */
  constructor(settings: Settings, context: ConnectorContext) {
    this.#settings = settings
    this.#context = context
    this.#spoken = new Spoken(context, settings, (address) => this.#tell([address]))
    this.#known = new KnownPeople(context)
    this.#unknown = new UnknownValues(context)
    this.#teller = new FeedTeller(
      feed,
      () => leaseMs,
      (event) => context.emit(event),
    )
    this.#health = new HealthTeller(context, 'Webhook')
    this.#sleeper = new Sleeper(context.clock)
    const { target } = settings
    if (target && !(target instanceof ConnectorFailure)) {
      this.#client = new TargetClient(target, context, this.#abort.signal)
      this.#target = 'unasked'
    }
  }

  async start(addresses: readonly string[]): Promise<void> {
    if (this.#stopping) throw new ConnectorFailure('unexpected', 'This instance was stopped.')
    const { target, secrets } = this.#settings
    if (target instanceof ConnectorFailure) throw target
    if (!target && secrets.length === 0) {
      throw new ConnectorFailure('misconfigured', 'Neither secrets nor targetUrl is set.', {
        fix: 'Give secrets to take deliveries, or targetUrl and targetSecrets to write.',
      })
    }
    this.#context.signal.addEventListener('abort', this.#onAbort, { once: true })
    this.#follow(addresses)
    await this.#spoken.recall([...this.#followed.keys()])
    this.#teller.begin(this.#facets([...this.#followed.keys()]), this.#context.clock.wall())
    this.#started = true
    this.#renew()
    this.#report()
    this.#pinging = this.#client && this.#ping(this.#client)
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop()
    return this.#stopping
  }

  follow(addresses: readonly string[]): void {
    if (this.#stopping) return
    const before = this.#followed
    this.#follow(addresses)
    const gone = [...before].filter(([key]) => !this.#followed.has(key)).map(([, address]) => address)
    this.#teller.renew(new Map(gone.map((address) => [address, []])), this.#context.clock.wall())
    const fresh = [...this.#followed.keys()].filter((key) => !before.has(key))
    void this.#spoken.recall(fresh).then(() => this.#renewAll(fresh))
  }

  resync(addresses: readonly string[]): void {
    if (!this.#stopping) this.#renewAll(addresses.map((address) => address.toLowerCase()))
  }

  async publish(publication: Publication): Promise<Outcome> {
    const { slot, act, address, state } = publication
    const { targetStates, targetSeconds } = this.#settings
    const client = this.#client
    if (!client || slot !== 'presence' || (act === 'assert' && !targetStates.includes(state))) {
      return { kind: 'rejected', reason: `This system is not told such a state in slot "${slot}".` }
    }
    if (this.#stopping) {
      return { kind: 'deferred', reason: 'the connector is stopping', retryAfterMs: 1_000 }
    }
    const outcome = await this.#turns.run(`write ${address}`, () =>
      client.publish(publication, targetSeconds),
    )
    if (outcome.kind === 'applied' || outcome.kind === 'unchanged') this.#target = { kind: 'ok' }
    else if (outcome.kind === 'failed') this.#target = { kind: 'trouble', reason: outcome.reason }
    this.#report()
    return outcome
  }

  /** People whom deliveries have named by a mail address. */
  directory(): Promise<readonly DirectoryEntry[]> {
    return this.#known.entries()
  }

  unknownValues(): readonly UnknownValue[] {
    return this.#unknown.list()
  }

  async receive(delivery: Delivery): Promise<DeliveryAnswer> {
    if (this.#stopping || !this.#started) return later
    const doubted = doubt(delivery, this.#settings, this.#context.clock.wall())
    if (doubted !== undefined) return this.#refuse(401, doubted)
    // In the order of arrival: the disk must not let a later one pass.
    return this.#turns.run('deliveries', () => this.#take(delivery))
  }

  async #take(delivery: Delivery): Promise<DeliveryAnswer> {
    if (this.#stopping) return later
    const id = this.#settings.proof === 'signature' ? delivery.headers['webhook-id'] : undefined
    if (id !== undefined && this.#ids.has(id)) return { status: 204 }
    const decoded = decodeDelivery(delivery.body, this.#settings)
    if (typeof decoded === 'string') {
      this.#context.metrics.count('webhook_malformed')
      return this.#refuse(400, decoded)
    }
    for (const word of decoded.strange) this.#unknown.note(word)
    try {
      for (const said of decoded.said) {
        const one = { ...said, address: said.address.toLowerCase() }
        await this.#known.add(one.address)
        if (await this.#spoken.take(one)) this.#tell([one.address])
      }
    } catch (error) {
      this.#context.log.error('a delivery could not be stored', { error })
      return { status: 503, headers: { 'retry-after': '10' } }
    }
    // Another hub may have read what is stored before this came: told again, it is taken there.
    if (this.#stopping) return later
    if (id !== undefined) this.#remember(id)
    this.#believed = true
    this.#refused = undefined
    this.#report()
    return { status: 204 }
  }

  #refuse(status: number, reason: string): DeliveryAnswer {
    this.#context.metrics.count('webhook_refused')
    // What anybody can send must not make a good connection look bad.
    if (status !== 401 || !this.#believed) this.#refused = reason
    this.#report()
    return { status, headers: plain, body: `${reason}\n` }
  }

  #remember(id: string): void {
    const now = this.#context.clock.wall()
    this.#ids.set(id, now)
    for (const [old, at] of this.#ids) {
      if (at + 2 * toleranceMs > now && this.#ids.size <= mostIds) break
      this.#ids.delete(old)
    }
  }

  #follow(addresses: readonly string[]): void {
    this.#followed = new Map(addresses.map((address) => [address.toLowerCase(), address]))
  }

  /** Of whom nothing is said any more is told as well: an empty set. */
  #facets(keys: readonly string[]): FacetsByAddress {
    return new Map(
      keys.flatMap((key) => {
        const address = this.#followed.get(key)
        return address === undefined ? [] : [[address, this.#spoken.facetsOf(key)] as const]
      }),
    )
  }

  #renewAll(keys: readonly string[]): void {
    if (this.#stopping) return
    this.#teller.renew(this.#facets(keys), this.#context.clock.wall())
  }

  #tell(keys: readonly string[]): void {
    if (this.#stopping) return
    for (const [address, facets] of this.#facets(keys)) {
      this.#teller.update(address, facets, this.#context.clock.wall())
    }
  }

  #renew(): void {
    this.#renewal = this.#context.clock.after(leaseMs / 2, () => {
      this.#teller.renewed()
      this.#renew()
    })
  }

  /** Until the target has answered once: it may want to know where to deliver. */
  async #ping(client: TargetClient): Promise<void> {
    const backoff = createBackoff({ firstMs: 2_000, ceilingMs: 300_000 })
    while (!this.#sleeper.stopped) {
      const takes = this.#settings.secrets.length > 0
      this.#target = await client.ping(randomUUID(), takes ? this.#context.callbackUrl() : undefined)
      if (this.#sleeper.stopped) return
      this.#report()
      if (this.#target.kind === 'ok') return
      await this.#sleeper.sleep(backoff.next())
    }
  }

  #report(): void {
    if (this.#stopping || !this.#started) return
    const callback = this.#context.callbackUrl()
    this.#health.say(
      judge({
        takes: this.#settings.secrets.length > 0,
        refused: this.#refused,
        target: this.#target,
        nearOnly: callback !== undefined && isLoopback(new URL(callback).hostname),
      }),
    )
  }

  async #stop(): Promise<void> {
    this.#context.signal.removeEventListener('abort', this.#onAbort)
    this.#renewal?.cancel()
    this.#spoken.stop()
    this.#sleeper.stop()
    this.#abort.abort()
    await this.#pinging
    this.#health.say({ state: 'stopped' })
  }
}
