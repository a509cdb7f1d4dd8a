import type { Clock, Timer } from '../core/ports.ts'
import type { Actor } from './actor.ts'

/** So many systems are asked at a time, or more where that would take too long. */
const together = 50
/** How long until the next, milliseconds. */
const pauseMs = 200
/** By then all have been asked, a third of the shortest lease, milliseconds. */
const wholeMs = 10_000

/**
 * Systems that are asked anew what they show, some at a time: what a thousand answer at once would keep a process that has just
 * stood still from its work for as long again, and it would doubt everything anew. Who waits already is not asked twice.
 */
export class Doubts {
  readonly #clock: Clock
  readonly #ask: (system: string) => void
  readonly #waiting = new Set<string>()
  #size = together
  #timer: Timer | undefined

  constructor(clock: Clock, ask: (system: string) => void) {
    this.#clock = clock
    this.#ask = ask
  }

  add(systems: Iterable<string>): void {
    for (const system of systems) this.#waiting.add(system)
    this.#size = Math.max(together, Math.ceil((this.#waiting.size * pauseMs) / wholeMs))
    if (!this.#timer) this.#askSome()
  }

  stop(): void {
    this.#timer?.cancel()
    this.#waiting.clear()
  }

  #askSome(): void {
    this.#timer = undefined
    for (const system of [...this.#waiting].slice(0, this.#size)) {
      this.#waiting.delete(system)
      this.#ask(system)
    }
    if (this.#waiting.size > 0) this.#timer = this.#clock.after(pauseMs, () => this.#askSome())
  }
}

/** What was written to run out by itself may have done so at another time than ours; false where nothing was. */
export function doubtWrites(actor: Actor): boolean {
  let open = false
  for (const point of actor.presentity.points) {
    for (const contribution of point.contributions ?? []) {
      if (contribution.endAckAt !== undefined || contribution.expiresAt === undefined) continue
      contribution.doubted = true
      open = true
    }
  }
  return open
}
