import type Database from 'better-sqlite3'
import type { LedgerLimits } from '../../core/hub-store.ts'
import { type AgeGroup, type GoneThrough, groupByAge, isIn } from '../age-groups.ts'

/** Small enough that a commit which arrives meanwhile waits a few milliseconds at most. */
const rowsAStep = 500
const peopleAStep = 20

export interface Pruning {
  /** Does a little of the work; true when all is done. Throws what SQLite throws. */
  step(): boolean
  /** Rows deleted so far. */
  readonly deleted: number
}

/** Deletes closed ledger rows beyond each tenant's limits, a step at a time; open rows are never touched. */
export function startPruning(
  database: Database.Database,
  limits: LedgerLimits,
  goneThrough: GoneThrough,
): Pruning {
  const byAge = groupByAge(limits, goneThrough).map((group) => startByAge(database, group))
  const byNumber = limits.tenants.flatMap(({ tenant, rowsPerPerson }) =>
    rowsPerPerson === undefined ? [] : [startByNumber(database, { tenant, rowsPerPerson })],
  )
  return oneAfterTheOther([...byAge, ...byNumber])
}

export function oneAfterTheOther(all: readonly Pruning[]): Pruning {
  const waiting = [...all]
  return {
    step() {
      if (waiting[0]?.step()) waiting.shift()
      return waiting.length === 0
    },
    get deleted() {
      return all.reduce((sum, { deleted }) => sum + deleted, 0)
    },
  }
}

interface OldRow {
  readonly row: number
  readonly tenant: string
  readonly updatedAt: number
}

/** Also of a tenant that the configuration has no more. */
function startByAge(database: Database.Database, group: AgeGroup): Pruning {
  const old = database.prepare<[number, number, number], OldRow>(
    `select rowid as row, tenant, updated_at as updatedAt from ledger
     where is_open = 0 and (updated_at, rowid) > (?, ?) and updated_at < ? order by updated_at, rowid limit ${rowsAStep}`,
  )
  const forget = database.prepare<[number]>('delete from ledger where rowid = ?')
  let cursor = { at: group.from, row: Number.MIN_SAFE_INTEGER }
  let deleted = 0
  /** True when some may be left. */
  const goOn = database.transaction(() => {
    const rows = old.all(cursor.at, cursor.row, group.before)
    for (const { row, tenant, updatedAt } of rows) {
      if (isIn(group, tenant)) deleted += forget.run(row).changes
      cursor = { at: updatedAt, row }
    }
    return rows.length === rowsAStep
  })
  return {
    step() {
      if (goOn.immediate()) return false
      group.done()
      return true
    },
    get deleted() {
      return deleted
    },
  }
}

/** Everybody of one tenant. */
function startByNumber(
  database: Database.Database,
  { tenant, rowsPerPerson }: { readonly tenant: string; readonly rowsPerPerson: number },
): Pruning {
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
