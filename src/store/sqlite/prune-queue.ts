import type { Pruning } from './pruner.ts'

export interface PruneQueueOptions {
  /** Called before every step: whatever has arrived comes first. */
  before(): void
  done(id: number, deleted: number): void
  failed(id: number, error: unknown): void
}

export interface PruneQueue {
  add(id: number, pruning: Pruning): void
  /** Ends every pruning where it stands; what was deleted stays deleted. */
  stop(): void
}

/** Prunes one step at a time in the thread's idle moments. */
export function createPruneQueue({ before, done, failed }: PruneQueueOptions): PruneQueue {
  const waiting: { readonly id: number; readonly pruning: Pruning }[] = []
  let next: NodeJS.Immediate | undefined

  function step(): void {
    next = undefined
    before()
    const current = waiting[0]
    if (!current) return
    try {
      if (current.pruning.step()) {
        waiting.shift()
        done(current.id, current.pruning.deleted)
      }
    } catch (error) {
      waiting.shift()
      failed(current.id, error)
    }
    schedule()
  }

  function schedule(): void {
    if (waiting.length > 0) next ??= setImmediate(step)
  }

  return {
    add(id, pruning) {
      waiting.push({ id, pruning })
      schedule()
    },
    stop() {
      clearImmediate(next)
      for (const { id, pruning } of waiting.splice(0)) done(id, pruning.deleted)
    },
  }
}
