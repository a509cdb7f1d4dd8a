import { ConnectorFailure, type ProgramSocket } from '../core/connector.ts'
import type { Clock, Timer } from '../core/ports.ts'
import {
  type Ask,
  beatMs,
  type HubFrame,
  type RefusalCode,
  type Said,
  type SiteFrame,
  silenceMs,
  type Tell,
} from './wire.ts'

/** How soon what was heard is acknowledged, milliseconds; sooner after so many. */
const ackMs = 100
const ackEach = 50

export interface SiteLinkParts {
  readonly tenant: string
  readonly site: string
  /** Those that it may speak for. */
  readonly connectors: readonly string[]
  readonly version: string
  /** Of the link, as the site speaks it. */
  readonly protocol: number
  readonly socket: Pick<ProgramSocket, 'send' | 'close'>
  readonly clock: Clock
  /** The last number that was taken of this run of the site; kept over its connections. */
  readonly counter: { n: number }
  /** In order, each once. */
  readonly said: (of: string, said: Said) => void
  readonly ended: (reason: string) => void
}

interface Pending {
  readonly resolve: (value: unknown) => void
  readonly reject: (failure: ConnectorFailure) => void
  readonly timer: Timer
}

/** How an answer is waited for. */
export interface AskTime {
  readonly withinMs: number
  /** The site does not begin with it when it comes later than that. */
  readonly lifeMs?: number
  /** Called before anything is taken that the site said after its answer. */
  readonly answered?: (value: unknown) => void
}

/** The connection to one site that has proved who it is. */
export class SiteLink {
  readonly #parts: SiteLinkParts
  readonly #pending = new Map<number, Pending>()
  #asked = 0
  #heardAt: number
  #unacknowledged = 0
  #ackTimer: Timer | undefined
  #beat: Timer
  #ended = false
  /** A numbered message came over this connection. */
  #hasHeard = false
  /** Wall clock, milliseconds. */
  lastHeardAt: number
  /** How long the link takes there and back, milliseconds, as the site measured it last. */
  roundTripMs: number | undefined
  /** How far the wall clock of the site is behind the hub's, milliseconds; negative where it is ahead. */
  clockBehindMs: number | undefined

  constructor(parts: SiteLinkParts) {
    this.#parts = parts
    this.#heardAt = parts.clock.monotonic()
    this.lastHeardAt = parts.clock.wall()
    this.#beat = parts.clock.after(beatMs, () => this.#watch())
  }

  get tenant(): string {
    return this.#parts.tenant
  }

  get site(): string {
    return this.#parts.site
  }

  get version(): string {
    return this.#parts.version
  }

  get protocol(): number {
    return this.#parts.protocol
  }

  get connectors(): readonly string[] {
    return this.#parts.connectors
  }

  isFor(connector: string): boolean {
    return this.#parts.connectors.includes(connector)
  }

  heard(frame: SiteFrame): void {
    if (this.#ended) return
    const { clock } = this.#parts
    this.#heardAt = clock.monotonic()
    this.lastHeardAt = clock.wall()
    if (frame.t === 'said') this.#said(frame)
    else if (frame.t === 'answer') this.#answered(frame)
    else if (frame.t === 'alive') this.#alive(frame)
    else this.refuse('invalid', 'it said something out of turn')
  }

  send(frame: HubFrame): void {
    if (!this.#ended) this.#parts.socket.send(JSON.stringify(frame))
  }

  tell(of: string, tell: Tell): void {
    this.send({ t: 'tell', of, tell })
  }

  /** @throws ConnectorFailure the site's own, or `not-ready` where the link ended or nothing came within `withinMs`. */
  ask(of: string, ask: Ask, time: AskTime): Promise<unknown> {
    if (this.#ended) return Promise.reject(new ConnectorFailure('not-ready', 'the site is not connected'))
    const { clock } = this.#parts
    this.#asked += 1
    const id = this.#asked
    return new Promise((resolve, reject) => {
      const timer = clock.after(time.withinMs, () => {
        this.#pending.delete(id)
        reject(new ConnectorFailure('not-ready', `the site did not answer within ${time.withinMs / 1000} s`))
      })
      const taken = (value: unknown) => {
        time.answered?.(value)
        resolve(value)
      }
      this.#pending.set(id, { resolve: taken, reject, timer })
      const lifeMs = time.lifeMs === undefined ? {} : { lifeMs: time.lifeMs }
      this.send({ t: 'ask', id, at: clock.monotonic(), ...lifeMs, of, ask })
    })
  }

  /** Sends it away. */
  refuse(code: RefusalCode, reason: string): void {
    this.send({ t: 'refused', code, reason })
    this.end(reason)
  }

  /** The connection is over, or is to be. Idempotent. */
  end(reason: string): void {
    if (this.#ended) return
    this.#ended = true
    this.#beat.cancel()
    this.#ackTimer?.cancel()
    this.#parts.socket.close(1000, 'over')
    for (const { timer, reject } of this.#pending.values()) {
      timer.cancel()
      reject(
        new ConnectorFailure('not-ready', 'the link to the site was cut; what became of it is not known'),
      )
    }
    this.#pending.clear()
    this.#parts.ended(reason)
  }

  #alive({ at, wall, roundTripMs }: Extract<SiteFrame, { t: 'alive' }>): void {
    const { clock } = this.#parts
    this.send({ t: 'alive', at: clock.monotonic(), echo: at })
    this.roundTripMs = roundTripMs
    if (wall !== undefined) this.clockBehindMs = clock.wall() - wall - (roundTripMs ?? 0) / 2
  }

  #watch(): void {
    const { clock } = this.#parts
    if (clock.monotonic() - this.#heardAt >= silenceMs) {
      this.end(`nothing was heard of it for ${silenceMs / 1000} s`)
      return
    }
    this.#beat = clock.after(beatMs, () => this.#watch())
  }

  #said({ n, of, said }: Extract<SiteFrame, { t: 'said' }>): void {
    const { counter, said: tell } = this.#parts
    // Said again after a cut, although it was taken.
    if (n <= counter.n) return void this.#acknowledgeSoon()
    if (!this.isFor(of)) {
      return void this.refuse('scope', `it is not enrolled for the connector "${of.slice(0, 64)}"`)
    }
    // Between two connections a full outbox may have been dropped; within one, something was lost on the way.
    if (this.#hasHeard && n > counter.n + 1)
      return void this.refuse('later', 'A message was lost on the way.')
    this.#hasHeard = true
    counter.n = n
    tell(of, said)
    this.#acknowledgeSoon()
  }

  #acknowledgeSoon(): void {
    this.#unacknowledged += 1
    if (this.#unacknowledged >= ackEach) return void this.#acknowledge()
    this.#ackTimer ??= this.#parts.clock.after(ackMs, () => this.#acknowledge())
  }

  #acknowledge(): void {
    this.#ackTimer?.cancel()
    this.#ackTimer = undefined
    this.#unacknowledged = 0
    this.send({ t: 'ack', n: this.#parts.counter.n })
  }

  #answered({ id, value, failure }: Extract<SiteFrame, { t: 'answer' }>): void {
    const pending = this.#pending.get(id)
    if (!pending) return
    this.#pending.delete(id)
    pending.timer.cancel()
    if (!failure) return void pending.resolve(value)
    const { kind, message, fix, retryAfterMs } = failure
    pending.reject(
      new ConnectorFailure(kind, message, {
        ...(fix !== undefined && { fix }),
        ...(retryAfterMs !== undefined && { retryAfterMs }),
      }),
    )
  }
}
