import { isDeepStrictEqual } from 'node:util'
import type { Clock, Log, Metrics, Store } from '../core/ports.ts'
import type { PersonView } from '../core/view.ts'
import type {
  Delivery,
  DeliveryChoice,
  FailedEvent,
  WebhookChoice,
  WebhookPort,
  WebhookTrial,
  WebhookView,
} from '../core/webhook-port.ts'
import { DeadLetters } from './dead-letters.ts'
import { DeliveryLog, type LogChange } from './delivery-log.ts'
import { Lane } from './lane.ts'
import { type Left, OutboxStore } from './outbox-store.ts'
import { postEvent } from './post.ts'
import { changedType, testEvent, testType } from './presence-event.ts'
import type { Sign, Subscription } from './subscription.ts'
import { Teller } from './teller.ts'

export interface OutgoingOptions {
  readonly clock: Clock
  readonly store: Pick<Store, 'commit' | 'memory'>
  readonly log: Log
  readonly metrics: Metrics
  readonly fetch: typeof fetch
  readonly sign: Sign
  /** As they are configured now. */
  subscriptions(): readonly Subscription[]
  /** Between 0 and 1. */
  readonly random: () => number
  nextId(): string
  /** Everyone, as others may see them. */
  people(tenant: string): readonly PersonView[]
  /** Every change of somebody's view; returns how to stop. */
  watch(listener: (person: PersonView) => void): () => void
}

interface Channel {
  readonly subscription: Subscription
  readonly lane: Lane
  readonly teller: Teller
  readonly dead: DeadLetters
  readonly deliveries: DeliveryLog
}

/** Tells programs of changes of presence, each change at least once, in order per person, over restarts. */
export class OutgoingWebhooks implements WebhookPort {
  readonly #options: OutgoingOptions
  readonly #outbox: OutboxStore
  #abort = new AbortController()
  /** Those that are told; undefined while none is, as when what is left of them could not be read. */
  #subscriptions: readonly Subscription[] | undefined
  readonly #storing = new Set<Promise<void>>()
  #channels: readonly Channel[] = []
  #sequence = 0
  #forget: (() => void) | undefined

  constructor(options: OutgoingOptions) {
    this.#options = options
    this.#outbox = new OutboxStore(options.store, options.log)
  }

  /** Takes up what waits from before, and tells what has changed since. */
  async start(): Promise<void> {
    const { watch, people } = this.#options
    const subscriptions = this.#options.subscriptions()
    this.#abort = new AbortController()
    const tenants = Map.groupBy(subscriptions, ({ tenant }) => tenant)
    const found: (readonly [Subscription, Left])[] = []
    for (const [tenant, own] of tenants) {
      const left = await this.#outbox.load(
        tenant,
        own.map(({ id }) => id),
      )
      for (const subscription of own) found.push([subscription, left.get(subscription.id)!])
    }
    this.#subscriptions = subscriptions
    this.#channels = found.map(([subscription, left]) => this.#open(subscription, left))
    if (this.#channels.length === 0) return
    this.#forget = watch((person) => this.#look(person))
    for (const tenant of tenants.keys()) for (const person of people(tenant)) this.#look(person)
  }

