import type { ConnectorContext, ConnectorFailure } from '../../core/connector.ts'
import { eachAbreast } from '../kit/abreast.ts'
import type { Priority } from '../kit/budget.ts'
import { FeedTeller } from '../kit/feed-teller.ts'
import type { UnknownValues } from '../kit/unknown-values.ts'
import { CallBook } from './call-book.ts'
import type { NsCall } from './calls.ts'
import { type ApiClient, type ApiReply, failureOf } from './client.ts'
import { countMalformed, DomainReader } from './domain-reader.ts'
import { type DndState, nextDnd, PhoneBook, type UserState } from './phone-book.ts'
import { readRules } from './rule-access.ts'

/** Reads of answer rules under way at a time. */
const abreast = 4
/** So many reads in a row without an answer are no accident. */
const failureLimit = 3

export interface FollowerParts {
  readonly client: ApiClient
  readonly context: ConnectorContext
  readonly unknown: UnknownValues
  readonly leaseMs: number
  /** The platform cannot be heard any more. */
  lost(): void
  /** A look found what nobody had told. */
  missed(): void
  /** The rules of a user were read; `switched` when another time frame was in force than before. */
  read(user: string, switched: boolean): void
}

/** What is known of the followed users of a domain, and how it is read. */
export class Follower {
  readonly domain: DomainReader
  readonly #parts: FollowerParts
  readonly #book: CallBook
  readonly #phones: PhoneBook
  readonly #teller: FeedTeller
  readonly #reading = new Map<string, { again: boolean; whole: boolean }>()
  #failures = 0
  #trouble = 'nothing was read yet'
  #refused: ConnectorFailure | undefined
  #barred: { readonly failure: ConnectorFailure; readonly user: string } | undefined

  constructor(parts: FollowerParts) {
    this.#parts = parts
    const { client, context, unknown, leaseMs } = parts
    this.domain = new DomainReader({ client, context, unknown })
    this.#book = new CallBook(client.settings.domain, (word) => unknown.note(word))
    this.#phones = new PhoneBook(this.#book)
    this.#teller = new FeedTeller('domain', () => leaseMs, context.emit.bind(context))
  }

  get addresses(): readonly string[] {
    return this.#phones.addresses
  }

  /** Why nothing can be heard; undefined while something can. */
  get lost(): string | undefined {
    return this.#teller.open ? undefined : this.#trouble
  }

  /** The refusal that ended it, where it was one. */
  get refused(): ConnectorFailure | undefined {
    return this.#teller.open ? undefined : this.#refused
  }

  /** A user whose answer rules may not be read. */
  get barred(): { readonly failure: ConnectorFailure; readonly user: string } | undefined {
    return this.#barred
  }

  /** The last look was not answered. */
  get failing(): boolean {
    return this.#teller.open && this.#failures > 0
  }

  follows(user: string): boolean {
    return this.#phones.has(user)
  }

  /** Do not disturb as it was read last. */
  stateOf(user: string): DndState | undefined {
    const state = this.#phones.state(user)
    return typeof state === 'object' ? state : undefined
  }

