import { type ConnectorContext, ConnectorFailure } from '../../core/connector.ts'
import type { Facet } from '../../core/observation.ts'
import { eachAbreast } from '../kit/abreast.ts'
import type { Priority } from '../kit/budget.ts'
import { FeedTeller } from '../kit/feed-teller.ts'
import { failureOf, type WebexReply } from './client.ts'

/** What is known of one address, part by part; a part that was never read is absent. */
export type Parts = Readonly<Record<string, readonly Facet[]>>

/** `kept`: the answer could not be used, and what was known stays. */
export type PartReading =
  | { readonly kind: 'read'; readonly facets: readonly Facet[] }
  | { readonly kind: 'kept' }
  /** Webex has nobody there. */
  | { readonly kind: 'nobody' }
  | { readonly kind: 'none'; readonly reply: Exclude<WebexReply, { kind: 'ok' | 'malformed' }> }

/** Reads one part of one address: calls, do not disturb, what the app shows. */
export type ReadPart = (address: string, priority: Priority) => Promise<PartReading>

export interface FollowerSettings {
  readonly feed: string
  readonly leaseMs: number
  readonly stopped: AbortSignal
  /** By the name of the part. */
  readonly read: Readonly<Record<string, ReadPart>>
  /** Nothing can be heard any more. */
  lost(): void
  /** Something changed at this address. */
  changed(address: string, part: string, priority: Priority): void
}

/** Reads of one round under way at a time. */
const abreast = 4
/** So many reads in a row without an answer are no accident. */
const failureLimit = 3
/** An answered poll renews the lease; saying so once in so many milliseconds is enough. */
const renewMs = 5_000

/** The one feed of a connector that reads its people one by one, on demand or in rounds. */
export class Follower {
  readonly #context: ConnectorContext
  readonly #settings: FollowerSettings
  readonly #teller: FeedTeller
  readonly #known = new Map<string, Parts>()
  readonly #reading = new Map<string, { again: boolean; whole: boolean }>()
  /** By part and address. */
  readonly #refused = new Map<string, { readonly address: string; readonly failure: ConnectorFailure }>()
  #renewedAt = Number.NEGATIVE_INFINITY
  #failures = 0
  #trouble: ConnectorFailure | undefined

  constructor(context: ConnectorContext, settings: FollowerSettings) {
    this.#context = context
    this.#settings = settings
    this.#teller = new FeedTeller(settings.feed, () => settings.leaseMs, context.emit.bind(context))
  }

