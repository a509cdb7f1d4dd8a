import type { ChannelView } from '../core/alert.ts'
import type { Clock, Log, Timer } from '../core/ports.ts'
import type { Channel, Message } from './message.ts'

/** Waits between attempts, milliseconds: doubling up to a quarter of an hour. */
const firstRetryMs = 5000
const maxRetryMs = 15 * 60_000
/** What nobody took for this long is given up, milliseconds. */
const giveUpMs = 24 * 60 * 60_000
/** How long a stop waits for the attempt under way, milliseconds. */
const stopWaitMs = 5000
/** More than that is too late to be read one by one; the oldest go first. */
const maxWaiting = 100

export interface OutboxOptions {
  readonly clock: Clock
  readonly log: Log
  /** Something was sent or given up: what waits has to be stored anew. */
  changed(): void
}

/** What waits for one channel. In order, one at a time, until each is taken or too old. */
export class Outbox {
  readonly #channel: Channel
  readonly #options: OutboxOptions
  #waiting: Message[] = []
  #attempts = 0
  #timer: Timer | undefined
  #sending: Promise<void> | undefined
  #stopped = false
  #trouble: string | undefined
  #sentAt: number | undefined

  constructor(channel: Channel, options: OutboxOptions) {
    this.#channel = channel
    this.#options = options
  }

  get name(): string {
    return this.#channel.name
  }

  get waiting(): readonly Message[] {
    return this.#waiting
  }

  view(): ChannelView {
    return {
      name: this.name,
      waiting: this.#waiting.length,
      ...(this.#trouble !== undefined && { trouble: this.#trouble }),
      ...(this.#sentAt !== undefined && { sentAt: this.#sentAt }),
    }
  }

  put(...messages: readonly Message[]): void {
    this.#waiting = [...this.#waiting, ...messages].slice(-maxWaiting)
    if (!this.#timer) this.#go()
  }

  /** What waits is kept for the next start; the attempt under way ends. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#timer?.cancel()
    await this.#patience()
    this.#channel.close()
  }

  /** The attempt under way, but no longer than a stop may take. */
  async #patience(): Promise<void> {
    if (!this.#sending) return
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = this.#options.clock.after(stopWaitMs, resolve)
    await Promise.race([this.#sending, promise])
    timer.cancel()
  }

  #go(): void {
    if (this.#sending || this.#stopped || this.#waiting.length === 0) return
    this.#sending = this.#attempt().finally(() => {
      this.#sending = undefined
      if (!this.#timer) this.#go()
    })
  }

  async #attempt(): Promise<void> {
    const [message] = this.#waiting
    if (!message) return
    const { clock, log } = this.#options
    try {
      await this.#channel.send(message)
      this.#attempts = 0
      this.#trouble = undefined
      this.#sentAt = clock.wall()
      this.#drop(message)
    } catch (cause) {
      this.#attempts += 1
      this.#trouble = cause instanceof Error ? cause.message : String(cause)
      const late = clock.wall() - message.at > giveUpMs
      log.warn(
        late ? 'an alert could not be sent and is given up' : 'an alert could not be sent; it is tried again',
        {
          channel: this.name,
          reason: this.#trouble,
        },
      )
      if (late) this.#drop(message)
      const wait = Math.min(maxRetryMs, firstRetryMs * 2 ** (this.#attempts - 1))
      if (this.#stopped) return
      this.#timer = clock.after(wait, () => {
        this.#timer = undefined
        this.#go()
      })
    }
  }

  #drop(message: Message): void {
    this.#waiting = this.#waiting.filter((one) => one !== message)
    this.#options.changed()
  }
}
