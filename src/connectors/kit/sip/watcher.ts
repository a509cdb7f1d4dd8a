import { type ConnectorContext, ConnectorFailure } from '../../../core/connector.ts'
import type { Timer } from '../../../core/ports.ts'
import type { SubscriptionView } from '../../../core/workings.ts'
import { needsOperator } from '../failures.ts'
import { createBackoff, KeptLine, type Line } from '../reconnect.ts'
import type { Account } from './account.ts'
import type { EventPackage } from './event-package.ts'
import { explainFailure } from './explain.ts'
import { ConnectionLost, CredentialsRefused } from './failures.ts'
import { Follow, type FollowHost } from './follow.ts'
import { parseSeconds } from './header-values.ts'
import { header, type SipRequest, type SipResponse } from './message.ts'
import { type OpenAgent, openAgent } from './open-agent.ts'
import { Pacer } from './pacer.ts'
import { viewSubscriptions } from './subscription-view.ts'
import { summarize } from './summary.ts'
import type { Answer } from './transactions.ts'
import type { AgentRequest } from './user-agent.ts'

/** After refused credentials the server is asked again so seldom that no lock-out follows. */
const credentialsRetryMs = 3_600_000
const reopenMs = 30_000
const farewellMs = 2500
const visitMs = 4000
const healthMs = 100

export interface WatcherOptions {
  readonly account: Account
  /** Requests that may wait for their answer at a time. */
  readonly inFlight: number
  readonly context: Pick<ConnectorContext, 'clock' | 'network' | 'log' | 'metrics' | 'emit' | 'health'>
  /** Packages in use, where the server does not know these. */
  packages(unknown: Pick<ReadonlySet<string>, 'has'>): readonly EventPackage[]
}

/** One SIP account that watches many addresses over one connection. */
export class SipWatcher {
  readonly #options: WatcherOptions
  readonly #account: Account
  readonly #context: WatcherOptions['context']
  readonly #host: FollowHost
  readonly #pacer: Pacer
  readonly #follows = new Map<string, Follow>()
  readonly #dialogs = new Map<string, Follow>()
  /** What to do about it, by event package. */
  readonly #unsupported = new Map<string, string>()
  #addresses: ReadonlySet<string> = new Set()
  #line: KeptLine | undefined
  #open: OpenAgent | undefined
  #trouble: string | undefined
  #reopen: Timer | undefined
  #healthTimer: Timer | undefined
  #settling: PromiseWithResolvers<void> | undefined
  #stopping: Promise<void> | undefined

  constructor(options: WatcherOptions) {
    const { account, context } = options
    this.#options = options
    this.#account = account
    this.#context = context
    this.#pacer = new Pacer(context.clock, 1)
    this.#host = this.#createHost()
  }

  /** The server does not know this event package. */
  lacks(event: string): boolean {
    return this.#unsupported.has(event)
  }

  /** Who of this account's is watched in this event package; undefined where nobody is. */
  followed(event: string, address: string): Follow | undefined {
    return this.#follows.get(`${event}:${address}`)
  }

