import type { HistoryLimit } from '../../core/history.ts'
import type { LedgerLimits } from '../../core/hub-store.ts'
import { type AgeGroup, type GoneThrough, groupByAge } from '../age-groups.ts'
import type { Row } from '../rows.ts'
import type { Statement } from './session.ts'

/** So many at most in one statement: locks are short, and so is what a lost connection undoes. */
const rowsAStep = 5_000

/** How the server is asked while nothing else waits for it. */
export interface Pruner {
  run(statement: Statement): Promise<number>
  rows(statement: Statement): Promise<readonly Row[]>
}

/** Deletes closed ledger rows beyond each tenant's limits; open rows are never touched. */
export async function pruneLedger(
  server: Pruner,
  limits: LedgerLimits,
  goneThrough: GoneThrough,
): Promise<number> {
  let deleted = 0
  for (const group of groupByAge(limits, goneThrough)) deleted += await forgetOld(server, group)
  for (const { tenant, rowsPerPerson } of limits.tenants) {
    if (rowsPerPerson === undefined) continue
    deleted += await repeat(server, {
      text: `delete from ledger where (tenant, id) in (select tenant, id from
        (select tenant, id, row_number() over (partition by presentity order by updated_at desc, id desc) as place
         from ledger where is_open = 0 and tenant = $1 and presentity in (select presentity from ledger
           where is_open = 0 and tenant = $1 group by presentity having count(*) > $2)) as placed
        where place > $2 limit ${rowsAStep})`,
      values: [tenant, rowsPerPerson],
    })
  }
  return deleted
}

/** Also of a tenant that the configuration has no more. */
async function forgetOld(server: Pruner, group: AgeGroup): Promise<number> {
  let deleted = 0
  for (let cursor: readonly [number, string, string] = [group.from, '', '']; ; ) {
    const [row] = await server.rows({
      text: `with old as
          (select tenant, id, updated_at from ledger
           where is_open = 0 and updated_at < $1 and (updated_at, tenant, id) > ($3::bigint, $4::text, $5::text)
           order by updated_at, tenant, id limit ${rowsAStep}),
        gone as (delete from ledger where (tenant, id) in
          (select tenant, id from old where tenant ${group.others ? '<> all' : '= any'} ($2::text[])) returning 1)
        select (select count(*) from gone)::int, (select count(*) from old)::int, updated_at, tenant, id
        from old order by updated_at desc, tenant desc, id desc limit 1`,
      values: [group.before, [...group.tenants], ...cursor],
    })
    deleted += Number(row?.[0] ?? 0)
    if (!row || Number(row[1]) < rowsAStep) break
    cursor = [Number(row[2]), String(row[3]), String(row[4])]
  }
  group.done()
  return deleted
}

/** A row of somebody who had no address any more describes nothing. */
const nobody = '{"person":{"points":[]%'

/**
 * Deletes history: of a named tenant what is older than its limit and describes no moment after it, of every other
 * tenant everything. Only what has passed the limit since the last time is looked at: one row of each person stays behind it for good.
 */
export async function pruneHistory(
  server: Pruner,
  limits: readonly HistoryLimit[],
  goneThrough: GoneThrough,
): Promise<number> {
  const kept = new Map(
    limits.flatMap(({ tenant, before }) => (Number.isFinite(before) ? [[tenant, before]] : [])),
  )
  for (const tenant of goneThrough.keys())
    if (tenant !== undefined && !kept.has(tenant)) goneThrough.delete(tenant)
  let deleted = 0
  for await (const tenant of tenantsWithHistory(server)) {
    const before = kept.get(tenant)
    if (before === undefined) deleted += await forgetTenant(server, tenant)
    else {
      deleted += await forgetPassed(server, { tenant, before: Math.floor(before) }, goneThrough.get(tenant))
      goneThrough.set(tenant, Math.floor(before))
    }
  }
  return deleted
}

/** One look into the index for each: there are few tenants and many rows. */
async function* tenantsWithHistory(server: Pruner): AsyncGenerator<string> {
  const next = async (where: string, values: readonly string[]) => {
    const [row] = await server.rows({
      text: `select tenant from history ${where} order by tenant limit 1`,
      values,
    })
    return row && String(row[0])
  }
  let tenant = await next('', [])
  while (tenant !== undefined) {
    yield tenant
    tenant = await next('where tenant > $1', [tenant])
  }
}

function forgetTenant(server: Pruner, tenant: string): Promise<number> {
  return repeat(server, {
    text: `delete from history where (tenant, presentity, at) in
      (select tenant, presentity, at from history where tenant = $1 limit ${rowsAStep})`,
    values: [tenant],
  })
}

/** In the order of time: what a row that has passed the limit makes superfluous is what the same person had before it. */
async function forgetPassed(
  server: Pruner,
  { tenant, before }: HistoryLimit,
  from: number = Number.MIN_SAFE_INTEGER,
): Promise<number> {
  let deleted = 0
  for (let cursor: readonly [number, string] = [from, '']; ; ) {
    const [row] = await server.rows({
      text: `with passed as
          (select presentity, at, body like $5 as is_nobody from history
           where tenant = $1 and at <= $2 and (at, presentity) > ($3::bigint, $4::text)
           order by at, presentity limit ${rowsAStep}),
        last as (select distinct on (presentity) presentity, at, is_nobody from passed order by presentity, at desc),
        gone as (delete from history using last where history.tenant = $1 and history.presentity = last.presentity
          and (history.at < last.at or (history.at = last.at and last.is_nobody and last.at < $2)) returning 1)
        select (select count(*) from gone)::int, (select count(*) from passed)::int, at, presentity
        from passed order by at desc, presentity desc limit 1`,
      values: [tenant, before, ...cursor, nobody],
    })
    if (!row) return deleted
    deleted += Number(row[0])
    if (Number(row[1]) < rowsAStep) return deleted
    cursor = [Number(row[2]), String(row[3])]
  }
}

/** Until a step finds less than it could take. */
async function repeat(server: Pruner, statement: Statement): Promise<number> {
  let deleted = 0
  for (;;) {
    const count = await server.run(statement)
    deleted += count
    if (count < rowsAStep) return deleted
  }
}
