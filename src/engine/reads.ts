import type { Clock } from '../core/ports.ts'
import type { Point } from '../core/presentity.ts'
import { Reviews } from './timers.ts'

/** Reads asked for at a time, gathered per connector so that one request serves many addresses. */
export class Reads {
  readonly #waiting = new Map<string, Set<string>>()
  readonly #timers: Reviews<string>
  readonly #ask: (tenant: string, connector: string, addresses: readonly string[]) => void

  constructor(
    clock: Clock,
    now: () => number,
    ask: (tenant: string, connector: string, addresses: readonly string[]) => void,
  ) {
    this.#ask = ask
    this.#timers = new Reviews(clock, now, (key) => this.#fire(key))
  }

  /** `at` in hub time, rounded up to a quarter second. */
  ask(tenant: string, point: Point, at: number): void {
    const due = Math.ceil(at / 250) * 250
    const key = `${tenant}\n${point.connector}\n${due}`
    const waiting = this.#waiting.get(key)
    if (waiting) {
      waiting.add(point.address)
      return
    }
    this.#waiting.set(key, new Set([point.address]))
    this.#timers.set(key, due)
  }

  stop(): void {
    this.#timers.stop()
    this.#waiting.clear()
  }

  #fire(key: string): void {
    const addresses = this.#waiting.get(key)
    this.#waiting.delete(key)
    const [tenant = '', connector = ''] = key.split('\n')
    if (addresses) this.#ask(tenant, connector, [...addresses])
  }
}
