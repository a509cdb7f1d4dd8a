import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Clock } from '../../core/ports.ts'

/** How long somebody may take at the provider, milliseconds. */
export const tripMs = 10 * 60_000
/** Answers that came are remembered until they are too old anyway; a flood pushes out the oldest. */
const most = 10_000

/** One way of a browser to a provider and back. */
export interface RoundTrip {
  /** What the browser keeps in its cookie. */
  readonly kept: string
  readonly state: string
  readonly nonce: string
  /** Of PKCE (RFC 7636). */
  readonly verifier: string
}

/**
 * State, nonce and verifier follow from what the browser keeps, by a key of this process: whoever begins many sign-ins
 * takes no memory, and no answer fits another browser. After a restart one begins anew.
 */
export class RoundTrips {
  readonly #clock: Clock
  readonly #key = randomBytes(32)
  /** Of trips that came back, when they are too old anyway. */
  readonly #spent = new Map<string, number>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  begin(provider: string): RoundTrip {
    const until = Math.round(this.#clock.monotonic() + tripMs)
    return this.#derive(`${provider}.${until}.${randomBytes(16).toString('base64url')}`)
  }

  /** The trip of what a browser brought, once; `late` where it took too long, undefined for what is not of here. */
  end(provider: string, kept: string | undefined): RoundTrip | 'late' | undefined {
    const at = kept?.lastIndexOf('.') ?? -1
    if (kept === undefined || at < 0) return undefined
    const body = kept.slice(0, at)
    const trip = this.#derive(body)
    if (!isSame(kept, trip.kept)) return undefined
    const [own, until] = body.split('.')
    if (own !== provider || this.#spent.has(body)) return undefined
    const now = this.#clock.monotonic()
    if (now >= Number(until)) return 'late'
    this.#spend(body, Number(until), now)
    return trip
  }

  #spend(body: string, until: number, now: number): void {
    this.#spent.set(body, until)
    for (const [one, end] of this.#spent) {
      if (end > now && this.#spent.size <= most) break
      this.#spent.delete(one)
    }
  }

  #derive(body: string): RoundTrip {
    return {
      kept: `${body}.${this.#mark('kept', body)}`,
      state: this.#mark('state', body),
      nonce: this.#mark('nonce', body),
      verifier: this.#mark('verifier', body),
    }
  }

  #mark(use: string, body: string): string {
    return createHmac('sha256', this.#key).update(`${use} ${body}`).digest('base64url')
  }
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
