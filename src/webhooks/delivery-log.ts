import type { Delivery } from '../core/webhook-port.ts'
import type { Attempt } from './post.ts'

/** Of each subscription; the oldest make room for newer ones. */
export const mostDeliveries = 1_000
/** Older ones go, milliseconds: 30 days. */
export const longestKeptMs = 30 * 24 * 60 * 60_000

/** One attempt that has ended. */
export interface Tried {
  readonly attempt: Attempt
  /** 1 for the first. */
  readonly number: number
  /** When it began, wall clock, milliseconds. */
  readonly at: number
  readonly tookMs: number
  /** Wall clock, milliseconds; undefined where the event is not tried again. */
  readonly nextAt: number | undefined
}

/** One line of the log as it is stored: neither whom the event is about nor what it says. */
export interface LoggedDelivery extends Omit<Delivery, 'tenant' | 'webhook'> {
  /** Grows with every attempt of the subscription. */
  readonly line: number
}

/** What a new line changes on disk. */
export interface LogChange {
  readonly added: LoggedDelivery
  readonly gone: readonly LoggedDelivery[]
}

/** The newest attempts of one subscription, over restarts. */
export class DeliveryLog {
  readonly #about: Pick<Delivery, 'tenant' | 'webhook'>
  /** Oldest first. */
  #lines: readonly LoggedDelivery[]

  constructor(about: Pick<Delivery, 'tenant' | 'webhook'>, lines: readonly LoggedDelivery[] = []) {
    this.#about = about
    this.#lines = lines
  }

  add(event: Pick<Delivery, 'id' | 'type'>, { attempt, number, at, tookMs, nextAt }: Tried): LogChange {
    const added: LoggedDelivery = {
      ...{ line: (this.#lines.at(-1)?.line ?? 0) + 1, id: event.id, type: event.type, attempt: number },
      ...{ at: Math.round(at), tookMs: Math.round(tookMs) },
      outcome: attempt.taken ? 'taken' : 'failed',
      ...(attempt.status !== undefined && { status: attempt.status }),
      ...(!attempt.taken && { reason: attempt.reason }),
      ...(nextAt !== undefined && { nextAt: Math.round(nextAt) }),
    }
    const outdated = this.#lines.findIndex((one) => one.at >= at - longestKeptMs)
    const old = outdated < 0 ? this.#lines.length : outdated
    const surplus = Math.max(old, this.#lines.length + 1 - mostDeliveries)
    const gone = this.#lines.slice(0, surplus)
    this.#lines = [...this.#lines.slice(surplus), added]
    return { added, gone }
  }

  /** Which attempt the last one of an event was; 0 where it is not known. */
  attemptsOf(id: string): number {
    return this.#lines.findLast((one) => one.id === id)?.attempt ?? 0
  }

  /** Oldest first, none that is too old at `now` (wall clock, milliseconds). */
  list(now: number): readonly Delivery[] {
    return this.#lines
      .filter(({ at }) => at >= now - longestKeptMs)
      .map(({ line: _, ...one }) => ({ ...this.#about, ...one }))
  }
}
