import type Database from 'better-sqlite3'
import type { HistoryLimit } from '../../core/history.ts'
import type { GoneThrough } from '../age-groups.ts'
import { oneAfterTheOther, type Pruning } from './pruner.ts'

/** Small enough that a commit which arrives meanwhile waits a few milliseconds at most. */
const rowsAStep = 200

/** A row of somebody who had no address any more describes nothing. */
const nobody = '{"person":{"points":[]%'

/**
 * Deletes history a step at a time: of a named tenant what is older than its limit and describes no moment after it,
 * of every other tenant everything. Only what has passed the limit since the last time is looked at: one row of each person stays
 * behind it for good.
 */
export function startHistoryPruning(
  database: Database.Database,
  limits: readonly HistoryLimit[],
  goneThrough: GoneThrough,
): Pruning {
  const kept = limits.filter(({ before }) => Number.isFinite(before))
  const others = startOthers(database, new Set(kept.map(({ tenant }) => tenant)))
  for (const tenant of goneThrough.keys())
    if (!kept.some((limit) => limit.tenant === tenant)) goneThrough.delete(tenant)
  const old = kept.map((limit) => startOld(database, limit, goneThrough))
  return oneAfterTheOther([others, ...old])
}

function startOthers(database: Database.Database, kept: ReadonlySet<string>): Pruning {
  const nextTenant = database
    .prepare<[string], string>('select tenant from history where tenant > ? order by tenant limit 1')
    .pluck()
  const some = database.prepare<[string]>(
    `delete from history where rowid in (select rowid from history where tenant = ? limit ${rowsAStep})`,
  )
  let tenant = database
    .prepare<[], string>('select tenant from history order by tenant limit 1')
    .pluck()
    .get()
  let deleted = 0
  return {
    step() {
      if (tenant === undefined) return true
      const changes = kept.has(tenant) ? 0 : some.run(tenant).changes
      deleted += changes
      if (changes < rowsAStep) tenant = nextTenant.get(tenant)
      return tenant === undefined
    },
    get deleted() {
      return deleted
    },
  }
}

interface PassedRow {
  readonly row: number
  readonly presentity: string
  readonly at: number
  readonly isNobody: number
}

/** In the order of time: what a row that has passed the limit makes superfluous is what the same person had before it. */
function startOld(
  database: Database.Database,
  { tenant, before }: HistoryLimit,
  goneThrough: GoneThrough,
): Pruning {
  const passed = database.prepare<[string, string, number, number, number], PassedRow>(
    `select rowid as row, presentity, at, body like ? as isNobody from history
     where tenant = ? and (at, rowid) > (?, ?) and at <= ? order by at, rowid limit ${rowsAStep}`,
  )
  const earlier = database.prepare<[string, string, number]>(
    'delete from history where tenant = ? and presentity = ? and at < ?',
  )
  const itself = database.prepare<[number]>('delete from history where rowid = ?')
  let cursor = { at: goneThrough.get(tenant) ?? Number.MIN_SAFE_INTEGER, row: Number.MIN_SAFE_INTEGER }
  let deleted = 0

  /** True when some may be left. */
  const goOn = database.transaction(() => {
    const rows = passed.all(nobody, tenant, cursor.at, cursor.row, before)
    for (const { row, presentity, at, isNobody } of rows) {
      deleted += earlier.run(tenant, presentity, at).changes
      if (isNobody && at < before) deleted += itself.run(row).changes
      cursor = { at, row }
    }
    return rows.length === rowsAStep
  })

  return {
    step() {
      if (goOn.immediate()) return false
      goneThrough.set(tenant, before)
      return true
    },
    get deleted() {
      return deleted
    },
  }
}
