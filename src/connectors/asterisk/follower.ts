import type { ConnectorContext } from '../../core/connector.ts'
import type { Facet } from '../../core/observation.ts'
import type { Timer } from '../../core/ports.ts'
import { UnknownValues } from '../kit/unknown-values.ts'
import { getEntry } from './astdb.ts'
import type { Settings } from './config.ts'
import { readDevice } from './dnd.ts'
import { type AmiEvent, readEvent } from './events.ts'
import { lampState } from './facets.ts'
import type { AmiMessage } from './frames.ts'
import { UnexplainedPhones } from './lamps.ts'
import { readEverything } from './reading.ts'
import { rightFor } from './rights.ts'
import { AmiRefusal, type AmiSession } from './session.ts'
import { PbxState } from './state.ts'
import { strangeWords } from './strange-words.ts'
import { feed, leaseMs, Teller } from './teller.ts'

/** Doubts come in bursts (a reload repeats every hint): one reading answers them all. */
const rereadDelayMs = 250
const rereadPauseMs = 5000
/** More addresses than this are read faster all at once. */
const singly = 20

/** Follows extensions of one PBX: live events and readings in, feed events out. */
export class Follower {
  readonly state: PbxState
  readonly unknown: UnknownValues
  readonly #settings: Settings
  readonly #context: ConnectorContext
  readonly #teller: Teller
  readonly #unexplained: UnexplainedPhones
  readonly #complained = new Set<string>()
  #followed: ReadonlySet<string> = new Set()
  #session: AmiSession | undefined
  /** Live events heard while a reading is under way, to be played again over it. */
  #replay: AmiEvent[] | undefined
  /** What was read is being completed: nothing is said before it is whole. */
  #completing = false
  /** Whose do not disturb FreePBX's database is being asked for, and how often: nothing is said of them meanwhile. */
  readonly #asked = new Map<string, number>()
  /** The last question about each device that is still without an answer, and without an event that says more. */
  readonly #questions = new Map<string, object>()
  #rereading: Timer | undefined
  /** Something came up while a reading was under way: one more is needed. */
  #again = false
  #lastRereading = Number.NEGATIVE_INFINITY
  /** The last reading told of every extension, followed or not: events have kept that true since. */
  #knowsAll = false
  /** Not followed, and do not disturb in the database was set or cleared since the last reading. */
  readonly #unread = new Set<string>()

