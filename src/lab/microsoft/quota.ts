import type { Clock } from '../../core/ports.ts'

const windowSeconds = 30

interface Window {
  /** Requests per second of the window, by second modulo 30. */
  readonly counts: number[]
  second: number
  total: number
}

/** Counts requests per application and tenant over a sliding 30 s. Refused ones count as well, as Graph warns. */
export class Quota {
  readonly #clock: Clock
  readonly #windows = new Map<string, Window>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Seconds to wait, or 0 when the request is within the limit. */
  take(key: string, limit: number): number {
    const second = Math.floor(this.#clock.monotonic() / 1000)
    const window = this.#slide(key, second)
    window.total += 1
    const slot = second % windowSeconds
    window.counts[slot] = (window.counts[slot] ?? 0) + 1
    if (window.total <= limit) return 0
    let left = window.total
    for (let wait = 1; wait < windowSeconds; wait += 1) {
      left -= window.counts[(second + wait) % windowSeconds] ?? 0
      if (left < limit) return wait
    }
    return windowSeconds
  }

  #slide(key: string, second: number): Window {
    const window = this.#windows.get(key) ?? {
      counts: new Array<number>(windowSeconds).fill(0),
      second,
      total: 0,
    }
    this.#windows.set(key, window)
    const from = Math.max(window.second + 1, second - windowSeconds + 1)
    for (let passed = from; passed <= second; passed += 1) {
      const slot = passed % windowSeconds
      window.total -= window.counts[slot] ?? 0
      window.counts[slot] = 0
    }
    window.second = second
    return window
  }
}
