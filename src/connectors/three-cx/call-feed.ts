import { type ConnectorContext, ConnectorFailure } from '../../core/connector.ts'
import type { Facet } from '../../core/observation.ts'
import { FeedTeller } from '../kit/feed-teller.ts'
import { Poller } from '../kit/poller.ts'
import { createBackoff, KeptLine, type Line } from '../kit/reconnect.ts'
import type { UnknownValues } from '../kit/unknown-values.ts'
import { openSocket, type SocketLine, SocketRefusal } from '../kit/web-socket.ts'
import { type Api, asFailure, fixOf } from './api.ts'
import { CallBook } from './call-book.ts'
import { readCallEvent } from './call-events.ts'
import type { Settings } from './config.ts'
import { dialogOf, readDns, readParticipant, strangeWords } from './participants.ts'
import { malformedMetric } from './profile-feed.ts'

const pingMs = 5_000
const openMs = 10_000
const backoff = { firstMs: 1_000, ceilingMs: 60_000 }
/** A dead line is found by its pings; the lease only has to outlive the time between two readings of everything. */
const leaseReadings = 3

export interface CallParts {
  readonly settings: Settings
  readonly context: ConnectorContext
  readonly api: Api
  readonly unknown: UnknownValues
  /** Told when it changes: undefined while events arrive. */
  readonly report: (trouble: ConnectorFailure | undefined) => void
}

/**
 * Calls over the Call Control API. Its WebSocket says where something changed, not what: each event is followed by a
 * question, and everything is read when the line opens and again from time to time.
 */
export class CallFeed {
  readonly #parts: CallParts
  readonly #teller: FeedTeller
  readonly #line: KeptLine
  readonly #poller: Poller
  readonly #book: CallBook
  #followed: ReadonlySet<string> = new Set()
  #asked = new Set<string>()