  async stop(): Promise<void> {
    this.#forget?.()
    this.#abort.abort()
    for (const { teller } of this.#channels) teller.stop()
    await Promise.all(this.#channels.map(({ lane }) => lane.stop()))
    await Promise.all(this.#storing)
    this.#channels = []
    this.#subscriptions = undefined
  }

  /** After a change of the configuration: where subscriptions differ, all go on from what is on disk. */
  async renew(): Promise<void> {
    if (isDeepStrictEqual(this.#options.subscriptions(), this.#subscriptions)) return
    await this.stop()
    await this.start()
  }

  list(tenant?: string): readonly WebhookView[] {
    return this.#chosen({ tenant }).map(({ lane, dead }) => ({ ...lane.view(), failed: dead.size }))
  }

  failed(choice: WebhookChoice): readonly FailedEvent[] {
    return this.#chosen(choice)
      .flatMap(({ dead }) => dead.list(choice.id))
      .sort((a, b) => b.failedAt - a.failedAt)
  }

  deliveries({ outcome, limit, ...place }: DeliveryChoice): readonly Delivery[] {
    const now = this.#options.clock.wall()
    return this.#chosen(place)
      .flatMap(({ deliveries }) => deliveries.list(now))
      .filter((one) => outcome === undefined || one.outcome === outcome)
      .sort((a, b) => b.at - a.at)
      .slice(0, limit)
  }

  async test(tenant: string, webhook: string): Promise<WebhookTrial | undefined> {
    const [channel] = this.#chosen({ tenant, webhook })
    if (!channel) return undefined
    const { clock, fetch, sign, nextId } = this.#options
    const id = nextId()
    const [at, began] = [clock.wall(), clock.monotonic()]
    const body = testEvent(tenant, { id, at })
    const io = { clock, fetch, sign, signal: this.#abort.signal }
    const attempt = await postEvent(channel.subscription, { id, body }, io)
    const tookMs = clock.monotonic() - began
    const tried = { attempt, number: 1, at, tookMs, nextAt: undefined }
    this.#keepTried(channel, channel.deliveries.add({ id, type: testType }, tried))
    return attempt.taken ? { taken: true } : { taken: false, reason: attempt.reason }
  }

  async replay(choice: WebhookChoice): Promise<number> {
    let count = 0
    for (const { subscription, dead, lane } of this.#chosen(choice)) {
      const again = dead.take(choice.id, Math.round(this.#options.clock.wall()))
      count += again.length
      if (choice.id !== undefined && lane.hurryEvent(choice.id)) count += 1
      await this.#outbox.replayed(subscription, again)
      for (const waiting of again) lane.put(waiting)
      if (again.length > 0) lane.hurry()
    }
    return count
  }

  async tellAgain(tenant: string, webhook: string): Promise<number | undefined> {
    const [channel] = this.#chosen({ tenant, webhook })
    if (!channel) return undefined
    const { people } = channel.subscription
    channel.teller.forget()
    const everyone = this.#options.people(tenant).filter(({ id }) => !people || people.has(id))
    for (const person of everyone) channel.teller.look(person)
    await Promise.all(this.#storing)
    return everyone.length
  }

  #chosen({ tenant, webhook }: WebhookChoice): readonly Channel[] {
    return this.#channels.filter(
      ({ subscription }) =>
        (tenant === undefined || subscription.tenant === tenant) &&
        (webhook === undefined || subscription.id === webhook),
    )
  }

  #look(person: PersonView): void {
    for (const { subscription, teller } of this.#channels) {
      if (subscription.tenant === person.tenant) teller.look(person)
    }
  }

  #open(subscription: Subscription, left: Left): Channel {
    const { clock, random, log, metrics, fetch, sign, nextId } = this.#options
    const outbox = this.#outbox
    const about = { tenant: subscription.tenant, webhook: subscription.id }
    const dead = new DeadLetters(about, left.failed)
    const deliveries = new DeliveryLog(about, left.tried)
    const lane = new Lane(subscription, {
      clock,
      random,
      attempt: async (waiting) => {
        const attempt = await postEvent(subscription, waiting, {
          ...{ clock, fetch, sign, signal: this.#abort.signal },
        })
        metrics.count('webhook_attempts', { ...about, taken: attempt.taken ? 'yes' : 'no' })
        return attempt
      },
      tried: ({ id }, tried) =>
        this.#keepTried({ subscription }, deliveries.add({ id, type: changedType }, tried)),
      taken: (waiting) => this.#keep(outbox.taken(subscription, waiting)),
      givenUp: (one) => {
        metrics.count('webhook_given_up', about)
        this.#keep(outbox.givenUp(subscription, one))
        const pushedOut = dead.add(one)
        if (pushedOut) this.#keep(outbox.forget(subscription, pushedOut))
      },
      turned: (trouble) => {
        if (trouble === undefined) log.info('a webhook takes events again', about)
        else log.warn('a webhook does not take events; they wait', { ...about, reason: trouble })
      },
    })
    const teller = new Teller(subscription, left.told, {
      clock,
      nextId,
      nextSequence: () => {
        this.#sequence = Math.max(this.#sequence + 1, Math.floor(clock.wall()))
        return this.#sequence
      },
      // Sent only when it is on disk: what a receiver has seen must have the same id after a crash.
      tell: (waiting, is) => this.#keep(outbox.add(subscription, waiting, is).then(() => lane.put(waiting))),
    })
    // Whoever told before may have had another wall clock.
    for (const { sequence } of [left, ...left.waiting, ...left.failed]) {
      this.#sequence = Math.max(this.#sequence, sequence)
    }
    for (const waiting of left.waiting) lane.put(waiting, deliveries.attemptsOf(waiting.id))
    return { subscription, lane, teller, dead, deliveries }
  }

  #keepTried({ subscription }: Pick<Channel, 'subscription'>, change: LogChange): void {
    this.#keep(this.#outbox.logged(subscription, change))
  }

  #keep(storing: Promise<void>): void {
    this.#storing.add(storing)
    void storing.finally(() => this.#storing.delete(storing))
  }
}
