import type Database from 'better-sqlite3'
import type { HistoryLimit } from '../../core/history.ts'
import type { Pruning } from './pruner.ts'

/** Small enough that a commit which arrives meanwhile waits a few milliseconds at most. */
const rowsAStep = 500

/** A row of somebody who had no address any more describes nothing. */
const nobody = '{"person":{"points":[]%'

/**
 * Deletes history a step at a time: of a named tenant what is older than its limit and describes no moment after it,
 * of every other tenant everything.
 */
export function startHistoryPruning(database: Database.Database, limits: readonly HistoryLimit[]): Pruning {
  const old = database.prepare(
    `delete from history where (tenant, presentity, at) in
     (select tenant, presentity, at from history as row where tenant = ? and at < ? and (body like ? or exists
       (select 1 from history as later where later.tenant = row.tenant and later.presentity = row.presentity
        and later.at > row.at and later.at <= ?)) limit ${rowsAStep})`,
  )
  const others = database.prepare(
    `delete from history where (tenant, presentity, at) in (select tenant, presentity, at from history
     where tenant not in (select value from json_each(?)) limit ${rowsAStep})`,
  )
  const kept = limits.filter(({ before }) => Number.isFinite(before))
  const waiting = [...kept]
  let othersDone = false
  let deleted = 0

  return {
    step() {
      const [limit] = waiting
      if (!othersDone) {
        const { changes } = others.run(JSON.stringify(kept.map(({ tenant }) => tenant)))
        deleted += changes
        othersDone = changes < rowsAStep
      } else if (limit) {
        const { changes } = old.run(limit.tenant, limit.before, nobody, limit.before)
        deleted += changes
        if (changes < rowsAStep) waiting.shift()
      }
      return othersDone && waiting.length === 0
    },
    get deleted() {
      return deleted
    },
  }
}
