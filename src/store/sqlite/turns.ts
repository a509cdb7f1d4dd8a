import type Database from 'better-sqlite3'
import type { GoneThrough } from '../age-groups.ts'
import { explainFailure, StoreFailure } from '../failure.ts'
import { createArchiveReader } from './archive-reader.ts'
import { startHistoryPruning } from './history-pruner.ts'
import type { Call, Reply, Request } from './protocol.ts'
import { createPruneQueue } from './prune-queue.ts'
import { startPruning } from './pruner.ts'
import { createReader } from './reader.ts'
import { createRequestQueue } from './request-queue.ts'
import { createWriter } from './writer.ts'

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
  const archive = createArchiveReader(database)
  const queue = createRequestQueue(more)
  const history: GoneThrough = new Map()
  const ledger: GoneThrough = new Map()
  const pruning = createPruneQueue({
    before: () => take([]),
    done: (id, deleted) => reply({ kind: 'answered', id, value: deleted }),
    failed: reject,
  })

  function writeGroup(): void {
    const { committed, rejected } = writer.write(queue.takeCommits(changesAGroup))
    if (committed.length > 0) reply({ kind: 'committed', ids: committed })
    for (const { id, failure } of rejected) reject(id, failure)
  }

  function reject(id: number, error: unknown): void {
    const { kind, message } = explainFailure(error, file)
    reply({ kind: 'rejected', id, failure: { kind, message } })
  }

  function answer(id: number, call: Call): void {
    if (!database.open) throw new StoreFailure('closed', `${file}: the store was closed`)
    if (call.kind === 'page') {
      reply({ kind: 'answered', id, value: reader.page(call.source, call.after) })
    } else if (call.kind === 'ledgerOf') {
      const rows = reader.history(call.tenant, call.presentity, call.limit)
      reply({ kind: 'answered', id, value: rows })
    } else if (call.kind === 'archive') {
      reply({ kind: 'answered', id, value: archive(call.call) })
    } else if (call.kind === 'prune') pruning.add(id, startPruning(database, call.limits, ledger))
    else if (call.kind === 'pruneHistory')
      pruning.add(id, startHistoryPruning(database, call.limits, history))
    else if (call.kind === 'close') close(id)
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
    queue.add(requests)
    for (let request = queue.peek(); request; request = queue.peek()) {
      const [id, call] = request
      if (call.kind === 'commit' && database.open) writeGroup()
      else {
        queue.drop()
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
