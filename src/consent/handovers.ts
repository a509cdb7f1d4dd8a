import { randomBytes } from 'node:crypto'
import type { Clock } from '../core/ports.ts'
import { Pending } from './round-trips.ts'

/** A window that is to open at once has opened by then, milliseconds. */
export const handoverMs = 2 * 60_000

/** Whoever signs in, to be carried into a window that has no session of theirs: by a code, once. */
export class Handovers<Who> {
  readonly #pending: Pending<Who>

  constructor(clock: Clock) {
    this.#pending = new Pending(clock, handoverMs)
  }

  give(who: Who): string {
    const code = randomBytes(24).toString('base64url')
    this.#pending.put(code, who)
    return code
  }

  /** Undefined for a code that was taken, is too old or was never given. */
  take(code: string): Who | undefined {
    return this.#pending.take(code)
  }
}
