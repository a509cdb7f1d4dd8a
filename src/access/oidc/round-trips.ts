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
  /** What it was begun for, where that was said. */
  readonly what?: unknown
}

export interface TripWish {
  /** JSON, carried in what the browser keeps: nothing that it may not know. */
  readonly what?: unknown
  /** Milliseconds. */
  readonly lifeMs?: number
}

/** Knows which ways were begun where, and which have ended. */
export interface TripKeeper {
  /** What a browser brings was given out under it. */
  readonly key: Uint8Array
  /** Milliseconds, of a clock that all have who share the key. */
  now(): number
  /** True once for each way; until then it is too old anyway, by `now`. */
  spend(way: string, until: number): Promise<boolean>
}

/** By a key of this process: after a restart one begins anew. */
export function ownTrips(clock: Clock): TripKeeper {
  const spent = new Map<string, number>()
  return {
    key: randomBytes(32),
    now: () => clock.monotonic(),
    async spend(way, until) {
      if (spent.has(way)) return false
      spent.set(way, until)
      for (const [one, end] of spent) {
        if (end > clock.monotonic() && spent.size <= most) break
        spent.delete(one)
      }
      return true
    },
  }
}

/**
 * State, nonce and verifier follow from what the browser keeps, by a key: whoever begins many sign-ins takes no memory,
 * and no answer fits another browser.
 */
export class RoundTrips {
  readonly #keeper: TripKeeper

  constructor(keeper: TripKeeper) {
    this.#keeper = keeper
  }

  begin(provider: string, { what, lifeMs = tripMs }: TripWish = {}): RoundTrip {
    const until = Math.round(this.#keeper.now() + lifeMs)
    const packed = what === undefined ? '' : `.${Buffer.from(JSON.stringify(what)).toString('base64url')}`
    return this.#derive(`${provider}.${until}.${randomBytes(16).toString('base64url')}${packed}`)
  }

  /**
   * The trip of what a browser brought, once; `late` where it took too long, undefined for what is not of here. `elsewhere` where
   * `isHere` says that this hub cannot go on with it: then it has not ended.
   */
  end(provider: string, kept: string | undefined): Promise<RoundTrip | 'late' | undefined>
  end(
    provider: string,
    kept: string | undefined,
    isHere: (what: unknown) => boolean,
  ): Promise<RoundTrip | 'late' | 'elsewhere' | undefined>
  async end(
    provider: string,
    kept: string | undefined,
    isHere: (what: unknown) => boolean = () => true,
  ): Promise<RoundTrip | 'late' | 'elsewhere' | undefined> {
    const at = kept?.lastIndexOf('.') ?? -1
    if (kept === undefined || at < 0) return undefined
    const body = kept.slice(0, at)
    // Nothing of it is read before it has proved to be given out here.
    if (!isSame(kept, this.#keptOf(body))) return undefined
    const trip = this.#derive(body)
    const [own, until, random] = body.split('.')
    if (own !== provider) return undefined
    if (this.#keeper.now() >= Number(until)) return 'late'
    if (!isHere(trip.what)) return 'elsewhere'
    return (await this.#keeper.spend(`${own}.${until}.${random}`, Number(until))) ? trip : undefined
  }

  #derive(body: string): RoundTrip {
    const [, , , packed] = body.split('.')
    return {
      ...(packed !== undefined && { what: JSON.parse(Buffer.from(packed, 'base64url').toString()) }),
      kept: this.#keptOf(body),
      state: this.#mark('state', body),
      nonce: this.#mark('nonce', body),
      verifier: this.#mark('verifier', body),
    }
  }

  #keptOf(body: string): string {
    return `${body}.${this.#mark('kept', body)}`
  }

  #mark(use: string, body: string): string {
    return createHmac('sha256', this.#keeper.key).update(`${use} ${body}`).digest('base64url')
  }
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
