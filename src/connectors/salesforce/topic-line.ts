import type { ConnectorContext } from '../../core/connector.ts'
import type { Clock } from '../../core/ports.ts'
import type { SubscriptionView } from '../../core/workings.ts'
import { createBackoff, KeptLine, type Line } from '../kit/reconnect.ts'
import { asConnectorFailure } from './api.ts'
import type { Decoder } from './avro.ts'
import { type Batch, BusError, type FetchRequest, mostRequested, type PubSub, readBatch } from './pub-sub.ts'
import type { Session, Site } from './sign-in.ts'

/** The server says something within 270 s; one that is silent for longer is gone. */
const silenceMs = 300_000
/** A replay id is written down no more often than this. */
const rememberMs = 2_000

export const malformedMetric = 'salesforce_malformed_total'

export interface TopicParts {
  readonly context: ConnectorContext
  readonly session: Session
  readonly bus: PubSub
  readonly decoder: Decoder
  readonly topic: string
  /** The events of a batch, in order; none for a sign of life. */
  heard(events: readonly Readonly<Record<string, unknown>>[]): void
  /** The stream is open, or why it is not; `error` where the cause is known exactly. */
  told(trouble: { readonly reason: string; readonly error: unknown } | undefined): void
}

/** What stands in the place of a stream that could not be opened at the start: it is tried again like one that broke. */
const deadLine = (reason: string): Line => ({ closed: Promise.resolve(reason), close() {} })

/** One subscription, kept open, which goes on after the last event that was heard. */
export class TopicLine {
  readonly #parts: TopicParts
  readonly #line: KeptLine
  #replay: Buffer | undefined
  #error: unknown
  #begun = false
  #rememberedAt = Number.NEGATIVE_INFINITY
  #opened = 0
  #heardAt: number | undefined
  #trouble: string | undefined

  constructor(parts: TopicParts) {
    this.#parts = parts
    const { clock } = parts.context
    this.#line = new KeptLine({
      clock,
      backoff: createBackoff({ firstMs: 1_000, ceilingMs: 30_000 }),
      open: (stopped) => this.#attempt(stopped),
      lost: (reason) => this.#tell({ reason, error: this.#error }),
      failed: (error) => {
        this.#error = error
        this.#tell({ reason: messageOf(error), error })
        return undefined
      },
    })
  }

  get #key(): string {
    return `replay ${this.#parts.topic}`
  }

  /** Resolves when the first attempt has been made, whether it came to something or not. */
  async start(): Promise<void> {
    const stored = await this.#parts.context.memory.get(this.#key)
    if (typeof stored === 'string') this.#replay = Buffer.from(stored, 'base64')
    await this.#line.start()
  }

  async stop(): Promise<void> {
    await this.#line.stop()
  }

  /** A stream does not end by itself; what counts as a renewal is that it was opened. */
  inspect(): SubscriptionView {
    return {
      ...{ kind: this.#parts.topic, count: this.#opened > 0 && this.#trouble === undefined ? 1 : 0 },
      renewals: this.#opened,
      ...(this.#heardAt !== undefined && { heardAt: this.#heardAt }),
      ...(this.#trouble !== undefined && { trouble: this.#trouble }),
    }
  }

  #tell(trouble: Parameters<TopicParts['told']>[0]): void {
    this.#trouble = trouble?.reason
    this.#parts.told(trouble)
  }

  async #attempt(stopped: AbortSignal): Promise<Line> {
    const first = !this.#begun
    this.#begun = true
    this.#error = undefined
    try {
      return await this.#open(stopped)
    } catch (error) {
      if (!first) throw error
      this.#error = error
      return deadLine(messageOf(error))
    }
  }

  async #open(stopped: AbortSignal): Promise<Line> {
    const { session, bus, topic } = this.#parts
    const site = await session.site()
    try {
      // A subscription to what is not there would be told only after a while.
      await bus.topic(topic, site)
    } catch (error) {
      if (error instanceof BusError && error.kind === 'signedOut') session.holder.discard(site.token)
      throw error
    }
    session.holder.accepted(site.token)
    if (stopped.aborted) throw new Error('stopped')
    const line = this.#subscribe(site)
    this.#opened += 1
    this.#tell(undefined)
    return line
  }

  #subscribe(site: Site): Line {
    const stream = this.#parts.bus.subscribe(site)
    const { promise: closed, resolve } = Promise.withResolvers<string>()
    const watch = new Watch(this.#parts.context.clock, () => {
      resolve('Salesforce has been silent for five minutes')
      stream.cancel()
    })
    const end = (reason: string) => {
      watch.stop()
      resolve(reason)
    }
    let reading = Promise.resolve()
    stream.on('data', (raw) => {
      watch.alive()
      const batch = readBatch(raw)
      reading = reading
        .then(() => this.#take(batch, site))
        .catch((error: unknown) => {
          end(asConnectorFailure(error).message)
          stream.cancel()
        })
      // Asked for again while half are left, so that there is never a pause.
      const missing = mostRequested - batch.pending
      if (missing >= mostRequested / 2) stream.write(this.#request(missing))
    })
    stream.on('error', (raw) => {
      const error = new BusError(raw as never)
      // Events of more than three days ago are gone; everyone is read anew in any case.
      if (error.kind === 'replay') this.#replay = undefined
      if (error.kind === 'signedOut') this.#parts.session.holder.discard(site.token)
      end(error.message)
    })
    stream.on('end', () => end('Salesforce has ended the stream'))
    stream.write(this.#request(mostRequested))
    return {
      closed,
      close() {
        end('closed')
        stream.cancel()
      },
    }
  }

  #request(num_requested: number): FetchRequest {
    const topic_name = this.#parts.topic
    if (!this.#replay) return { topic_name, replay_preset: 'LATEST', num_requested }
    return { topic_name, replay_preset: 'CUSTOM', replay_id: this.#replay, num_requested }
  }

  async #take({ events, latest }: Batch, site: Site): Promise<void> {
    const { context, decoder, heard } = this.#parts
    const read: Readonly<Record<string, unknown>>[] = []
    for (const event of events) {
      const fields = await decoder.decode(event, site)
      if (fields) read.push(fields)
      else context.metrics.count(malformedMetric)
    }
    if (events.length > 0) this.#heardAt = context.clock.wall()
    heard(read)
    this.#replay = events.at(-1)?.replayId ?? latest ?? this.#replay
    await this.#remember()
  }

  /** The last one may stay unwritten: what is heard twice changes nothing. */
  async #remember(): Promise<void> {
    const { memory, clock } = this.#parts.context
    const now = clock.monotonic()
    if (!this.#replay || now - this.#rememberedAt < rememberMs) return
    this.#rememberedAt = now
    await memory.set(this.#key, this.#replay.toString('base64'))
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** Calls when nobody has called `alive` for too long. */
class Watch {
  readonly #clock: Clock
  readonly #silent: () => void
  #timer: { cancel(): void } | undefined

  constructor(clock: Clock, silent: () => void) {
    this.#clock = clock
    this.#silent = silent
    this.alive()
  }

  alive(): void {
    this.#timer?.cancel()
    this.#timer = this.#clock.after(silenceMs, this.#silent)
  }

  stop(): void {
    this.#timer?.cancel()
  }
}