  /**
   * Watches an address for a moment, and tells the hub nothing of it. Beside one that is followed it would be a second
   * subscription.
   */
  async visit<Result>(
    each: EventPackage,
    address: string,
    work: (visited: Follow) => Promise<Result>,
  ): Promise<Result> {
    const settled = Promise.withResolvers<void>()
    const visited = new Follow(each, address, {
      ...this.#host,
      emit() {},
      onUnsupported: (follow, why) => follow.refuse(why, each.otherwise),
      onState: ({ state }) => state.kind !== 'starting' && settled.resolve(),
    })
    const timer = this.#context.clock.after(visitMs, settled.resolve)
    visited.start()
    try {
      await settled.promise
      return await work(visited)
    } finally {
      timer.cancel()
      const farewell = visited.stop()
      for (const [callId, follow] of this.#dialogs) if (follow === visited) this.#dialogs.delete(callId)
      if (farewell && this.#open) void this.request(farewell).catch(() => {})
    }
  }

  /** How the subscriptions stand, by event package. */
  get subscriptions(): readonly SubscriptionView[] {
    return viewSubscriptions(this.#follows.values())
  }

  get isConnected(): boolean {
    return this.#open !== undefined
  }

  /** In its turn. Throws NoAnswer, ConnectionLost, CredentialsRefused. */
  request(request: AgentRequest, timeoutMs?: number): Promise<SipResponse> {
    return this.#pacer.run(
      () => this.#send(request, timeoutMs),
      () => new ConnectionLost('the connection was lost before it was sent'),
    )
  }

  /** May be called again after a stop, as after a failed start. */
  async start(addresses: readonly string[]): Promise<void> {
    await this.#stopping
    this.#stopping = undefined
    this.#unsupported.clear()
    this.#context.health({ state: 'starting' })
    this.#settling = Promise.withResolvers()
    this.#settling.promise.catch(() => {})
    this.#follow(addresses)
    try {
      await this.#openLine()
      this.#checkSettled()
      await this.#settling.promise
      this.#tellHealth()
    } catch (error) {
      await this.stop()
      throw explainFailure(error, this.#account)
    }
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#close()
    return this.#stopping
  }

  follow(addresses: readonly string[]): void {
    if (this.#stopping) return
    this.#follow(addresses)
    this.#tellHealthSoon()
  }

  resync(addresses: readonly string[]): void {
    if (this.#stopping || !this.#open) return
    for (const address of addresses) {
      for (const { event } of this.#packages()) this.#follows.get(`${event}:${address}`)?.resync()
    }
  }

  #createHost(): FollowHost {
    const { domain, username, expires } = this.#account
    const { clock, metrics, log } = this.#context
    return {
      ...{ clock, domain, expires },
      subscriber: `sip:${encodeURIComponent(username)}@${domain}`,
      request: (request, timeoutMs) => this.#pacer.run(() => this.#send(request, timeoutMs)),
      emit: (event) => this.#context.emit(event),
      onMalformed: (feed) => {
        metrics.count('sip_malformed', { what: 'document' })
        log.warn('A NOTIFY has a body that cannot be read; it is ignored.', { feed })
      },
      onState: () => {
        this.#checkSettled()
        this.#tellHealthSoon()
      },
      onUnsupported: (follow, why) => this.#giveUpPackage(follow, why),
      onDialog: (follow, callId, before) => {
        if (before !== undefined) this.#dialogs.delete(before)
        this.#dialogs.set(callId, follow)
      },
    }
  }

  #packages(): readonly EventPackage[] {
    return this.#options.packages(this.#unsupported)
  }

  #follow(addresses: readonly string[]): void {
    this.#addresses = new Set(addresses)
    const wanted = new Map(
      this.#packages().flatMap((each) =>
        addresses.map((address) => [`${each.event}:${address}`, { each, address }]),
      ),
    )
    for (const [feed, follow] of this.#follows) {
      if (!wanted.has(feed)) this.#letGo(follow)
    }
    for (const [feed, { each, address }] of wanted) {
      if (this.#follows.has(feed)) continue
      const follow = new Follow(each, address, this.#host)
      this.#follows.set(feed, follow)
      if (this.#open) follow.start()
    }
  }

  #letGo(follow: Follow): void {
    this.#follows.delete(follow.feed)
    const farewell = follow.stop()
    if (farewell && this.#open) void this.#pacer.run(() => this.#send(farewell)).catch(() => {})
    follow.tellEnded()
  }

  async #openLine(): Promise<void> {
    this.#line = new KeptLine({
      clock: this.#context.clock,
      backoff: createBackoff({ firstMs: 1000, ceilingMs: 60_000 }),
      open: (stopped) => this.#connect(stopped),
      lost: (reason, retryMs) => this.#lose(reason, retryMs),
      failed: (error) => this.#explainAttempt(error),
    })
    await this.#line.start()
  }

  async #connect(stopped: AbortSignal): Promise<Line> {
    const closed = Promise.withResolvers<string>()
    const open = await openAgent(this.#account, this.#context.clock, {
      stopped,
      network: this.#context.network,
      onNotify: (request) => this.#takeNotify(request),
      onMalformed: (reason) => {
        this.#context.metrics.count('sip_malformed', { what: 'message' })
        this.#context.log.warn('What came is not a SIP message; it is ignored.', { reason })
      },
      onDown: (reason) => closed.resolve(reason.message),
      onTrouble: (why) => {
        this.#trouble = why
        this.#tellHealthSoon()
      },
    })
    if (!stopped.aborted) {
      this.#open = open
      this.#pacer.clear()
      // One request alone shows whether the password is right; many would look like an attack.
      this.#pacer.setLimit(1)
      for (const follow of [...this.#follows.values()]) follow.start()
    }
    return { closed: closed.promise, close: () => open.agent.close() }
  }

  async #send(request: AgentRequest, timeoutMs?: number): Promise<SipResponse> {
    if (!this.#open) throw new ConnectorFailure('not-ready', 'There is no connection.')
    try {
      const response = await this.#open.agent.request(request, timeoutMs)
      this.#pacer.setLimit(this.#options.inFlight)
      const wait = response.status === 503 ? parseSeconds(header(response, 'retry-after')) : undefined
      if (wait) this.#pacer.pause(wait * 1000)
      return response
    } catch (error) {
      if (error instanceof CredentialsRefused) this.#refuseCredentials(error)
      throw error
    }
  }

  #takeNotify(request: SipRequest): Answer {
    const follow = this.#dialogs.get(header(request, 'call-id')!)
    return follow?.takeNotify(request) ?? { status: 481, reason: 'Subscription Does Not Exist' }
  }

  #giveUpPackage(follow: Follow, why: string): void {
    const { event, otherwise: fix } = follow.package
    const same = [...this.#follows.values()].filter((each) => each.event === event)
    // Known for others: it is this address that has none.
    if (same.some((each) => each.state.kind === 'live')) {
      follow.refuse(why, fix)
      return
    }
    this.#unsupported.set(event, fix)
    const instead = this.#packages().map((each) => each.event)
    this.#context.log.warn('The server does not know an event package.', { event, instead })
    for (const each of same) this.#letGo(each)
    if (instead.length === 0) {
      const names = [...this.#unsupported.keys()].join(', ')
      const text = `The server knows none of the event packages asked for (${names}): ${why}.`
      this.#fail(new ConnectorFailure('misconfigured', text, { fix }))
      return
    }
    this.#follow([...this.#addresses])
    this.#checkSettled()
  }

  #checkSettled(): void {
    if (!this.#open || [...this.#follows.values()].some(({ state }) => state.kind === 'starting')) return
    this.#settling?.resolve()
  }

  #lose(reason: string, retryMs: number): void {
    if (this.#stopping) return
    this.#forgetConnection(reason)
    this.#context.log.warn('The connection is lost.', { reason, retryMs: Math.round(retryMs) })
    this.#context.health({ state: 'degraded', detail: `The connection is lost: ${reason}` })
    this.#settling?.reject(new ConnectorFailure('not-ready', reason, { fix: 'Check that the PBX runs.' }))
  }

  #forgetConnection(reason: string): void {
    this.#open?.registration?.stop()
    this.#open = undefined
    this.#trouble = undefined
    this.#pacer.clear()
    this.#dialogs.clear()
    for (const follow of this.#follows.values()) follow.lose(reason)
    this.#healthTimer?.cancel()
    this.#healthTimer = undefined
  }

  /** A further attempt failed. What an operator has to mend is tried less often. */
  #explainAttempt(error: unknown): number | undefined {
    const failure = explainFailure(error, this.#account)
    const operator = needsOperator(failure)
    this.#tellFailure(failure, operator ? 'down' : 'degraded')
    return operator ? credentialsRetryMs : undefined
  }

  #refuseCredentials(error: CredentialsRefused): void {
    this.#fail(explainFailure(error, this.#account))
  }

  /** Stops everything until an operator has mended it; one new attempt an hour does no harm. */
  #fail(failure: ConnectorFailure): void {
    this.#settling?.reject(failure)
    if (this.#stopping) return
    void this.#line?.stop()
    this.#forgetConnection(failure.message)
    this.#tellFailure(failure, 'down')
    this.#reopenLater(credentialsRetryMs)
  }

  #reopenLater(afterMs: number): void {
    this.#reopen?.cancel()
    this.#reopen = this.#context.clock.after(afterMs, () => {
      this.#openLine().catch((error: unknown) => {
        if (this.#stopping) return
        this.#reopenLater(this.#explainAttempt(error) ?? reopenMs)
      })
    })
  }

  #tellFailure(failure: ConnectorFailure, state: 'down' | 'degraded'): void {
    const { message, fix, kind } = failure
    this.#context.health({ state, detail: message, failure: kind, ...(fix === undefined ? {} : { fix }) })
  }

  #tellHealth(): void {
    this.#healthTimer?.cancel()
    this.#healthTimer = undefined
    if (this.#stopping || !this.#open) return
    const replaced = this.#packages().length >= this.#options.packages(new Set()).length
    const notes = { registration: this.#trouble, unsupported: this.#unsupported, replaced }
    this.#context.health(summarize([...this.#follows.values()], notes))
  }

  #tellHealthSoon(): void {
    if (this.#healthTimer || this.#stopping || !this.#open) return
    this.#healthTimer = this.#context.clock.after(healthMs, () => this.#tellHealth())
  }

  async #close(): Promise<void> {
    this.#reopen?.cancel()
    this.#healthTimer?.cancel()
    this.#pacer.clear()
    const farewells = [...this.#follows.values()].map((follow) => follow.stop())
    const { agent, registration } = this.#open ?? {}
    registration?.stop()
    const requests = [...farewells, registration?.farewell()].filter((each) => each !== undefined)
    if (agent) await this.#sayFarewell(requests)
    this.#settling?.reject(new ConnectorFailure('not-ready', 'The connector was stopped.'))
    await this.#line?.stop()
    this.#open = undefined
    this.#healthTimer = undefined
    this.#follows.clear()
    this.#dialogs.clear()
    this.#context.health({ state: 'stopped' })
  }

  /** Ends every subscription at the server, as far as it answers in time. */
  async #sayFarewell(requests: readonly AgentRequest[]): Promise<void> {
    const pacer = new Pacer(this.#context.clock, this.#options.inFlight)
    const late = Promise.withResolvers<void>()
    const timer = this.#context.clock.after(farewellMs, late.resolve)
    const sent = requests.map((request) =>
      pacer.run(async () => this.#open?.agent.request(request, farewellMs)),
    )
    await Promise.race([Promise.allSettled(sent), late.promise])
    timer.cancel()
  }
}
