import type Database from 'better-sqlite3'
import { explainFailure, StoreFailure } from '../failure.ts'
import type { Call, Reply, Request } from './protocol.ts'
import { createPruneQueue } from './prune-queue.ts'
import { createReader } from './reader.ts'
import { createWriter, type QueuedCommit } from './writer.ts'

/** A transaction holds at most so many changes, so that the first of a large burst is acknowledged before the last. */
const changesAGroup = 2_000

export interface TurnsOptions {
  readonly database: Database.Database
  readonly file: string
  reply(message: Reply): void
  /** What arrived meanwhile, without waiting. */
  more(): readonly Request[] | undefined
  /** The database is closed; nothing can be asked any more. */
  closed(): void
}

/** Answers requests in the order they came, until none is left; commits that stand together are written together. */
export function createTurns(options: TurnsOptions): (requests: readonly Request[]) => void {
  const { database, file, reply, more, closed } = options
  const writer = createWriter(database, file)
  const reader = createReader(database)
  const pruning = createPruneQueue({
    database,
    before: () => take([]),
    done: (id, deleted) => reply({ kind: 'answered', id, value: deleted }),
    failed: reject,
  })
  let queue: Request[] = []
  let head = 0

  /** Takes whatever arrived while the last request was served; false when nothing is left to do. */
  function pending(): boolean {
    if (head === queue.length) {
      queue = []
      head = 0
    }
    for (let batch = more(); batch; batch = more()) for (const request of batch) queue.push(request)
    return head < queue.length
  }

  function writeGroup(): void {
    const group: QueuedCommit[] = []
    for (let size = 0; size < changesAGroup && head < queue.length; head++) {
      const [id, call] = queue[head]!
      if (call.kind !== 'commit') break
      group.push({ id, full: call.full, changes: call.changes })
      size += call.changes.length
    }
    const { committed, rejected } = writer.write(group)
    if (committed.length > 0) reply({ kind: 'committed', ids: committed })
    for (const { id, failure } of rejected) reject(id, failure)
  }

  function reject(id: number, error: unknown): void {
    const { kind, message } = explainFailure(error, file)
    reply({ kind: 'rejected', id, failure: { kind, message } })
  }

  function answer(id: number, call: Exclude<Call, { kind: 'commit' }>): void {
    if (call.kind === 'page') {
      reply({ kind: 'answered', id, value: reader.page(call.source, call.after) })
    } else if (call.kind === 'ledgerOf') {
      const rows = reader.history(call.tenant, call.presentity, call.limit)
      reply({ kind: 'answered', id, value: rows })
    } else if (call.kind === 'prune') pruning.add(id, call.limits)
    else close(id)
  }

  function close(id: number): void {
    pruning.stop()
    try {
      database.close()
      reply({ kind: 'answered', id, value: undefined })
    } finally {
      closed()
    }
  }

  function take(requests: readonly Request[]): void {
    for (const request of requests) queue.push(request)
    while (pending()) {
      const [id, call] = queue[head]!
      if (!database.open) {
        head++
        reject(id, new StoreFailure('closed', `${file}: the store was closed`))
      } else if (call.kind === 'commit') writeGroup()
      else {
        head++
        try {
          answer(id, call)
        } catch (error) {
          reject(id, error)
        }
      }
    }
  }

  return take
}