  get addresses(): readonly string[] {
    return [...this.#known.keys()]
  }

  /** Why nothing can be heard; undefined while something can. */
  get lost(): ConnectorFailure | undefined {
    if (this.#teller.open) return undefined
    return this.#trouble ?? new ConnectorFailure('not-ready', 'Nothing was read yet.')
  }

  /** Somebody who may not be read although others may. */
  get refused(): { readonly address: string; readonly failure: ConnectorFailure } | undefined {
    return this.#refused.values().next().value
  }

  follows(address: string): boolean {
    return this.#known.has(address)
  }

  inCall(address: string): boolean {
    return (this.#known.get(address)?.calls?.length ?? 0) > 0
  }

  /** The whole new set. Returns those that were added. */
  follow(addresses: readonly string[]): readonly string[] {
    const wanted = new Set(addresses)
    const added = addresses.filter((address) => !this.#known.has(address))
    for (const address of this.addresses) {
      if (wanted.has(address)) continue
      this.#known.delete(address)
      for (const part of Object.keys(this.#settings.read)) this.#refused.delete(`${part} ${address}`)
      this.#teller.renew(new Map([[address, []]]), this.#context.clock.wall())
    }
    for (const address of added) this.#known.set(address, {})
    return added
  }

  /** Reads everything and begins a new epoch. Throws ConnectorFailure when something could not be read. */
  async begin(priority: Priority): Promise<void> {
    const parts = Object.keys(this.#settings.read)
    await eachAbreast(this.addresses, abreast, async (address) => {
      for (const part of parts) {
        const reading = await this.#ask(address, part, priority)
        if (reading.kind === 'none') throw failureOf(reading.reply, `What Webex says of ${address}`)
        this.#keep(address, part, reading)
      }
      return true
    })
    this.#failures = 0
    this.#trouble = undefined
    const all = new Map(this.addresses.map((address) => [address, this.#facets(address)]))
    this.#teller.begin(all, this.#context.clock.wall())
    this.#renewedAt = this.#context.clock.monotonic()
  }

  /** One part of these, spread over `lengthMs`; `sleep` ends early when its owner stops. */
  async round(
    part: string,
    addresses: readonly string[],
    over: { readonly lengthMs: number; sleep(ms: number): Promise<void> },
  ): Promise<void> {
    const { clock } = this.#context
    const spacing = over.lengthMs / Math.max(1, addresses.length)
    const begun = clock.monotonic()
    await eachAbreast(addresses, abreast, async (address, index) => {
      await over.sleep(begun + index * spacing - clock.monotonic())
      if (this.#settings.stopped.aborted || !this.#teller.open) return false
      await this.read(address, part, { priority: 'sweep' })
      return true
    })
  }

  /** Reads every part of one and tells it, changed or not. */
  async readWhole(address: string, priority: Priority): Promise<void> {
    for (const part of Object.keys(this.#settings.read)) {
      await this.read(address, part, { priority, whole: true })
    }
  }

  /** Reads one part and tells what changed, or everything with `whole`. A second request meanwhile makes a second read. */
  async read(
    address: string,
    part: string,
    how: { readonly priority: Priority; readonly whole?: boolean },
  ): Promise<void> {
    const key = `${part} ${address}`
    const running = this.#reading.get(key)
    if (running) {
      running.again = true
      running.whole ||= how.whole === true
      return
    }
    const mine = { again: false, whole: how.whole === true }
    this.#reading.set(key, mine)
    try {
      do {
        mine.again = false
        const reading = await this.#ask(address, part, how.priority)
        if (this.#take({ address, part }, reading, mine.whole && !mine.again)) {
          this.#settings.changed(address, part, how.priority)
        }
      } while (mine.again && this.#known.has(address) && this.#teller.open)
    } finally {
      this.#reading.delete(key)
    }
  }

  /** One look at whether Webex answers again; the first address stands for all. */
  async probe(): Promise<boolean> {
    const [first] = this.addresses
    const [part] = Object.values(this.#settings.read)
    if (first === undefined || part === undefined) return true
    const reading = await part(first, 'hot')
    if (reading.kind !== 'none') return true
    this.#trouble = failureOf(reading.reply, 'Webex')
    return false
  }

  lose(failure: ConnectorFailure): void {
    this.#trouble = failure
    this.#teller.lost(failure.message)
    this.#settings.lost()
  }

  /**
   * One person may be refused where others are not, without a licence for instance: then nothing is told of them. Where
   * another is refused as well, it is our right that is gone.
   */
  async #ask(address: string, part: string, priority: Priority): Promise<PartReading> {
    const read = this.#settings.read[part]!
    const reading = await read(address, priority)
    const key = `${part} ${address}`
    if (reading.kind === 'read') this.#refused.delete(key)
    if (reading.kind !== 'none' || reading.reply.kind !== 'refused') return reading
    const { status, failure } = reading.reply
    if (status === 401) return reading
    if (!this.#refused.has(key)) {
      const other = this.addresses.find((each) => each !== address && !this.#refused.has(`${part} ${each}`))
      if (other === undefined || (await read(other, priority)).kind === 'none') return reading
    }
    this.#refused.set(key, { address, failure })
    return { kind: 'read', facets: [] }
  }

  #take(at: { address: string; part: string }, reading: PartReading, whole: boolean): boolean {
    const { address, part } = at
    if (!this.#known.has(address) || !this.#teller.open) return false
    if (reading.kind === 'none') {
      this.#failed(reading.reply)
      return false
    }
    this.#failures = 0
    this.#keep(address, part, reading)
    const facets = this.#facets(address)
    const now = this.#context.clock.wall()
    const changed = this.#teller.update(address, facets, now)
    if (whole) this.#teller.renew(new Map([[address, facets]]), now)
    this.#renew()
    return changed
  }

  #keep(address: string, part: string, reading: PartReading): void {
    if (!this.#known.has(address)) return
    if (reading.kind === 'nobody') this.#known.set(address, {})
    if (reading.kind === 'read')
      this.#known.set(address, { ...this.#known.get(address), [part]: reading.facets })
  }

  #failed(reply: (PartReading & { kind: 'none' })['reply']): void {
    // Told to wait is an answer: the lease runs on, and what was said is still what was read last.
    if (reply.kind === 'wait' || this.#settings.stopped.aborted) return
    this.#failures += 1
    // What could be read before has not ended because we may not look any more.
    const final = reply.kind === 'refused'
    if (final || this.#failures >= failureLimit) this.lose(failureOf(reply, 'Webex'))
  }

  #renew(): void {
    const now = this.#context.clock.monotonic()
    if (now - this.#renewedAt < renewMs) return
    this.#renewedAt = now
    this.#teller.renewed()
  }

  #facets(address: string): readonly Facet[] {
    return Object.values(this.#known.get(address) ?? {}).flat()
  }
}
