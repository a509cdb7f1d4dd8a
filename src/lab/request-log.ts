import type { Clock } from '../core/ports.ts'
import type { FaultTarget } from './faults.ts'

/** One message that reached an emulator, stamped when it arrived. */
export interface LoggedRequest {
  /** Grows by one; `since` of a later question. */
  readonly sequence: number
  /** Wall clock on arrival, milliseconds with fraction. */
  readonly at: number
  readonly target: FaultTarget
  /** HTTP or SIP method, AMI action. */
  readonly method: string
  /** HTTP path with query, SIP request URI, AMI key or device. */
  readonly path: string
  /** Entra tenant of the caller's token, where there is one. */
  readonly tenant?: string
  /** Without secrets; long lists only by their length. */
  readonly body?: unknown
  /** Filled in when the answer went out. */
  status?: number
}

const longest = 20

/** Keeps a log entry small: a list longer than 20 becomes its length, a text longer than 500 is cut. */
export function shorten(value: unknown): unknown {
  if (Array.isArray(value)) return value.length > longest ? { items: value.length } : value.map(shorten)
  if (typeof value === 'string') return value.length > 500 ? `${value.slice(0, 500)}…` : value
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, longest)
      .map(([key, each]) => [key, shorten(each)]),
  )
}

/** The last requests of every emulator, oldest dropped first. */
export class RequestLog {
  readonly #clock: Clock
  readonly #ring: (LoggedRequest | undefined)[]
  readonly #listeners = new Set<(request: LoggedRequest) => void>()
  #last = 0

  constructor(clock: Clock, capacity = 10_000) {
    this.#clock = clock
    this.#ring = new Array(Math.max(1, capacity))
  }

  /** Sequence of the newest entry, 0 before the first. */
  get last(): number {
    return this.#last
  }

  /** Told synchronously on arrival, before the request takes effect. */
  on(listener: (request: LoggedRequest) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Returns the entry, so that the emulator can add the status of its answer. */
  add(request: Omit<LoggedRequest, 'sequence' | 'at' | 'status'> & { readonly at?: number }): LoggedRequest {
    this.#last += 1
    const entry: LoggedRequest = { at: this.#clock.wall(), ...request, sequence: this.#last }
    this.#ring[this.#last % this.#ring.length] = entry
    for (const listener of [...this.#listeners]) listener(entry)
    return entry
  }

  /** Entries after `sequence`, oldest first, at most `limit`; what fell out of the ring is gone. */
  since(sequence: number, limit = Number.POSITIVE_INFINITY): readonly LoggedRequest[] {
    const first = Math.max(sequence + 1, this.#last - this.#ring.length + 1, 1)
    const end = Math.min(this.#last, first + limit - 1)
    const found: LoggedRequest[] = []
    for (let at = first; at <= end; at += 1) {
      const entry = this.#ring[at % this.#ring.length]
      if (entry) found.push(entry)
    }
    return found
  }
}
