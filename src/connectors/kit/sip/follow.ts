import type { FeedEvent, Observation } from '../../../core/observation.ts'
import type { Clock, Timer } from '../../../core/ports.ts'
import { createBackoff } from '../reconnect.ts'
import type { Documents, EventPackage } from './event-package.ts'
import type { Body, SipRequest, SipResponse } from './message.ts'
import { type Notification, Subscription } from './subscription.ts'
import type { SubscriptionEnd } from './subscription-end.ts'
import type { Answer } from './transactions.ts'
import type { AgentRequest } from './user-agent.ts'

export type FollowState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'live' }
  /** The server waits for somebody's consent. */
  | { readonly kind: 'pending' }
  | { readonly kind: 'refused'; readonly why: string; readonly fix: string }
  | { readonly kind: 'waiting'; readonly why: string }

export interface FollowHost {
  readonly clock: Clock
  readonly domain: string
  readonly subscriber: string
  readonly expires: number
  request(request: AgentRequest, timeoutMs: number): Promise<SipResponse>
  emit(event: FeedEvent): void
  onMalformed(feed: string): void
  onState(follow: Follow): void
  onUnsupported(follow: Follow, why: string): void
  /** NOTIFYs with this Call-ID are for this follow until the next call. */
  onDialog(follow: Follow, callId: string, before: string | undefined): void
}

/** Subscribing again at once is done once in so long: a server that ends every subscription is not stormed. */
const hurryMs = 10_000
/** What was refused may have been put right at the PBX. */
const refusedMs = 3_600_000

/** One address in one event package, over any number of subscriptions: one feed. */
export class Follow {
  readonly address: string
  readonly package: EventPackage
  readonly feed: string
  readonly #host: FollowHost
  #state: FollowState = { kind: 'starting' }
  #subscription: Subscription | undefined
  #documents: Documents
  #leaseMs = 0
  /** What the hub was told of the feed. `dated`: to be opened anew with the next snapshot. */
  #told: 'nothing' | 'dated' | 'open' | 'lost' = 'nothing'
  #startedAt = 0
  #hurriedAt = Number.NEGATIVE_INFINITY
  readonly #backoff = createBackoff({ firstMs: 4000, ceilingMs: 300_000 })
  #asked = false
  #grants = 0
  #heardAt: number | undefined
  #timer: Timer | undefined

  constructor(eventPackage: EventPackage, address: string, host: FollowHost) {
    this.package = eventPackage
    this.address = address
    this.feed = `${eventPackage.event}:${address}`
    this.#host = host
    this.#documents = eventPackage.open(address)
  }

  get event(): string {
    return this.package.event
  }

  get state(): FollowState {
    return this.#state
  }

