import type { AlertPort, Problem } from '../core/alert.ts'
import type { KeyValue } from '../core/connector.ts'
import type { Clock, Log, Timer } from '../core/ports.ts'
import type { StoredBook } from './book.ts'
import { AlertBook } from './book.ts'
import type { Channel, Message } from './message.ts'
import { Outbox } from './outbox.ts'
import type { QuietHours } from './quiet-hours.ts'
import { isQuiet } from './quiet-hours.ts'
import { RowKeeper } from './row-keeper.ts'

/** How often problems are looked for, milliseconds. */
const periodMs = 10_000
const bookKey = 'book'

export interface AlertsOptions {
  readonly clock: Clock
  readonly log: Log
  readonly memory: KeyValue
  readonly channels: readonly Channel[]
  readonly quietHours: QuietHours | undefined
  /** After a start nothing counts as over for this long, milliseconds. */
  readonly earlyMs: number
  /** Everything that is wrong now. */
  problems(): readonly Problem[] | Promise<readonly Problem[]>
  nextId(): string
}

/** Looks for problems again and again and tells of each once, and once more when it is over. */
export class Alerts implements AlertPort {
  readonly #options: AlertsOptions
  readonly #book = new AlertBook()
  readonly #rows: RowKeeper
  readonly #outboxes: readonly Outbox[]
  readonly #startedAt: number
  #timer: Timer | undefined
  #looking: Promise<void> | undefined
  #stopped = false

  constructor(options: AlertsOptions) {
    this.#options = options
    this.#startedAt = options.clock.monotonic()
    this.#rows = new RowKeeper(options.memory, (cause) =>
      options.log.warn('what was told, and what waits to be told, could not be stored', { cause }),
    )
    this.#outboxes = options.channels.map(
      (channel, index) => new Outbox(channel, { ...options, changed: () => this.#remember(index) }),
    )
  }

  current(tenant?: string) {
    const all = this.#book.current()
    return tenant === undefined ? all : all.filter((one) => one.tenant === undefined || one.tenant === tenant)
  }

  channels() {
    return this.#outboxes.map((outbox) => outbox.view())
  }

  /** Takes up what was told and what waits from before. */
  async start(): Promise<void> {
    const { memory } = this.#options
    const stored = (await memory.get(bookKey)) as StoredBook | undefined
    if (stored) this.#book.restore(stored)
    for (const [index, outbox] of this.#outboxes.entries()) {
      const waiting = (await memory.get(outboxKey(index, outbox))) as readonly Message[] | undefined
      if (waiting?.length) outbox.put(...waiting)
    }
    this.#schedule(0)
  }

  /** Looks once more, so that what ends the hub is told of. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#timer?.cancel()
    await this.#looking
    await this.#look().catch((cause: unknown) =>
      this.#options.log.error('problems could not be looked for', { cause }),
    )
    await Promise.all(this.#outboxes.map((outbox) => outbox.stop()))
    await this.#rows.flush()
  }

  #schedule(delayMs: number): void {
    if (this.#stopped) return
    this.#timer = this.#options.clock.after(delayMs, () => {
      this.#looking = this.#look()
        .catch((cause: unknown) => this.#options.log.error('problems could not be looked for', { cause }))
        .finally(() => this.#schedule(periodMs))
    })
  }

  async #look(): Promise<void> {
    const { clock, quietHours } = this.#options
    const problems = await this.#options.problems()
    const now = clock.wall()
    const { changed, message } = this.#book.look({
      problems,
      now,
      quiet: isQuiet(quietHours, now),
      early: clock.monotonic() - this.#startedAt < this.#options.earlyMs,
    })
    if (message) this.#tell({ ...message, id: this.#options.nextId() })
    // Told first, and not waited for: a store that fails, or is away for hours, is itself a reason to tell.
    if (changed) this.#rows.put(bookKey, this.#book.store())
    else void this.#rows.flush()
  }

  #tell(message: Message): void {
    const { log } = this.#options
    for (const { title, text, fix } of message.raised) log.warn(title, { alert: 'raised', text, fix })
    for (const { problem } of message.cleared) log.info(problem.title, { alert: 'cleared' })
    for (const [index, outbox] of this.#outboxes.entries()) {
      outbox.put(message)
      this.#remember(index)
    }
  }

  #remember(index: number): void {
    const outbox = this.#outboxes[index]!
    this.#rows.put(outboxKey(index, outbox), outbox.waiting)
  }
}

/** Two webhooks may be at one host. */
function outboxKey(index: number, { name }: Outbox): string {
  return `outbox ${index} ${name}`
}
