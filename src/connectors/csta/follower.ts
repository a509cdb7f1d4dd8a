import type { ConnectorContext } from '../../core/connector.ts'
import type { Facet } from '../../core/observation.ts'
import type { Timer } from '../../core/ports.ts'
import { eachAbreast } from '../kit/abreast.ts'
import { FeedTeller } from '../kit/feed-teller.ts'
import type { UnknownValues } from '../kit/unknown-values.ts'
import type { Settings } from './config.ts'
import type { CstaEvent } from './decode.ts'
import { DeviceBook } from './device-book.ts'
import { Monitors } from './monitors.ts'
import { Reader } from './reading.ts'
import { type CstaRefusal, kindOf } from './refusal.ts'
import { type CstaSession, heartbeatMs } from './session.ts'
import { isBroken, isKnownStatus, isSilent } from './system-status.ts'

export const feed = 'csta'
export const malformedMetric = 'csta_malformed_total'

const leaseMs = 3 * heartbeatMs
const abreast = 8
/** The sweep is in no hurry, and a phone system has other things to do. */
const sweepAbreast = 2
const rereadDelayMs = 500

export interface FollowerParts {
  readonly settings: Settings
  readonly context: ConnectorContext
  readonly unknown: UnknownValues
  /** What is refused, or the system's own status, may be another. */
  changed(): void
}

/** Monitors the followed extensions over one connection at a time and tells the hub what goes on there. */
export class Follower {
  readonly book = new DeviceBook()
  readonly #parts: FollowerParts
  readonly #teller: FeedTeller
  readonly #known = new Set<string>()
  readonly #complained = new Set<string>()
  #followed: ReadonlySet<string> = new Set()
  #monitors = new Monitors()
  #session: CstaSession | undefined
  #reader: Reader | undefined
  #reread: Timer | undefined
  #status: string | undefined

