import type { Clock, Timer } from '../core/ports.ts'

/**
 * One clock timer for any number of reviews: a binary heap of (time, key) where a key's later request replaces the
 * earlier one. Keys are compared by identity, so that a person is a key and needs no text made for it. A hundred thousand idle people cost nothing here, because they have nothing to review.
 */
export class Reviews<Key> {
  readonly #clock: Clock
  readonly #now: () => number
  readonly #due: (key: Key) => void
  readonly #at = new Map<Key, number>()
  readonly #heap: { at: number; key: Key }[] = []
  #timer: Timer | undefined
  #timerAt = Number.POSITIVE_INFINITY
  #stopped = false

  constructor(clock: Clock, now: () => number, due: (key: Key) => void) {
    this.#clock = clock
    this.#now = now
    this.#due = due
  }

  /** Undefined cancels. */
  set(key: Key, at: number | undefined): void {
    if (this.#stopped) return
    if (at === undefined || !Number.isFinite(at)) {
      this.#at.delete(key)
      return
    }
    if (this.#at.get(key) === at) return
    this.#at.set(key, at)
    this.#push({ at, key })
    this.#arm()
  }

  stop(): void {
    this.#stopped = true
    this.#timer?.cancel()
    this.#heap.length = 0
    this.#at.clear()
  }

  #arm(): void {
    const first = this.#heap[0]
    if (!first || first.at >= this.#timerAt) return
    this.#timer?.cancel()
    this.#timerAt = first.at
    this.#timer = this.#clock.after(Math.max(0, first.at - this.#now()), () => this.#fire())
  }

  #fire(): void {
    this.#timerAt = Number.POSITIVE_INFINITY
    this.#timer = undefined
    const now = this.#now()
    while (this.#heap[0] && this.#heap[0].at <= now) {
      const { at, key } = this.#pop()
      if (this.#at.get(key) !== at) continue
      this.#at.delete(key)
      this.#due(key)
    }
    this.#arm()
  }

  #push(entry: { at: number; key: Key }): void {
    const heap = this.#heap
    let index = heap.push(entry) - 1
    while (index > 0) {
      const parent = (index - 1) >> 1
      if (heap[parent]!.at <= entry.at) break
      heap[index] = heap[parent]!
      index = parent
    }
    heap[index] = entry
  }

  #pop(): { at: number; key: Key } {
    const heap = this.#heap
    const first = heap[0]!
    const last = heap.pop()!
    if (heap.length === 0) return first
    let index = 0
    for (;;) {
      let child = 2 * index + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && heap[child + 1]!.at < heap[child]!.at) child += 1
      if (heap[child]!.at >= last.at) break
      heap[index] = heap[child]!
      index = child
    }
    heap[index] = last
    return first
  }
}
