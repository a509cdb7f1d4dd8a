import { type ConnectorContext, ConnectorFailure } from '../../core/connector.ts'
import type { Facet } from '../../core/observation.ts'
import { eachAbreast } from '../kit/abreast.ts'
import type { Priority } from '../kit/budget.ts'
import { FeedTeller } from '../kit/feed-teller.ts'
import type { PbxReply } from './client.ts'
import {
  type PhoneReading,
  type PhoneState,
  type ReadingParts,
  readPhone,
  readRegistrations,
} from './reading.ts'

/** The one feed of this connector. */
export const feed = 'rest'

/** An extension is read again and again for so long after something happened to it, milliseconds. */
const hotMs = 10_000
/** Reads of one round under way at a time. */
const abreast = 4
/** So many reads in a row without an answer are no accident. */
const failureLimit = 3

/** What is known of the followed extensions, and how it is read: each one at a time, on demand or in rounds. */
export class Follower {
  readonly #parts: ReadingParts
  readonly #context: ConnectorContext
  readonly #teller: FeedTeller
  readonly #stopped: AbortSignal
  readonly #lost: () => void
  /** A round found what nobody had told. */
  readonly #missed: () => void
  readonly #states = new Map<string, PhoneState | undefined>()
  readonly #hotUntil = new Map<string, number>()
  readonly #reading = new Map<string, { again: boolean; whole: boolean }>()
  #registered: ReadonlySet<string> | undefined
  #renewedAt = Number.NEGATIVE_INFINITY
  #failures = 0
  #trouble: string | undefined
  #refused: { readonly failure: ConnectorFailure; readonly address: string } | undefined

  constructor(
    parts: ReadingParts,
    context: ConnectorContext,
    more: { readonly leaseMs: number; readonly stopped: AbortSignal; lost(): void; missed(): void },
  ) {
    this.#parts = parts
    this.#context = context
    this.#teller = new FeedTeller(feed, () => more.leaseMs, context.emit.bind(context))
    this.#stopped = more.stopped
    this.#lost = () => more.lost()
    this.#missed = () => more.missed()
  }