  constructor(parts: FollowerParts) {
    this.#parts = parts
    this.#teller = new FeedTeller(
      feed,
      () => leaseMs,
      (event) => parts.context.emit(event),
    )
    for (const { extension } of parts.settings.extensions) this.#known.add(extension)
  }

  get monitors(): Monitors {
    return this.#monitors
  }

  /** While everybody is heard. */
  get reader(): Reader | undefined {
    return this.#teller.open ? this.#reader : undefined
  }

  /** The system's last word on itself, where that is no good one. */
  get brokenStatus(): string | undefined {
    return this.#status !== undefined && isBroken(this.#status) ? this.#status : undefined
  }

  /** Extensions of the system, followed or not: calls with them are internal. */
  learn(extensions: Iterable<string>): void {
    for (const extension of extensions) this.#known.add(extension)
  }

  /** Monitors and reads everybody; then the feed is open. Throws CstaSilence, StrangeAnswer. */
  async begin(session: CstaSession): Promise<void> {
    const { unknown } = this.#parts
    this.book.clear()
    this.#monitors = new Monitors()
    this.#status = undefined
    this.#session = session
    this.#reader = new Reader({
      ...{ session, book: this.book },
      strange: (field, value, takenAs) => unknown.note({ field, value, takenAs }),
      refused: (extension, refusal) => this.#complain(extension, refusal),
    })
    const watched = new Set<string>()
    // Others may be followed by the time these have been read.
    for (let rest = [...this.#followed]; rest.length > 0; ) {
      await this.#each(rest, (extension) => this.#watch(session, extension))
      for (const extension of rest) watched.add(extension)
      rest = [...this.#followed].filter((extension) => !watched.has(extension))
    }
    for (const extension of watched) if (!this.#followed.has(extension)) this.#letGo(session, extension)
    this.#teller.begin(this.#facetsOf([...this.#followed]), this.#now())
  }

  lost(reason: string): void {
    this.end()
    this.#teller.lost(reason)
  }

  /** Nothing is heard or asked any more; what was said is not taken back. */
  end(): void {
    this.#session = undefined
    this.#reader = undefined
    this.#reread?.cancel()
    this.#reread = undefined
  }

  /** Somebody is there; of a system that says it is disabled that proves nothing, and the lease runs out. */
  renewed(): void {
    if (this.#status === undefined || !isSilent(this.#status)) this.#teller.renewed()
  }

  follow(addresses: readonly string[]): void {
    const before = this.#followed
    this.#followed = new Set(addresses)
    const session = this.#session
    if (!session || !this.#teller.open) return
    const gone = [...before].filter((address) => !this.#followed.has(address))
    for (const address of gone) this.#letGo(session, address)
    this.#teller.renew(new Map(gone.map((address) => [address, []])), this.#now())
    this.#renew(addresses.filter((address) => !before.has(address)))
  }

  /** Reads these again and tells what was read, changed or not. */
  resync(addresses: readonly string[]): void {
    this.#renew(addresses.filter((address) => this.#followed.has(address)))
  }

  /** Reads everybody again and tells what is different. */
  async sweep(): Promise<void> {
    const session = this.#session
    if (!session || !this.#teller.open) return
    await eachAbreast([...this.#followed], sweepAbreast, async (extension) => {
      await this.#watch(session, extension)
      this.tell(extension)
      return this.#session === session
    }).catch((error: unknown) => this.#couldNotRead(error))
    this.#parts.changed()
  }

  /** Everybody is read again soon: something was not understood, or was lost. */
  rereadSoon(): void {
    if (!this.#session) return
    this.#reread ??= this.#parts.context.clock.after(rereadDelayMs, () => {
      this.#reread = undefined
      void this.sweep()
    })
  }

  /** What is known of an extension by now. */
  tell(extension: string): void {
    if (this.#followed.has(extension)) this.#teller.update(extension, this.#facets(extension), this.#now())
  }

  hear(event: CstaEvent): void {
    if (event.kind === 'status') this.#hearStatus(event.status)
    if (!('monitor' in event)) return
    if (event.kind === 'monitorStopped') {
      const ended = this.#monitors.ended(event.monitor)
      if (ended !== undefined) this.#renew([ended].filter((address) => this.#followed.has(address)))
      return
    }
    const extension = this.#monitors.extensionOf(event.monitor)
    // Of a monitor that was let go: its last events may come after that.
    if (extension === undefined) return
    if (event.kind === 'dnd') this.book.setDnd(extension, event.on)
    else if (event.kind === 'service') this.book.setInService(extension, event.inService)
    else if (this.book.take(extension, event) === 'doubt') this.resync([extension])
    this.tell(extension)
  }

  #hearStatus(status: string): void {
    const { unknown } = this.#parts
    if (!isKnownStatus(status)) unknown.note({ field: 'systemStatus', value: status, takenAs: 'normal' })
    const wasBroken = this.brokenStatus !== undefined
    this.#status = status
    if (wasBroken && !isBroken(status)) {
      // It has started anew: nobody knows whether it still has our monitors.
      this.#session?.close('the system has been out of order')
      return
    }
    if (status === 'messagesLost') this.rereadSoon()
    this.#parts.changed()
  }

  async #watch(session: CstaSession, extension: string): Promise<void> {
    const monitored =
      this.#monitors.isMonitored(extension) || (await this.#monitors.start(session, extension))
    // Let go while the monitor was being started.
    if (!this.#followed.has(extension)) this.#letGo(session, extension)
    else if (monitored) return this.#reader?.read(extension)
    this.book.forget(extension)
    const refusal = this.#monitors.refused.get(extension)
    if (refusal) this.#complain(extension, refusal)
  }

  #letGo(session: CstaSession, extension: string): void {
    this.#monitors.stop(session, extension)
    this.book.forget(extension)
  }

  #renew(addresses: readonly string[]): void {
    const session = this.#session
    if (!session || addresses.length === 0) return
    this.#each(addresses, (extension) => this.#watch(session, extension)).then(
      () => {
        if (this.#session !== session) return
        const still = addresses.filter((address) => this.#followed.has(address))
        this.#teller.renew(this.#facetsOf(still), this.#now())
        this.#parts.changed()
      },
      (error: unknown) => this.#couldNotRead(error),
    )
  }

  #each(addresses: readonly string[], work: (extension: string) => Promise<void>): Promise<void> {
    return eachAbreast(addresses, abreast, async (extension) => {
      await work(extension)
      return true
    })
  }

  #facets(extension: string): readonly Facet[] {
    if (!this.#monitors.isMonitored(extension)) return []
    const { internalDigits } = this.#parts.settings
    const isExtension = (number: string) => this.#followed.has(number) || this.#known.has(number)
    return this.book.facets(extension, { internalDigits, isExtension })
  }

  #facetsOf(addresses: readonly string[]): Map<string, readonly Facet[]> {
    return new Map(addresses.map((address) => [address, this.#facets(address)]))
  }

  #complain(extension: string, refusal: CstaRefusal): void {
    const text = `${extension}: ${refusal.message}`
    if (this.#complained.has(text)) return
    this.#complained.add(text)
    const kind = kindOf(refusal)
    this.#parts.context.log.warn('the system refuses to tell of an extension', { reason: text, kind })
  }

  #couldNotRead(error: unknown): void {
    this.#parts.context.log.warn('reading from the system failed', { reason: String(error) })
  }

  #now(): number {
    return this.#parts.context.clock.wall()
  }
}
