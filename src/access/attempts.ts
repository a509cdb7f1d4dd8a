import type { Refusal } from '../core/access.ts'
import type { Clock } from '../core/ports.ts'

/** What is counted, and how many wrong tries cost nothing: a whole office may share one address. */
export interface Counted {
  readonly key: string
  readonly free: number
}

/** The wait after the next one, milliseconds; it doubles with each further one. */
const firstWaitMs = 30_000
const longestWaitMs = 60 * 60_000
/** After this long without a wrong one all is forgotten. */
const memoryMs = 24 * 60 * 60_000
/** So many names or addresses are remembered; a flood of made-up ones pushes out the oldest. */
const most = 10_000

interface Count {
  wrong: number
  lastAt: number
}

/** Slows down guessing, for each key by itself. Times are monotonic, milliseconds. */
export class Attempts {
  readonly #counts = new Map<string, Count>()

  /** How long to wait before the next try, milliseconds; 0 may try. */
  waitMs(counted: readonly Counted[], now: number): number {
    return Math.max(0, ...counted.map((one) => this.#waitOf(one, now)))
  }

  /** Counts before it is known whether the password is right, so that many at once do not pass together. */
  begin(counted: readonly Counted[], now: number): void {
    for (const { key } of counted) {
      const { wrong } = this.#find(key, now) ?? { wrong: 0 }
      this.#counts.delete(key)
      this.#counts.set(key, { wrong: wrong + 1, lastAt: now })
    }
    for (const key of this.#counts.keys()) {
      if (this.#counts.size <= most) break
      this.#counts.delete(key)
    }
  }

  /** The try was none at guessing; what others did wrong before it stays. */
  succeeded(counted: readonly Counted[]): void {
    for (const { key } of counted) {
      const count = this.#counts.get(key)
      if (count) count.wrong = Math.max(0, count.wrong - 1)
    }
  }

  #waitOf({ key, free }: Counted, now: number): number {
    const count = this.#find(key, now)
    if (!count || count.wrong < free) return 0
    const wait = Math.min(firstWaitMs * 2 ** (count.wrong - free), longestWaitMs)
    return Math.max(0, count.lastAt + wait - now)
  }

  #find(key: string, now: number): Count | undefined {
    const count = this.#counts.get(key)
    if (count && now - count.lastAt > memoryMs) this.#counts.delete(key)
    return this.#counts.get(key)
  }
}

/** In words why the next try has to wait, where it has to. */
export function tooMany(
  attempts: Attempts,
  { counted, clock }: { readonly counted: readonly Counted[]; readonly clock: Clock },
): Refusal | undefined {
  const retryAfterMs = attempts.waitMs(counted, clock.monotonic())
  if (retryAfterMs === 0) return undefined
  const seconds = Math.ceil(retryAfterMs / 1000)
  return { refused: `Too many wrong tries. Wait ${seconds} s.`, retryAfterMs }
}
