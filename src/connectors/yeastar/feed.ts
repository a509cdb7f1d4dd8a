import { type ConnectorContext, ConnectorFailure } from '../../core/connector.ts'
import type { Facet } from '../../core/observation.ts'
import type { Timer } from '../../core/ports.ts'
import { UNKNOWN } from '../../core/presence.ts'
import { FeedTeller } from '../kit/feed-teller.ts'
import { Poller } from '../kit/poller.ts'
import { createBackoff, KeptLine } from '../kit/reconnect.ts'
import type { UnknownValues } from '../kit/unknown-values.ts'
import { type Api, asFailure } from './api.ts'
import { CallBook } from './call-book.ts'
import { isKnownStatus } from './calls.ts'
import type { Settings } from './config.ts'
import type { YeastarEvent } from './events.ts'
import { ExtensionBook } from './extension-book.ts'
import { listExtensions } from './extensions.ts'
import { openLink } from './link.ts'
import { stateOfWord } from './presence-words.ts'
import { readAllCalls } from './read-calls.ts'
import { Untold } from './untold.ts'

export const malformedMetric = 'yeastar_malformed_total'

/** Time for the events of one change to arrive before their contradictions are looked into, milliseconds. */
const doubtMs = 300
const retryMs = 1_000
const leaseReadings = 3

export interface FeedParts {
  readonly settings: Settings
  readonly context: ConnectorContext
  readonly api: Api
  readonly unknown: UnknownValues
  /** Told when something may be different: undefined while the PBX is heard. */
  report(trouble: ConnectorFailure | undefined): void
}

/** Calls, presence and registrations: events tell of changes; everything is read when they begin and from time to time. */
export class Feed {
  readonly calls = new CallBook()
  readonly extensions = new ExtensionBook()
  readonly untold = new Untold()
  readonly #parts: FeedParts
  readonly #teller: FeedTeller
  readonly #poller: Poller
  readonly #line: KeptLine | undefined
  #followed: ReadonlySet<string> = new Set()
  readonly #asked = new Set<string>()
  #doubt: Timer | undefined
  #linked = false
  #failures = 0
  #stopped = false