  constructor(parts: CallParts) {
    this.#parts = parts
    const { settings, context } = parts
    const sweepMs = settings.reconcileSeconds * 1000
    this.#teller = new FeedTeller(
      'calls',
      () => leaseReadings * sweepMs,
      (event) => context.emit(event),
    )
    this.#book = new CallBook({
      read: (dn, id) => this.#read(dn, id),
      changed: (dn) => this.#changed(dn),
      failed: () => this.#poller.poke(),
    })
    this.#poller = new Poller(context.clock, { intervalMs: () => sweepMs, round: () => this.#sweep() })
    this.#line = new KeptLine({
      clock: context.clock,
      backoff: createBackoff(backoff),
      open: (stopped) => this.#open(stopped),
      lost: (reason) => this.#lost(new ConnectorFailure('not-ready', `Calls are not heard: ${reason}.`)),
      failed: (error) => {
        const failure = asConnectorFailure(error)
        this.#lost(failure)
        return failure.retryAfterMs
      },
    })
  }

  /** Extensions that are followed and that the API client does not list: their calls are not told. */
  missing(isUser: (extension: string) => boolean): readonly string[] {
    if (!this.#teller.open) return []
    return [...this.#followed].filter((address) => isUser(address) && !this.#book.knows(address))
  }

  /** Throws ConnectorFailure. */
  async start(addresses: readonly string[]): Promise<void> {
    this.#followed = new Set(addresses)
    try {
      await this.#line.start()
    } catch (error) {
      throw asConnectorFailure(error)
    }
    this.#poller.start()
  }

  follow(addresses: readonly string[]): void {
    const before = this.#followed
    this.#followed = new Set(addresses)
    const now = this.#parts.context.clock.wall()
    const gone = [...before].filter((address) => !this.#followed.has(address))
    const added = addresses.filter((address) => !before.has(address))
    this.#teller.renew(new Map([...gone, ...added].map((address) => [address, this.#facetsOf(address)])), now)
  }

  resync(addresses: readonly string[]): void {
    for (const address of addresses) this.#asked.add(address)
    this.#poller.poke()
  }

  async stop(): Promise<void> {
    await Promise.all([this.#line.stop(), this.#poller.stop()])
  }

  async #open(stopped: AbortSignal): Promise<Line> {
    const line = await this.#connect(stopped)
    // Events that arrive from here on are about what the reading may not show yet: the book puts them after it.
    const failure = await this.#readAll()
    if (failure) {
      line.close()
      throw failure
    }
    this.#teller.begin(this.#everything(), this.#parts.context.clock.wall())
    this.#parts.report(undefined)
    return line
  }

  /** A stale token is refused at the upgrade, however alive the socket before it was: once with a new one. */
  async #connect(stopped: AbortSignal): Promise<SocketLine> {
    const { api } = this.#parts
    for (let attempt = 1; ; attempt += 1) {
      const token = await api.tokens.get()
      try {
        const line = await this.#upgrade(token, stopped)
        api.tokens.accepted(token)
        return line
      } catch (error) {
        const stale = error instanceof SocketRefusal && error.status === 401
        if (!stale || attempt > 1 || !api.tokens.discard(token)) throw asConnectorFailure(error)
      }
    }
  }

  #upgrade(token: string, stopped: AbortSignal): Promise<SocketLine> {
    const { settings, context } = this.#parts
    return openSocket({
      clock: context.clock,
      network: context.network,
      url: `${settings.url.replace(/^http/, 'ws')}/callcontrol/ws`,
      headers: { authorization: `Bearer ${token}` },
      timeoutMs: openMs,
      pingMs,
      stopped,
      heard: (text) => this.#heard(text),
    })
  }

  #heard(text: string): void {
    const event = readCallEvent(text)
    if (event.kind === 'malformed') {
      this.#parts.context.metrics.count(malformedMetric)
      this.#parts.context.log.debug('a frame of the Call Control API could not be understood')
    } else if (event.kind === 'removed') this.#book.remove(event.dn, event.id)
    // What nobody follows is read with everything else when somebody does.
    else if (event.kind === 'changed' && this.#followed.has(event.dn)) this.#book.ask(event)
  }

  async #read(dn: string, id: string) {
    const path = `/callcontrol/${encodeURIComponent(dn)}/participants/${encodeURIComponent(id)}`
    const reply = await this.#parts.api.send({ priority: 'hot', method: 'GET', path })
    if (reply.kind === 'missing') return 'gone'
    const participant = reply.kind === 'ok' ? readParticipant(reply.json) : undefined
    return participant ?? 'failed'
  }

  async #readAll(): Promise<ConnectorFailure | undefined> {
    const { api, context } = this.#parts
    this.#book.beginReading()
    const reply = await api.send({ priority: 'hot', method: 'GET', path: '/callcontrol' })
    const read = reply.kind === 'ok' ? readDns(reply.json) : undefined
    if (read && read.malformed > 0) context.metrics.count(malformedMetric, {}, read.malformed)
    this.#book.endReading(read?.dns)
    if (read) return undefined
    if (reply.kind !== 'ok') return asFailure(reply, 'calls')
    return new ConnectorFailure('not-ready', 'The list of calls could not be understood.')
  }

  async #sweep(): Promise<void> {
    if (!this.#teller.open) return
    const failure = await this.#readAll()
    if (failure || !this.#teller.open) return
    const { clock } = this.#parts.context
    for (const address of this.#followed) this.#teller.update(address, this.#facetsOf(address), clock.wall())
    this.#teller.renew(new Map([...this.#asked].map((each) => [each, this.#facetsOf(each)])), clock.wall())
    this.#asked.clear()
    this.#teller.renewed()
    this.#parts.report(undefined)
  }

  #changed(dn: string): void {
    if (!this.#followed.has(dn)) return
    this.#teller.update(dn, this.#facetsOf(dn), this.#parts.context.clock.wall())
  }

  #lost(failure: ConnectorFailure): void {
    this.#teller.lost(failure.message)
    this.#parts.report(failure)
  }

  #everything(): Map<string, readonly Facet[]> {
    return new Map([...this.#followed].map((address) => [address, this.#facetsOf(address)]))
  }

  #facetsOf(address: string): readonly Facet[] {
    if (!this.#followed.has(address)) return []
    return this.#book.of(address).map((participant) => {
      for (const word of strangeWords(participant)) this.#parts.unknown.note(word)
      return dialogOf(participant)
    })
  }
}

function asConnectorFailure(error: unknown): ConnectorFailure {
  if (error instanceof ConnectorFailure) return error
  if (!(error instanceof SocketRefusal)) {
    return new ConnectorFailure('unexpected', 'Calls are not heard.', { cause: error })
  }
  const { status, message, retryAfterMs } = error
  if (status === 401 || status === 403 || status === 404) {
    const fix = fixOf(403) as string
    return new ConnectorFailure('misconfigured', `The Call Control API refuses this client (${status}).`, {
      fix: `${fix} Or set calls: false.`,
    })
  }
  const wait = retryAfterMs === undefined ? {} : { retryAfterMs }
  return new ConnectorFailure('not-ready', `Calls are not heard: ${message}.`, wait)
}
