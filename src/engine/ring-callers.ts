/** A call that was turned away, and may be followed by a second one. */
interface Refused {
  readonly at: number
  readonly call: string | undefined
  /** Whether this call rang, being the second. */
  readonly rang: boolean
}

/** Questions about one call come at once; nobody hangs up and calls again within this time, milliseconds. */
const sameCallMs = 5000
const mostRemembered = 10_000

/**
 * Who was turned away from whom, kept in memory only and not longer than the window: after a restart the second call
 * is a first one again. Bounded: the oldest is forgotten first.
 */
export class RefusedCalls {
  readonly #calls = new Map<string, Refused>()
  readonly #limit: number

  constructor(limit = mostRemembered) {
    this.#limit = limit
  }

  get size(): number {
    return this.#calls.size
  }

  /**
   * True when this is a second call from the same number to the same person within `windowMs`; false for the first,
   * which is remembered. `call` tells one call from another; without it, questions within 5 s are about one call.
   * `now` in hub time.
   */
  isSecond(
    who: { readonly person: string; readonly number: string; readonly call: string | undefined },
    now: number,
    windowMs: number,
  ): boolean {
    this.#forget(now - windowMs)
    const key = `${who.person}\n${who.number}`
    const known = this.#calls.get(key)
    if (known && isSame(known, who.call, now)) return known.rang
    const rang = known !== undefined
    // Put at the end: the map is in the order of time.
    this.#calls.delete(key)
    this.#calls.set(key, { at: now, call: who.call, rang })
    return rang
  }

  #forget(before: number): void {
    for (const [key, { at }] of this.#calls) {
      if (at >= before && this.#calls.size < this.#limit) return
      this.#calls.delete(key)
    }
  }
}

function isSame(known: Refused, call: string | undefined, now: number): boolean {
  if (call !== undefined && known.call !== undefined) return call === known.call
  return now - known.at < sameCallMs
}
