import type { Clock, Timer } from '../../core/ports.ts'

/** A channel's end and its device's state arrive up to some ms apart, in either order. */
const settleMs = 1500

/**
 * Phones that are in use although no channel of theirs is known (a call on another PBX of a cluster, or channels that
 * this user may not see). They count as a lamp once that has lasted, so that the two halves of an ordinary event are
 * never taken for one.
 */
export class UnexplainedPhones {
  readonly #clock: Clock
  readonly #changed: (device: string) => void
  readonly #waiting = new Map<string, Timer>()
  readonly #lit = new Set<string>()

  constructor(clock: Clock, changed: (device: string) => void) {
    this.#clock = clock
    this.#changed = changed
  }

  isLit = (device: string): boolean => this.#lit.has(device)

  /** Says again whether a phone is in use without a channel. */
  note(device: string, unexplained: boolean): void {
    if (!unexplained) {
      this.#lit.delete(device)
      this.#waiting.get(device)?.cancel()
      this.#waiting.delete(device)
    } else if (!this.#lit.has(device) && !this.#waiting.has(device)) {
      const timer = this.#clock.after(settleMs, () => {
        this.#waiting.delete(device)
        this.#lit.add(device)
        this.#changed(device)
      })
      this.#waiting.set(device, timer)
    }
  }

  stop(): void {
    for (const timer of this.#waiting.values()) timer.cancel()
    this.#waiting.clear()
  }
}