  get addresses(): readonly string[] {
    return [...this.#states.keys()]
  }

  /** Why nothing can be heard; undefined while something can. */
  get lost(): string | undefined {
    return this.#teller.open ? undefined : (this.#trouble ?? 'nothing was read yet')
  }

  /** An extension that this user may not read. */
  get refused(): { readonly failure: ConnectorFailure; readonly address: string } | undefined {
    return this.#refused
  }

  /** Extensions that are worth a look between two rounds: with a call, or with a recent change. */
  hot(): readonly string[] {
    const now = this.#context.clock.monotonic()
    return this.addresses.filter((address) => {
      const inCall = (this.#states.get(address)?.calls?.length ?? 0) > 0
      return inCall || (this.#hotUntil.get(address) ?? 0) > now
    })
  }

  follows(address: string): boolean {
    return this.#states.has(address)
  }

  /** The whole new set. Returns those that were added. */
  follow(addresses: readonly string[]): readonly string[] {
    const wanted = new Set(addresses)
    const added = addresses.filter((address) => !this.#states.has(address))
    for (const address of this.addresses) {
      if (wanted.has(address)) continue
      this.#states.delete(address)
      this.#hotUntil.delete(address)
      this.#teller.renew(new Map([[address, []]]), this.#context.clock.wall())
    }
    for (const address of added) this.#states.set(address, undefined)
    return added
  }

  /** Reads everything and begins a new epoch. Throws ConnectorFailure when nothing could be read. */
  async begin(priority: Priority): Promise<void> {
    this.#registered = await readRegistrations(this.#parts, priority)
    const readings = await this.#readMany(this.addresses, priority)
    const none = readings.find((reading) => reading.kind === 'none')
    if (none) throw failureOf(none.reply)
    const refused = readings.find((reading) => reading.kind === 'refused')
    if (refused && refused.reply.status !== 404 && readings.every(({ kind }) => kind === 'refused')) {
      throw refused.reply.failure
    }
    this.#failures = 0
    this.#trouble = undefined
    const now = this.#context.clock.wall()
    this.#teller.begin(new Map(this.addresses.map((address) => [address, this.#facets(address)])), now)
    this.#renewedAt = this.#context.clock.monotonic()
  }

  /** One round over everybody, spread over `lengthMs`; `sleep` ends early when its owner stops. */
  async round(lengthMs: number, sleep: (ms: number) => Promise<void>): Promise<void> {
    const { clock } = this.#context
    this.#registered = (await readRegistrations(this.#parts, 'sweep')) ?? this.#registered
    const left = this.addresses
    const spacing = lengthMs / Math.max(1, left.length)
    const begun = clock.monotonic()
    await eachAbreast(left, abreast, async (address, index) => {
      await sleep(begun + index * spacing - clock.monotonic())
      if (this.#stopped.aborted || !this.#teller.open) return false
      await this.read(address, 'sweep', false)
      return true
    })
  }

  /** Something happened there, or may have: read now and be watched for a while. */
  ask(addresses: readonly string[]): void {
    const until = this.#context.clock.monotonic() + hotMs
    for (const address of addresses) {
      if (!this.#states.has(address)) continue
      this.#hotUntil.set(address, until)
      void this.read(address, 'hot', false)
    }
  }

  /** Reads one and tells what changed, or everything with `whole`. A second request meanwhile makes a second read. */
  async read(address: string, priority: Priority, whole: boolean): Promise<void> {
    const running = this.#reading.get(address)
    if (running) {
      running.again = true
      running.whole ||= whole
      return
    }
    const mine = { again: false, whole }
    this.#reading.set(address, mine)
    try {
      do {
        mine.again = false
        const known = this.#states.get(address)
        const reading = await this.#readOne(address, priority)
        this.#take(address, reading, mine.whole && !mine.again)
        if (priority === 'sweep' && known && differs(known, this.#states.get(address))) this.#missed()
      } while (mine.again && this.#states.has(address) && this.#teller.open)
    } finally {
      this.#reading.delete(address)
    }
  }

  /** One look at whether the PBX answers again; the first extension stands for all. */
  async probe(): Promise<boolean> {
    const [first] = this.addresses
    if (first === undefined) return true
    const reading = await this.#readOne(first, 'hot')
    if (reading.kind === 'none') this.#trouble = describe(reading.reply)
    return reading.kind !== 'none'
  }

  lose(reason: string): void {
    this.#trouble = reason
    this.#teller.lost(reason)
    this.#lost()
  }

  #take(address: string, reading: PhoneReading, whole: boolean): void {
    if (!this.#states.has(address) || !this.#teller.open) return
    if (reading.kind === 'none') {
      this.#failed(reading.reply)
      return
    }
    // What could be read before has not ended because we may not look any more.
    if (reading.kind === 'refused' && reading.reply.status !== 404 && this.#states.get(address)) {
      this.#refused = { failure: reading.reply.failure, address }
      this.lose(reading.reply.failure.message)
      return
    }
    this.#failures = 0
    const before = this.#states.get(address)
    this.#remember(address, reading)
    const facets = this.#facets(address)
    const now = this.#context.clock.wall()
    if (whole) this.#teller.renew(new Map([[address, facets]]), now)
    else this.#teller.update(address, facets, now)
    if (differs(before, this.#states.get(address))) this.#heat(address)
    this.#renew()
  }

  #failed(reply: PbxReply): void {
    // Told to wait is an answer: the lease runs on, and what was said is still what was read last.
    if (reply.kind !== 'trouble' || this.#stopped.aborted) return
    this.#failures += 1
    if (this.#failures >= failureLimit) this.lose(reply.reason)
  }

  #heat(address: string): void {
    this.#hotUntil.set(address, this.#context.clock.monotonic() + hotMs)
  }

  #remember(address: string, reading: PhoneReading): void {
    if (reading.kind === 'read') {
      this.#states.set(address, reading.state)
      if (this.#refused?.address === address) this.#refused = undefined
    } else if (reading.kind === 'refused') {
      this.#states.set(address, undefined)
      const { status, failure } = reading.reply
      if (status !== 404) this.#refused = { failure, address }
    }
  }

  /** An answered poll renews the lease; saying so once in five seconds is enough. */
  #renew(): void {
    const now = this.#context.clock.monotonic()
    if (now - this.#renewedAt < 5_000) return
    this.#renewedAt = now
    this.#teller.renewed()
  }

  async #readMany(addresses: readonly string[], priority: Priority): Promise<readonly PhoneReading[]> {
    const readings: PhoneReading[] = []
    await eachAbreast(addresses, abreast, async (address) => {
      const reading = await this.#readOne(address, priority)
      readings.push(reading)
      if (reading.kind === 'none') return false
      if (this.#states.has(address)) this.#remember(address, reading)
      return true
    })
    return readings
  }

  #readOne(extension: string, priority: Priority): Promise<PhoneReading> {
    return readPhone(this.#parts, { extension, before: this.#states.get(extension), priority })
  }

  #facets(address: string): readonly Facet[] {
    const state = this.#states.get(address)
    if (!state) return []
    const registered = this.#registered?.has(address)
    return [
      ...(state.calls ?? []),
      ...(state.dnd === undefined ? [] : [{ kind: 'dnd', on: state.dnd } as const]),
      ...(registered === undefined ? [] : [{ kind: 'registration', registered } as const]),
    ]
  }
}

const differs = (a: PhoneState | undefined, b: PhoneState | undefined) =>
  JSON.stringify(a) !== JSON.stringify(b)

const describe = (reply: PbxReply): string => ('reason' in reply ? reply.reason : 'the PBX refuses')

/** What a reply that cannot be used means for the start. */
export function failureOf(reply: PbxReply): ConnectorFailure {
  if (reply.kind === 'refused') return reply.failure
  const text = `The PBX cannot be read: ${describe(reply)}.`
  if (reply.kind === 'wait') {
    return new ConnectorFailure('rate-limited', text, { retryAfterMs: reply.retryAfterMs })
  }
  if (reply.kind === 'malformed') {
    return new ConnectorFailure('misconfigured', text, {
      fix: 'Check that "url" is the web interface of a Vodia PBX of release 69.5.13 or later.',
    })
  }
  return new ConnectorFailure('not-ready', text, { fix: 'Check "url", the network and the PBX.' })
}
