import type { Clock, Log, Timer } from '../../core/ports.ts'
import type { PruneLimits } from './protocol.ts'

/** What is kept of closed ledger rows: the last so many of a person, and none older than so many days. */
export interface Retention {
  readonly days: number
  readonly rowsPerPerson: number
}

/** Enough for "why was my phone in do not disturb last week?". */
export const defaultRetention: Retention = { days: 14, rowsPerPerson: 200 }

const dayMs = 86_400_000
/** Not while the hub starts, which is when it reads most. */
const firstMs = 5 * 60_000
const everyMs = 60 * 60_000

export interface PruneSchedule {
  readonly clock: Clock
  readonly log: Log | undefined
  readonly retention: Retention
  prune(limits: PruneLimits): Promise<number>
}

/** Prunes once an hour until cancelled; a failure is logged and the next hour tries again. */
export function schedulePruning({ clock, log, retention, prune }: PruneSchedule): Timer {
  let cancelled = false
  let timer = clock.after(firstMs, run)

  function run(): void {
    const { days, rowsPerPerson } = retention
    prune({ before: clock.wall() - days * dayMs, rowsPerPerson })
      .then((deleted) => log?.debug('ledger history pruned', { deleted }))
      .catch((error: unknown) => {
        if (!cancelled) log?.warn('ledger history could not be pruned', { error })
      })
      .finally(() => {
        if (!cancelled) timer = clock.after(everyMs, run)
      })
  }

  return {
    cancel() {
      cancelled = true
      timer.cancel()
    },
  }
}
