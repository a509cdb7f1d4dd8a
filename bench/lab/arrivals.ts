import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Calls `act` at random moments, `rate` times a second on average (a Poisson process), for `seconds`. What came due
 * while the thread was busy is caught up at once.
 */
export async function arrivals(rate: number, seconds: number, act: () => void): Promise<void> {
  const end = performance.now() + seconds * 1000
  let next = performance.now()
  for (;;) {
    next += (-Math.log(1 - Math.random()) / rate) * 1000
    if (next > end) break
    const wait = next - performance.now()
    if (wait > 0) await sleep(wait)
    act()
  }
}

export function pick<T>(list: readonly T[]): T {
  return list[Math.floor(Math.random() * list.length)]!
}

/** Uniform between the two. */
export function between(least: number, most: number): number {
  return least + Math.random() * (most - least)
}
