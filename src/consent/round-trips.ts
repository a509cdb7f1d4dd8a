import type { Clock } from '../core/ports.ts'

/** One way of a browser to a system and back; see access/oidc for how state, nonce and verifier come about. */
export interface Trip {
  readonly kept: string
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

/** Begins and ends ways; what a browser keeps ends one once. */
export interface Trips {
  begin(name: string): Trip
  end(name: string, kept: string | undefined): Promise<Trip | 'late' | undefined>
}

/** How long somebody may take at the system, milliseconds. */
export const tripMs = 10 * 60_000
/** A flood pushes out the oldest. */
const most = 10_000

/** What each way is for, until it comes back or is too late. */
export class Pending<What> {
  readonly #clock: Clock
  readonly #lifeMs: number
  readonly #byState = new Map<string, { readonly what: What; readonly until: number }>()

  constructor(clock: Clock, lifeMs = tripMs) {
    this.#clock = clock
    this.#lifeMs = lifeMs
  }

  put(state: string, what: What): void {
    const now = this.#clock.monotonic()
    this.#byState.set(state, { what, until: now + this.#lifeMs })
    for (const [one, { until }] of this.#byState) {
      if (until > now && this.#byState.size <= most) break
      this.#byState.delete(one)
    }
  }

  /** Once. */
  take(state: string): What | undefined {
    const found = this.#byState.get(state)
    this.#byState.delete(state)
    return found && found.until > this.#clock.monotonic() ? found.what : undefined
  }
}

/** Why a way that came back is none of ours. */
export const notOurs = {
  late: 'This took more than ten minutes. Begin again.',
  handover: 'This window was opened too late, or once before. Close it and begin again in Teams.',
  unknown: 'This was not begun in this browser, or has ended already. Begin again.',
} as const
