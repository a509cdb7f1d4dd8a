import type Database from 'better-sqlite3'
import type { LedgerLimit, LedgerLimits } from '../../core/hub-store.ts'

/** Small enough that a commit which arrives meanwhile waits a few milliseconds at most. */
const rowsAStep = 500
const peopleAStep = 200

export interface Pruning {
  /** Does a little of the work; true when all is done. Throws what SQLite throws. */
  step(): boolean
  /** Rows deleted so far. */
  readonly deleted: number
}

/** Deletes closed ledger rows beyond each tenant's limits, a step at a time; open rows are never touched. */
export function startPruning(database: Database.Database, limits: LedgerLimits): Pruning {
  const byAge = startByAge(database, limits)
  const byNumber = limits.tenants.map((limit) => startByNumber(database, limit))
  const waiting = [byAge, ...byNumber]
  return {
    step() {
      if (waiting[0]?.step()) waiting.shift()
      return waiting.length === 0
    },
    get deleted() {
      return [byAge, ...byNumber].reduce((sum, { deleted }) => sum + deleted, 0)
    },
  }
}

/** Every tenant that has closed rows, also one that the configuration has no more. */
function startByAge(database: Database.Database, { tenants, othersBefore }: LedgerLimits): Pruning {
  const nextTenant = database
    .prepare<[string], string>(
      'select tenant from ledger where is_open = 0 and tenant > ? order by tenant limit 1',
    )
    .pluck()
  const old = database.prepare(
    `delete from ledger where (tenant, id) in
     (select tenant, id from ledger where is_open = 0 and tenant = ? and updated_at < ? limit ${rowsAStep})`,
  )
  const limits = new Map(tenants.map(({ tenant, before }) => [tenant, before]))
  let tenant = nextTenant.get('')
  let deleted = 0
  return {
    step() {
      if (tenant === undefined) return true
      const { changes } = old.run(tenant, limits.get(tenant) ?? othersBefore)
      deleted += changes
      if (changes < rowsAStep) tenant = nextTenant.get(tenant)
      return tenant === undefined
    },
    get deleted() {
      return deleted
    },
  }
}

/** Everybody of one tenant. */
function startByNumber(database: Database.Database, { tenant, rowsPerPerson }: LedgerLimit): Pruning {
  const nextPerson = database
    .prepare<[string, string], string>(
      `select presentity from ledger where is_open = 0 and tenant = ? and presentity > ?
       order by presentity limit 1`,
    )
    .pluck()
  const surplus = database.prepare(
    `delete from ledger where (tenant, id) in (select tenant, id from ledger
     where is_open = 0 and tenant = ? and presentity = ?
     order by updated_at desc, id desc limit ${rowsAStep} offset ?)`,
  )
  let person = ''
  let deleted = 0

  /** True when somebody may be left. */
  const trimPeople = database.transaction(() => {
    for (let count = 0; count < peopleAStep; count++) {
      const next = nextPerson.get(tenant, person)
      if (next === undefined) return false
      const { changes } = surplus.run(tenant, next, rowsPerPerson)
      deleted += changes
      // As many as one step may delete: the same person may have more.
      if (changes === rowsAStep) return true
      person = next
    }
    return true
  })

  return {
    step: () => !trimPeople.immediate(),
    get deleted() {
      return deleted
    },
  }
}
