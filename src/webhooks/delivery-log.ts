import type { Delivery } from '../core/webhook-port.ts'
import type { Attempt } from './post.ts'

/** Of each subscription; the oldest make room for newer ones. */
export const mostDeliveries = 200

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

/**
 * The newest attempts of one subscription. In memory: on disk every attempt would be a write more, where one that fails
 * costs none today and a receiver that is out of order makes many. What must outlive the process is in the outbox.
 */
export class DeliveryLog {
  readonly #about: Pick<Delivery, 'tenant' | 'webhook'>
  readonly #deliveries: Delivery[] = []

  constructor(about: Pick<Delivery, 'tenant' | 'webhook'>) {
    this.#about = about
  }

  add(event: Pick<Delivery, 'id' | 'type'>, { attempt, number, at, tookMs, nextAt }: Tried): void {
    this.#deliveries.push({
      ...this.#about,
      ...{ id: event.id, type: event.type, attempt: number },
      ...{ at: Math.round(at), tookMs: Math.round(tookMs) },
      outcome: attempt.taken ? 'taken' : 'failed',
      ...(attempt.status !== undefined && { status: attempt.status }),
      ...(!attempt.taken && { reason: attempt.reason }),
      ...(nextAt !== undefined && { nextAt: Math.round(nextAt) }),
    })
    if (this.#deliveries.length > mostDeliveries) this.#deliveries.shift()
  }

  /** Oldest first. */
  list(): readonly Delivery[] {
    return this.#deliveries
  }
}