  constructor(settings: Settings, context: ConnectorContext) {
    this.#settings = settings
    this.#context = context
    this.state = new PbxState(settings)
    this.unknown = new UnknownValues(context)
    this.#teller = new Teller((event) => context.emit(event))
    this.#unexplained = new UnexplainedPhones(context.clock, (device) => {
      for (const address of this.state.book.ownersOf(device)) this.#tell(address)
    })
  }

  /** True from the first snapshot of a connection to its end. */
  get synced(): boolean {
    return this.#session !== undefined
  }

  /** First reading of a new connection; emits `opened` and the snapshot. */
  async begin(session: AmiSession): Promise<void> {
    await quietPresence(session)
    await this.#read(session, () => {
      this.#session = session
      this.#context.emit({ type: 'opened', feed, leaseMs })
    })
  }

  end(): void {
    this.#session = undefined
    this.#rereading?.cancel()
    this.#rereading = undefined
    this.#asked.clear()
    this.#questions.clear()
    this.#unexplained.stop()
  }

  follow(addresses: readonly string[]): void {
    const before = this.#followed
    this.#followed = new Set(addresses)
    if (!this.#session) return
    const gone = [...before].filter((address) => !this.#followed.has(address))
    const added = addresses.filter((address) => !before.has(address))
    if (gone.length > 0) this.#teller.scoped(new Map(gone.map((address) => [address, []])), this.#now())
    if (added.length > singly && this.#knowsAll) this.#introduce(added)
    else if (added.length > 0) this.resync(added)
    // Perhaps they are new at the PBX too.
    if (added.some((address) => !this.state.book.entry(address))) this.rereadSoon()
  }

  /** Says what is known of extensions that were not followed: a large PBX is not read a second time for that. */
  #introduce(addresses: readonly string[]): void {
    for (const address of addresses) this.#noteUnexplained(address)
    this.#teller.scoped(this.#facetsOf(addresses), this.#now())
    this.resync(addresses.filter((address) => this.#unread.has(address)))
  }

  /** Reads the devices and do not disturb of some addresses again and says all that is known of them. */
  resync(addresses: readonly string[]): void {
    const session = this.#session
    if (!session) return
    const followed = addresses.filter((address) => this.#followed.has(address))
    if (followed.length > singly) {
      this.rereadSoon()
      return
    }
    void Promise.all(followed.map((address) => this.#reread(session, address)))
      .then(() => {
        if (this.#session === session) this.#teller.scoped(this.#facetsOf(followed), this.#now())
      })
      .catch((error: unknown) => this.#couldNotRead(error))
  }

  /** Asks for everything again: once, shortly, and not more often than every few seconds. */
  rereadSoon(): void {
    if (this.#replay) this.#again = true
    const session = this.#session
    if (!session || this.#rereading || this.#replay) return
    const pause = this.#lastRereading + rereadPauseMs - this.#context.clock.monotonic()
    this.#rereading = this.#context.clock.after(Math.max(rereadDelayMs, pause), () => {
      this.#rereading = undefined
      this.#lastRereading = this.#context.clock.monotonic()
      this.#read(session, () => {}).catch((error: unknown) => this.#couldNotRead(error))
    })
  }

  malformed(reason: string): void {
    this.#context.metrics.count('asterisk_malformed_messages')
    this.#context.log.warn('the PBX sent something that is no AMI message', { reason })
    this.rereadSoon()
  }

  /** One live event that may be believed. */
  take(message: AmiMessage): void {
    const reading = readEvent(message)
    if (!reading) return
    this.#noteWords(message)
    if ('malformed' in reading) {
      this.malformed(reading.malformed)
      return
    }
    const { event, at } = reading
    if (event.type === 'booted' || event.type === 'reloaded') this.rereadSoon()
    else if (event.type === 'hint') this.#compareHint(event)
    else this.#apply(event, at ?? this.#now())
  }

  #noteWords(message: AmiMessage): void {
    for (const word of strangeWords(message)) this.unknown.note(word)
  }

  /** ExtensionStatus is no evidence of a state. A hint that names other devices than before has been changed. */
  #compareHint(event: Extract<AmiEvent, { type: 'hint' }>): void {
    const { context } = this.#settings
    if (!this.#followed.has(event.exten) || (context !== undefined && context !== event.context)) return
    if (!this.state.book.isCurrent(event)) this.rereadSoon()
  }

  #apply(event: AmiEvent, at: number): void {
    this.#replay?.push(event)
    if (event.type === 'device') this.#questions.delete(event.device)
    for (const extension of this.state.apply(event)) {
      const isFollowed = this.#followed.has(extension)
      if (this.#saysDatabaseDnd(event, extension)) {
        if (isFollowed) this.#askDnd(extension)
        else this.#unread.add(extension)
      } else if (isFollowed) this.#tell(extension, at)
    }
  }

  /** Do not disturb of the extension may have changed, and only FreePBX's database can say. */
  #saysDatabaseDnd(event: AmiEvent, extension: string): boolean {
    if (event.type !== 'device' || !this.state.dndInDatabase) return false
    return event.device === this.state.book.entry(extension)?.dndDevice
  }

  /** Whatever happens to the extension meanwhile is said with the answer: it came after what the answer tells. */
  #askDnd(extension: string): void {
    const session = this.#session
    if (!session) return
    this.#asked.set(extension, (this.#asked.get(extension) ?? 0) + 1)
    const say = () => {
      if (this.#session !== session) return
      const left = this.#asked.get(extension)! - 1
      if (left > 0) {
        this.#asked.set(extension, left)
        return
      }
      this.#asked.delete(extension)
      if (this.#followed.has(extension) && !this.#completing)
        this.#teller.scoped(this.#facetsOf([extension]), this.#now())
    }
    this.#reread(session, extension)
      .catch((error: unknown) => this.#couldNotRead(error))
      .finally(say)
  }

  #tell(address: string, at = this.#now()): void {
    if (!this.#session || !this.#followed.has(address)) return
    if (this.#completing || this.#asked.has(address)) return
    this.#noteUnexplained(address)
    this.#teller.update(address, this.#facets(address), at)
  }

  async #reread(session: AmiSession, address: string): Promise<void> {
    const entry = this.state.book.entry(address)
    if (!entry) return
    const devices = [...entry.phones, ...entry.lamps, entry.dndDevice]
    await Promise.all(
      devices.map(async (device) => {
        const question = {}
        this.#questions.set(device, question)
        const state = await allowed(readDevice(session, device))
        // An event since then says what is now; the answer may be older.
        if (this.#questions.get(device) !== question) return
        this.#questions.delete(device)
        if (state) this.state.setDevice(device, state)
      }),
    )
    if (!this.state.dndInDatabase) return
    this.state.setDatabaseDnd(address, Boolean(await getEntry(session, 'DND', address)))
  }

  async #read(session: AmiSession, ready: () => void): Promise<void> {
    this.#replay = []
    this.#again = false
    this.#knowsAll = false
    this.#unread.clear()
    try {
      const reading = await readEverything(session, this.#settings, {
        extensions: [...this.#followed],
        heard: (item) => this.#noteWords(item),
      })
      this.state.take(reading, this.#session !== session)
      this.#knowsAll = !reading.named
      await this.#playAgain(session, this.#replay)
      this.#complain(reading.refused)
    } finally {
      this.#replay = undefined
      this.#completing = false
    }
    ready()
    if (this.#session !== session) return
    for (const address of this.#followed) this.#noteUnexplained(address)
    this.#teller.snapshot(this.#facetsOf([...this.#followed]), this.#now())
    for (const address of this.#followed) {
      if (!this.state.book.entry(address)) this.#complainOnce(`unknown extension ${address}`)
    }
    if (this.#again) this.rereadSoon()
  }

  /**
   * The events that came meanwhile, over what was read. FreePBX's database, which decides about do not disturb, tells no
   * changes: it is asked once more about whoever's may have changed after it was read.
   */
  async #playAgain(session: AmiSession, heard: readonly AmiEvent[]): Promise<void> {
    this.#completing = true
    for (let played = 0; played < heard.length; ) {
      const doubted = new Set<string>()
      for (; played < heard.length; played += 1) {
        const event = heard[played]!
        for (const extension of this.state.apply(event)) {
          if (!this.#saysDatabaseDnd(event, extension)) continue
          const asked = this.#followed.has(extension) ? doubted : this.#unread
          asked.add(extension)
        }
      }
      await Promise.all([...doubted].map((extension) => this.#reread(session, extension)))
    }
  }

  #noteUnexplained(address: string): void {
    for (const device of this.state.book.entry(address)?.phones ?? []) {
      const inUse = lampState(this.state.device(device)) !== undefined
      this.#unexplained.note(device, inUse && this.state.channels.ofDevice(device).length === 0)
    }
  }

  #facets(address: string): readonly Facet[] {
    return this.state.facets(address, this.#unexplained.isLit)
  }

  #facetsOf(addresses: readonly string[]): Map<string, readonly Facet[]> {
    return new Map(addresses.map((address) => [address, this.#facets(address)]))
  }

  #complain(refused: ReadonlyMap<string, string>): void {
    for (const [action, text] of refused) this.#complainOnce(`${text}; needs ${rightFor(action)}`)
  }

  #complainOnce(text: string): void {
    if (this.#complained.has(text)) return
    this.#complained.add(text)
    this.#context.log.warn('the PBX does not tell everything', { reason: text })
  }

  #couldNotRead(error: unknown): void {
    this.#context.log.warn('reading from the PBX failed', { reason: String(error) })
  }

  #now(): number {
    return this.#context.clock.wall()
  }
}

/** Not told about people's messages, nothing in them can be taken for an event; where that is refused, TrustGate copes. */
async function quietPresence(session: AmiSession): Promise<void> {
  await allowed(session.action('Filter', { Operation: 'Add', Filter: '!^Event: PresenceStatus' }))
}

async function allowed<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read
  } catch (error) {
    if (error instanceof AmiRefusal) return undefined
    throw error
  }
}
