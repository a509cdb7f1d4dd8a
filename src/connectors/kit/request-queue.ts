import type { Clock, Timer } from '../../core/ports.ts'
import type { BudgetView, QueueView } from '../../core/workings.ts'
import { type Priority, priorities, type RequestBudget } from './budget.ts'

/** Permission to send one request now, or how long to wait before asking again. */
export type Turn =
  | { readonly kind: 'go'; readonly sentAt: number }
  | { readonly kind: 'wait'; readonly retryAfterMs: number }

interface Waiting {
  readonly answer: (turn: Turn) => void
  readonly giveUpAt: number
  readonly since: number
}

const windowMs = 30_000
/**
 * Requests under way at a time, the sweep's not counted: a burst opens no thousand connections, whose answers would
 * all come too late. At 300 ms for an answer this lets 800 requests a second pass.
 */
const widest = 250
/** How long to wait when all of these were taken for too long, milliseconds. */
const crowdedMs = 1_000
/** Turns come free as old requests leave the window; looking this often is cheap and early enough. */
const lookMs = 25

/** The line in front of a request budget: the most urgent first, within one priority in order of arrival. */
export class RequestQueue {
  readonly budget: RequestBudget
  readonly #clock: Clock
  readonly #lines = new Map<Priority, Waiting[]>(priorities.map((priority) => [priority, []]))
  readonly #width: number
  #timer: Timer | undefined
  #underWay = 0
  #closed = false

  /** `width`: requests under way at a time, the sweep's not counted. */
  constructor(budget: RequestBudget, clock: Clock, width = widest) {
    this.budget = budget
    this.#clock = clock
    this.#width = width
  }

  /**
   * Resolves when this request may leave. With `patienceMs`, it is told to come back later when no turn came until
   * then, or at once while the service has told us to wait for longer than that. `gone` ends the wait: of one who
   * shares this line with others and stops.
   */
  turn(priority: Priority, patienceMs = Number.POSITIVE_INFINITY, gone?: AbortSignal): Promise<Turn> {
    const now = this.#clock.monotonic()
    if (this.#closed || gone?.aborted) return Promise.resolve({ kind: 'wait', retryAfterMs: 1_000 })
    const paused = this.budget.pausedMs(now)
    if (paused > patienceMs) return Promise.resolve({ kind: 'wait', retryAfterMs: paused })
    if (!this.#ahead(priority) && this.#take(priority, now, this.#waiting() > 0)) {
      return Promise.resolve({ kind: 'go', sentAt: now })
    }
    return new Promise((resolve) => {
      const line = this.#lines.get(priority)!
      const leave = () => {
        line.splice(line.indexOf(waiting), 1)
        this.#restIfIdle()
        resolve({ kind: 'wait', retryAfterMs: 1_000 })
      }
      const answer = (turn: Turn) => {
        gone?.removeEventListener('abort', leave)
        resolve(turn)
      }
      const waiting = { answer, giveUpAt: now + patienceMs, since: now }
      gone?.addEventListener('abort', leave, { once: true })
      line.push(waiting)
      this.#look()
    })
  }

  /** A request that was let go has been answered, or given up. */
  done(priority: Priority): void {
    if (priority === 'sweep') return
    this.#underWay -= 1
    if (this.#closed || this.#waiting() === 0) return
    this.#serve()
    this.#look()
  }

  /** Sends everyone away; nothing may leave any more. */
  close(): void {
    this.#closed = true
    this.#timer?.cancel()
    this.#timer = undefined
    for (const line of this.#lines.values()) {
      for (const waiting of line.splice(0)) waiting.answer({ kind: 'wait', retryAfterMs: 1_000 })
    }
  }

  /** What waits here, and how the budget stands, for people; times of the wall clock. */
  inspect(): { readonly queues: readonly QueueView[]; readonly budget: BudgetView } {
    const now = this.#clock.monotonic()
    const toWall = (at: number) => Math.round(this.#clock.wall() - now + at)
    const { pausedMs, throttled, ...budget } = this.budget.state(now)
    return {
      queues: priorities.flatMap((queue) => {
        const line = this.#lines.get(queue)!
        return line[0] ? [{ queue, depth: line.length, oldestAt: toWall(line[0].since) }] : []
      }),
      budget: {
        ...budget,
        ...(pausedMs > 0 && { blockedUntil: toWall(now + pausedMs) }),
        ...(throttled && {
          throttled: {
            ...{ since: toWall(throttled.since), lastAt: toWall(throttled.lastAt) },
            retryAfterMs: throttled.retryAfterMs,
          },
        }),
      },
    }
  }

  #restIfIdle(): void {
    if (this.#waiting() > 0) return
    this.#timer?.cancel()
    this.#timer = undefined
  }

  #take(priority: Priority, now: number, contested: boolean): boolean {
    if (priority === 'sweep') return this.budget.take(priority, now, contested)
    if (this.#underWay >= this.#width || !this.budget.take(priority, now, contested)) return false
    this.#underWay += 1
    return true
  }

  #waiting(): number {
    let waiting = 0
    for (const line of this.#lines.values()) waiting += line.length
    return waiting
  }

  /** Whether someone stands before this priority; the sweep has a share of its own and waits for nobody else. */
  #ahead(priority: Priority): boolean {
    if (priority === 'sweep') return this.#lines.get('sweep')!.length > 0
    for (const other of priorities) {
      if (this.#lines.get(other)!.length > 0) return true
      if (other === priority) return false
    }
    return false
  }

  #look(): void {
    if (this.#timer || this.#closed || this.#waiting() === 0) return
    const now = this.#clock.monotonic()
    const pause = this.budget.pausedMs(now)
    let delay = Math.max(lookMs, pause)
    for (const line of this.#lines.values()) {
      for (const waiting of line) delay = Math.min(delay, Math.max(1, waiting.giveUpAt - now))
    }
    this.#timer = this.#clock.after(delay, () => {
      this.#timer = undefined
      this.#serve()
      this.#look()
    })
  }

  #serve(): void {
    const now = this.#clock.monotonic()
    let urgent = 0
    for (const priority of priorities) {
      const line = this.#lines.get(priority)!
      const own = priority === 'sweep'
      while (line.length > 0 && (own || urgent === 0) && this.#take(priority, now, urgent > 0)) {
        line.shift()!.answer({ kind: 'go', sentAt: now })
      }
      this.#dismiss(line, now, urgent)
      if (!own) urgent += line.length
    }
  }

  #dismiss(line: Waiting[], now: number, before: number): void {
    // Asked after every answer: a line of which nobody gives up is left as it is.
    if (!line.some(({ giveUpAt }) => giveUpAt <= now)) return
    const stay: Waiting[] = []
    for (const waiting of line) {
      if (waiting.giveUpAt > now) stay.push(waiting)
      else {
        const ahead = before + stay.length
        const crowded = this.#underWay >= this.#width
        const standing = crowded ? crowdedMs : 1_000 + (ahead * windowMs) / this.budget.limit
        const wait = Math.max(this.budget.pausedMs(now), standing)
        waiting.answer({ kind: 'wait', retryAfterMs: Math.ceil(wait) })
      }
    }
    line.splice(0, line.length, ...stay)
  }
}
