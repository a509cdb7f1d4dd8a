import type { Said } from './wire.ts'

/** So much is kept for a hub that is away; about a quarter of an hour of a busy phone system. */
const mostFrames = 10_000
const mostBytes = 8 * 1024 * 1024

/**
 * What was said at a site and has not been acknowledged, numbered over the run of the process. Full, all of it gives way:
 * the state of now, which is told after every cut, says more than the oldest or the newest part of what led to it.
 */
export class Outbox {
  #frames: { readonly n: number; readonly text: string }[] = []
  #bytes = 0
  #last = 0

  /** The frame, ready to be sent; undefined where the outbox was full and is empty now. */
  add(of: string, said: Said): string | undefined {
    this.#last += 1
    const text = JSON.stringify({ t: 'said', n: this.#last, of, said })
    this.#frames.push({ n: this.#last, text })
    this.#bytes += text.length
    if (this.#frames.length <= mostFrames && this.#bytes <= mostBytes) return text
    // A frame that is larger than all room is still told to a hub that is there.
    const isOne = this.#frames.length === 1
    this.drop()
    return isOne ? text : undefined
  }

  /** Nothing of it is told any more; numbers go on. */
  drop(): void {
    this.#frames = []
    this.#bytes = 0
  }

  acknowledged(n: number): void {
    let taken = 0
    for (const frame of this.#frames) {
      if (frame.n > n) break
      this.#bytes -= frame.text.length
      taken += 1
    }
    if (taken > 0) this.#frames.splice(0, taken)
  }

  /** Those that the hub has not taken, in order. */
  get waiting(): readonly string[] {
    return this.#frames.map(({ text }) => text)
  }
}