  /** The whole new set. Returns those that were added. */
  follow(users: readonly string[]): readonly string[] {
    const wanted = new Set(users)
    const added = [...wanted].filter((user) => !this.#phones.has(user))
    for (const user of this.addresses) {
      if (wanted.has(user)) continue
      this.#phones.delete(user)
      this.#teller.renew(new Map([[user, []]]), this.#wall())
    }
    for (const user of added) this.#phones.add(user)
    return added
  }

  /** Reads everything and begins a new epoch. Throws ConnectorFailure when it cannot. */
  async begin(): Promise<void> {
    const read = await this.domain.calls('hot')
    if ('kind' in read) throw failureOf(read)
    this.#phones.registered = await this.domain.registered('hot')
    await this.domain.changedPresence('hot')
    await this.#readEveryone()
    this.#book.replace(read.calls, read.askedAt)
    this.#failures = 0
    this.#refused = undefined
    const all = new Map(this.addresses.map((user) => [user, this.#phones.facets(user)]))
    this.#teller.begin(all, this.#wall())
  }

  /** One look at all calls, and at whose presence has changed. */
  async look(priority: Priority): Promise<void> {
    const read = await this.domain.calls(priority)
    if (!this.#teller.open) return
    if ('kind' in read) {
      this.#failed(read)
      return
    }
    this.#failures = 0
    this.#book.replace(read.calls, read.askedAt)
    if (this.#tell(this.addresses)) this.#parts.missed()
    this.#teller.renewed()
    this.ask((await this.domain.changedPresence(priority)).filter((user) => this.#phones.has(user)))
  }

  async lookAtDevices(): Promise<void> {
    this.#phones.registered = (await this.domain.registered('sweep')) ?? this.#phones.registered
    this.#tell(this.addresses)
  }

  /** A call was posted. */
  hear(call: NsCall): void {
    const users = this.#book.hear(call, this.#parts.context.clock.monotonic())
    this.#tell(users.filter((user) => this.#phones.has(user)))
  }

  /** Something may have happened to the do not disturb of these. */
  ask(users: readonly string[]): void {
    for (const user of users) if (this.#phones.has(user)) void this.read(user, 'hot', false)
  }

  /** Reads the answer rules of one and tells what changed, or everything with `whole`. */
  async read(user: string, priority: Priority, whole: boolean): Promise<void> {
    const running = this.#reading.get(user)
    if (running) {
      running.again = true
      running.whole ||= whole
      return
    }
    const mine = { again: false, whole }
    this.#reading.set(user, mine)
    try {
      do {
        mine.again = false
        const before = this.#phones.state(user)
        const trouble = await this.#readOne(user, priority)
        if (!this.#phones.has(user)) return
        if (trouble) this.#failed(trouble)
        else {
          this.#failures = 0
          if (mine.whole && !mine.again) {
            this.#teller.renew(new Map([[user, this.#phones.facets(user)]]), this.#wall())
          } else this.#tell([user])
          this.#parts.read(user, hasSwitched(before, this.#phones.state(user)))
        }
      } while (mine.again && this.#teller.open)
    } finally {
      this.#reading.delete(user)
    }
  }

  lose(reason: string, failure?: ConnectorFailure): void {
    this.#trouble = reason
    this.#refused = failure
    this.#teller.lost(reason)
    this.#parts.lost()
  }

  #failed(reply: ApiReply): void {
    if (reply.kind === 'refused') this.lose(reply.failure.message, reply.failure)
    // Told to wait is an answer, and a list that was not understood is none: what was said still stands.
    if (reply.kind !== 'trouble') return
    this.#failures += 1
    if (this.#failures >= failureLimit) this.lose(reply.reason)
  }

  async #readEveryone(): Promise<void> {
    let trouble: ApiReply | undefined
    await eachAbreast(this.addresses, abreast, async (user) => {
      const reply = await this.#readOne(user, 'hot')
      if (reply && reply.kind !== 'malformed') trouble ??= reply
      return trouble === undefined
    })
    if (trouble) throw failureOf(trouble)
  }

  /** Remembers what was read; a reply where nothing was. */
  async #readOne(user: string, priority: Priority): Promise<ApiReply | undefined> {
    const { client, context } = this.#parts
    if (client.settings.sip) {
      this.#phones.set(user, 'elsewhere')
      return undefined
    }
    const read = await readRules({ client, user, priority })
    if (read.rules) {
      this.#phones.set(user, nextDnd(this.#phones.state(user), read.rules))
      if (this.#barred?.user === user) this.#barred = undefined
      return undefined
    }
    const { reply } = read
    if (reply.kind === 'malformed') {
      countMalformed(context.metrics, 'answerrules')
      return reply
    }
    if (reply.kind !== 'refused' || reply.status === 401) return reply
    this.#phones.set(user, reply.status === 404 ? 'missing' : 'barred')
    if (reply.status !== 404) this.#barred = { failure: reply.failure, user }
    return undefined
  }

  /** True when something was to be told. */
  #tell(users: readonly string[]): boolean {
    let told = false
    for (const user of users) {
      told = this.#teller.update(user, this.#phones.facets(user), this.#wall()) || told
    }
    return told
  }

  #wall(): number {
    return this.#parts.context.clock.wall()
  }
}

function hasSwitched(before: UserState | undefined, now: UserState | undefined): boolean {
  return typeof before === 'object' && typeof now === 'object' && before.frame !== now.frame
}