  constructor(parts: FeedParts) {
    this.#parts = parts
    const { settings, context } = parts
    const { clock } = context
    const sweepMs = settings.reconcileSeconds * 1000
    this.#teller = new FeedTeller(
      'pbx',
      () => leaseReadings * sweepMs,
      (event) => context.emit(event),
    )
    this.#poller = new Poller(clock, {
      intervalMs: () => (this.#failures > 0 ? retryMs : sweepMs),
      round: () => this.#sweep(),
    })
    if (settings.events === 'webhook') return
    this.#line = new KeptLine({
      clock,
      backoff: createBackoff({ firstMs: 1_000, ceilingMs: 60_000 }),
      open: (stopped) => this.#open(stopped),
      lost: (reason) => this.#lost(new ConnectorFailure('not-ready', `The PBX is not heard: ${reason}.`)),
      failed: (error) => {
        const failure = asConnectorFailure(error)
        this.#lost(failure)
        return failure.retryAfterMs
      },
    })
  }

  get linked(): boolean {
    return this.#linked
  }

  /** Throws ConnectorFailure. */
  async start(addresses: readonly string[]): Promise<void> {
    this.#followed = new Set(addresses)
    try {
      await this.#line?.start()
      if (!this.#line) await this.#begin()
    } catch (error) {
      throw asConnectorFailure(error)
    }
    this.#poller.start()
  }

  follow(addresses: readonly string[]): void {
    const before = this.#followed
    this.#followed = new Set(addresses)
    this.#renew([
      ...[...before].filter((address) => !this.#followed.has(address)),
      ...addresses.filter((address) => !before.has(address)),
    ])
  }

  resync(addresses: readonly string[]): void {
    for (const address of addresses) this.#asked.add(address)
    this.#poller.poke()
  }

  /** Something may have changed: everything is read again soon. */
  hint(): void {
    if (this.#stopped) return
    this.#doubt ??= this.#parts.context.clock.after(doubtMs, () => {
      this.#doubt = undefined
      this.#poller.poke()
    })
  }

  /** Our own write: what was asked for before it says nothing any more. */
  wrote(extension: string, presence: string | undefined): void {
    this.extensions.heard(extension, presence, this.#parts.context.clock.monotonic())
    this.#update([extension])
  }

  async stop(): Promise<void> {
    this.#stopped = true
    this.#doubt?.cancel()
    await Promise.all([this.#line?.stop(), this.#poller.stop()])
  }

  async #open(stopped: AbortSignal) {
    const { settings, context, api } = this.#parts
    const heard = (event: YeastarEvent) => this.#heard(event)
    const line = await openLink({ settings, context, api, heard }, stopped)
    try {
      // Events that arrive from here on are newer than the reading, and go before it.
      this.calls.forgetLamps()
      await this.#begin()
    } catch (error) {
      line.close()
      throw error
    }
    this.#linked = true
    this.#parts.report(undefined)
    return line
  }

  async #begin(): Promise<void> {
    const failure = await this.#read()
    if (failure) throw failure
    this.untold.forget()
    this.#tellAll()
  }

  #tellAll(): void {
    const all = new Map([...this.#followed].map((address) => [address, this.#facetsOf(address)]))
    this.#teller.begin(all, this.#parts.context.clock.wall())
  }

  #heard(event: YeastarEvent): void {
    const { metrics, log, clock } = this.#parts.context
    const at = clock.monotonic()
    switch (event.kind) {
      case 'malformed':
        metrics.count(malformedMetric)
        log.debug('an event of the PBX could not be understood')
        break
      case 'presence':
        this.untold.told('presence', [event.extension])
        this.extensions.heard(event.extension, event.status, at)
        this.#update([event.extension])
        break
      case 'call':
        this.#heardCalls(this.calls.heard(event.call, at))
        break
      case 'ended':
        this.#heardCalls(this.calls.ended(event.callId, at))
        break
      case 'lamp':
        this.#heardCalls(this.calls.lamp(event.extension, event.status, at))
        break
      case 'registration':
        if (event.registered) {
          this.extensions.registered(event.extension, at)
          this.#update([event.extension])
          break
        }
        // Others of its phones may still be there.
        this.hint()
        break
      case 'extensions':
        this.hint()
        break
      default:
        break
    }
  }

  #heardCalls(extensions: ReadonlySet<string>): void {
    this.untold.told('calls', extensions)
    this.#update(extensions)
    if (this.calls.isDoubtful()) this.hint()
  }

  /** Reads everything into the books. Answers why it could not. */
  async #read(): Promise<ConnectorFailure | undefined> {
    const { api, context, settings } = this.#parts
    const askedAt = context.clock.monotonic()
    const [listed, read] = await Promise.all([listExtensions(api), readAllCalls(api)])
    if (listed.kind !== 'ok') return asFailure(listed, 'extensions')
    if (read.kind !== 'ok') return asFailure(read, 'calls')
    const malformed = listed.malformed + read.malformed
    if (malformed > 0) context.metrics.count(malformedMetric, {}, malformed)
    const presence = this.extensions.read(listed.extensions, askedAt)
    const calls = this.calls.read(read.calls, askedAt)
    if (settings.events === 'websocket') this.untold.found({ presence, calls }, this.#followed)
    return undefined
  }

  async #sweep(): Promise<void> {
    // While there is no line its own attempts read.
    if (this.#line && !this.#teller.open) return
    const failure = await this.#read()
    if (this.#stopped) return
    if (failure) return this.#unread(failure)
    this.#failures = 0
    if (!this.#teller.open) {
      // Lost while it was read; a line begins anew by itself.
      if (this.#line) return
      this.#tellAll()
    }
    this.#update(this.#followed)
    this.#renew([...this.#asked])
    this.#asked.clear()
    this.#teller.renewed()
    this.#parts.report(undefined)
  }

  #unread(failure: ConnectorFailure): void {
    this.#failures += 1
    // One answer that went astray is no reason to doubt everything, nor is being told to wait.
    if (this.#failures < 2) return
    if (!this.#line && failure.kind !== 'rate-limited') this.#teller.lost(failure.message)
    this.#parts.report(failure)
  }

  #lost(failure: ConnectorFailure): void {
    this.#linked = false
    this.#teller.lost(failure.message)
    this.#parts.report(failure)
  }

  #update(extensions: Iterable<string>): void {
    const now = this.#parts.context.clock.wall()
    for (const each of extensions) {
      if (this.#followed.has(each)) this.#teller.update(each, this.#facetsOf(each), now)
    }
  }

  #renew(addresses: readonly string[]): void {
    const all = new Map(addresses.map((address) => [address, this.#facetsOf(address)]))
    this.#teller.renew(all, this.#parts.context.clock.wall())
  }

  #facetsOf(address: string): readonly Facet[] {
    const known = this.extensions.of(address)
    if (!this.#followed.has(address) || !known) return []
    const { unknown } = this.#parts
    const state = stateOfWord(known.presence) ?? UNKNOWN
    if (state === UNKNOWN) {
      unknown.note({ field: 'presence_status', value: known.presence, takenAs: 'not known' })
    }
    for (const { leg } of this.calls.legsOf(address)) {
      if (isKnownStatus(leg.status)) continue
      unknown.note({ field: 'member_status', value: leg.status, takenAs: 'a call that is up' })
    }
    return [
      { kind: 'presence', state, chosen: state === UNKNOWN ? 'unknown' : 'yes' },
      ...(known.registered === undefined
        ? []
        : [{ kind: 'registration', registered: known.registered } as const]),
      ...this.calls.of(address),
    ]
  }
}

function asConnectorFailure(error: unknown): ConnectorFailure {
  if (error instanceof ConnectorFailure) return error
  return new ConnectorFailure('unexpected', 'The PBX is not heard.', { cause: error })
}