  /** How often the server granted the subscription, when it ends, and the last NOTIFY; wall clock, milliseconds. */
  get standing(): {
    readonly grants: number
    readonly expiresAt: number
    readonly heardAt: number | undefined
  } {
    const leftMs = this.#subscription?.remainingMs() ?? 0
    return {
      grants: this.#grants,
      expiresAt: Math.round(this.#host.clock.wall() + leftMs),
      heardAt: this.#heardAt,
    }
  }

  /** Subscribes anew, whatever was before. */
  start(): void {
    this.#drop()
    const { clock, domain, subscriber, expires } = this.#host
    const before = this.#subscription?.callId
    const subscription = new Subscription({
      clock,
      event: this.event,
      accept: this.package.accept,
      target: `sip:${encodeURIComponent(this.address)}@${domain}`,
      subscriber,
      expires,
      request: (request, timeoutMs) => this.#host.request(request, timeoutMs),
      onGranted: (leaseMs) => this.#granted(leaseMs),
      onNotify: (notify) => this.#take(notify),
      onEnd: (end) => this.#ended(end),
    })
    this.#subscription = subscription
    this.#documents = this.package.open(this.address)
    this.#leaseMs = 0
    this.#asked = false
    this.#startedAt = clock.monotonic()
    if (this.#told === 'open') this.#told = 'dated'
    this.#host.onDialog(this, subscription.callId, before)
    subscription.start()
  }

  takeNotify(request: SipRequest): Answer {
    return this.#subscription!.takeNotify(request)
  }

  /** Asks for the whole state: by a refresh, or by a new subscription where there is none. */
  resync(): void {
    if (this.#state.kind === 'live' || this.#state.kind === 'pending') this.#subscription?.ask()
    else if (this.#state.kind !== 'starting') this.start()
  }

  /**
   * Asks the server for a change by a refresh with this body. Its answer; undefined where there is no subscription.
   * @throws NoAnswer, ConnectionLost, CredentialsRefused
   */
  async change(body: Body): Promise<SipResponse | undefined> {
    return this.#subscription?.change(body)
  }

  /** The connection is gone, and with it every subscription on it. */
  lose(why: string): void {
    this.#drop()
    this.#tellLost(why)
    this.#become({ kind: 'waiting', why })
  }

  /** Nobody is interested any more. Returns the request that says so to the server. */
  stop(): AgentRequest | undefined {
    const farewell = this.#subscription?.farewell()
    this.#drop()
    return farewell
  }

  /** The hub is to forget what this feed said. */
  tellEnded(): void {
    if (this.#told !== 'nothing') this.#host.emit({ type: 'ended', feed: this.feed })
    this.#told = 'nothing'
  }

  #drop(): void {
    this.#timer?.cancel()
    this.#subscription?.forget()
  }

  #granted(leaseMs: number): void {
    const before = this.#leaseMs
    this.#leaseMs = leaseMs
    this.#grants += 1
    if (this.#told !== 'open') return
    if (Math.abs(before - leaseMs) * 50 > before) this.#tellSnapshot('dated')
    else this.#host.emit({ type: 'renewed', feed: this.feed })
  }

  #take(notify: Notification): void {
    this.#heardAt = this.#host.clock.wall()
    const text = notify.body.toString('utf8')
    if (text.trim() !== '') this.#takeDocument(text, notify.type)
    else if (notify.pending) this.#become({ kind: 'pending' })
    // Empty as an answer: nothing is published. Unasked, some servers send it where nothing has changed.
    else if (notify.answer) {
      this.#documents.clear()
      this.#tellSnapshot()
    } else this.#askOnce()
  }

  #takeDocument(text: string, type: string): void {
    const result = this.#documents.take(text, type)
    if (result === 'malformed') {
      this.#host.onMalformed(this.feed)
      this.#askOnce()
      return
    }
    if (result === 'ask') this.#subscription?.ask()
    this.#asked = false
    if (result !== 'old') this.#tellSnapshot()
  }

  /** Once until the next good document, so that a server that cannot do better is not asked for ever. */
  #askOnce(): void {
    if (this.#asked) return
    this.#asked = true
    this.#subscription?.ask()
  }

  #tellSnapshot(told = this.#told): void {
    const { clock, emit } = this.#host
    if (told !== 'open') {
      this.#leaseMs ||= Math.round(this.#subscription?.remainingMs() || this.#host.expires * 1000)
      emit({ type: 'opened', feed: this.feed, leaseMs: this.#leaseMs })
    }
    this.#told = 'open'
    const observations: Observation[] = this.#documents
      .facets()
      .map((facet) => ({ address: this.address, facet, observedAt: clock.wall() }))
    emit({ type: 'snapshot', feed: this.feed, observations, addresses: [this.address] })
    this.#become({ kind: 'live' })
  }

  #tellLost(reason: string): void {
    if (this.#told === 'open' || this.#told === 'dated') {
      this.#host.emit({ type: 'lost', feed: this.feed, reason })
      this.#told = 'lost'
    }
  }

  #become(state: FollowState): void {
    this.#state = state
    this.#host.onState(this)
  }

  #ended(end: SubscriptionEnd): void {
    switch (end.kind) {
      case 'unsupported':
        this.#host.onUnsupported(this, end.why)
        break
      case 'invariant':
        this.#keepRenewed()
        break
      case 'gone':
        this.tellEnded()
        this.#become({ kind: 'refused', why: end.why, fix: 'Correct the extension of this person.' })
        break
      case 'refused':
        this.refuse(end.why, end.fix)
        break
      case 'unanswered':
        this.#startLater(end.why, this.#patience())
        break
      case 'again':
        this.#startLater(end.why, end.afterMs || (this.#mayHurry() ? 0 : this.#patience()))
    }
  }

  refuse(why: string, fix: string): void {
    this.#drop()
    // Where it only adds to what else is heard of the address, that is still sure without it.
    if (this.package.adds()) this.tellEnded()
    else this.#tellLost(why)
    this.#become({ kind: 'refused', why, fix })
    // A notifier that ended the subscription as rejected must not be asked again (RFC 6665 section 4.1.3).
    if (!why.startsWith('ended')) this.#timer = this.#host.clock.after(refusedMs, () => this.start())
  }

  #mayHurry(): boolean {
    const now = this.#host.clock.monotonic()
    if (this.#state.kind !== 'live' || now - this.#hurriedAt < hurryMs) return false
    this.#hurriedAt = now
    return true
  }

  /** Grows while subscriptions fail one after the other. */
  #patience(): number {
    const lastedMs = this.#host.clock.monotonic() - this.#startedAt
    if (this.#state.kind === 'live' && lastedMs >= hurryMs) this.#backoff.reset()
    return this.#backoff.next()
  }

  #startLater(why: string, afterMs: number): void {
    // Where it goes on at once, what was told still stands on its lease.
    if (afterMs === 0) {
      this.start()
      return
    }
    this.#tellLost(why)
    this.#become({ kind: 'waiting', why })
    this.#timer = this.#host.clock.after(afterMs, () => this.start())
  }

  #keepRenewed(): void {
    this.#timer = this.#host.clock.after(Math.max(1000, this.#leaseMs / 2), () => {
      if (this.#told === 'open') this.#host.emit({ type: 'renewed', feed: this.feed })
      this.#keepRenewed()
    })
  }
}
