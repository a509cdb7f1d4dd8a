import type { FeedEvent } from '../../core/observation.ts'
import type { Clock } from '../../core/ports.ts'
import type { HeardView } from '../../core/view.ts'

/** When an instance last heard of its system, and how much. */
export class Heard {
  readonly #clock: Pick<Clock, 'wall'>
  #at: number | undefined
  #reports = 0

  constructor(clock: Pick<Clock, 'wall'>) {
    this.#clock = clock
  }

  note(event: FeedEvent): void {
    if (event.type === 'lost' || event.type === 'ended') return
    if (event.type === 'observed') this.#reports += 1
    if (event.type === 'snapshot') this.#reports += event.observations.length
    this.#at = this.#clock.wall()
  }

  /** Undefined until anything was heard. */
  view(): HeardView | undefined {
    return this.#at === undefined ? undefined : { at: Math.round(this.#at), reports: this.#reports }
  }
}
