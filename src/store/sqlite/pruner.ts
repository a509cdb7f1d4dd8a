import type Database from 'better-sqlite3'
import type { PruneLimits } from './protocol.ts'

/** Small enough that a commit which arrives meanwhile waits a few milliseconds at most. */
const rowsAStep = 500
const peopleAStep = 200

export interface Pruning {
  /** Does a little of the work; true when all is done. Throws what SQLite throws. */
  step(): boolean
  /** Rows deleted so far. */
  readonly deleted: number
}

/** Deletes closed ledger rows beyond the limits, a step at a time; open rows are never touched. */
export function startPruning(database: Database.Database, limits: PruneLimits): Pruning {
  const old = database.prepare(
    `delete from ledger where (tenant, id) in
     (select tenant, id from ledger where is_open = 0 and updated_at < ? limit ${rowsAStep})`,
  )
  const nextPerson = database
    .prepare<[string, string], [string, string]>(
      `select tenant, presentity from ledger where is_open = 0 and (tenant, presentity) > (?, ?)
       order by tenant, presentity limit 1`,
    )
    .raw()
  const surplus = database.prepare(
    `delete from ledger where (tenant, id) in (select tenant, id from ledger
     where is_open = 0 and tenant = ? and presentity = ?
     order by updated_at desc, id desc limit ${rowsAStep} offset ?)`,
  )
  let stage: 'age' | 'people' | 'done' = 'age'
  let person: readonly [string, string] = ['', '']
  let deleted = 0

  /** True when somebody may be left. */
  const trimPeople = database.transaction(() => {
    for (let count = 0; count < peopleAStep; count++) {
      const next = nextPerson.get(...person)
      if (!next) return false
      const { changes } = surplus.run(...next, limits.rowsPerPerson)
      deleted += changes
      // As many as one step may delete: the same person may have more.
      if (changes === rowsAStep) return true
      person = next
    }
    return true
  })

  return {
    step() {
      if (stage === 'age') {
        const { changes } = old.run(limits.before)
        deleted += changes
        if (changes < rowsAStep) stage = 'people'
      } else if (stage === 'people' && !trimPeople.immediate()) {
        stage = 'done'
      }
      return stage === 'done'
    },
    get deleted() {
      return deleted
    },
  }
}
