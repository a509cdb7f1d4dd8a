import type { HistoryLimit } from '../../core/history.ts'
import type { LedgerLimits } from '../../core/hub-store.ts'
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
export async function pruneLedger(server: Pruner, { tenants, othersBefore }: LedgerLimits): Promise<number> {
  let deleted = 0
  const limits = new Map(tenants.map(({ tenant, before }) => [tenant, before]))
  // Every tenant that has closed rows, also one that the configuration has no more.
  let tenant = await firstTenant(server, '')
  while (tenant !== undefined) {
    deleted += await repeat(server, {
      text: `delete from ledger where (tenant, id) in
        (select tenant, id from ledger where is_open = 0 and tenant = $1 and updated_at < $2 limit ${rowsAStep})`,
      values: [tenant, limits.get(tenant) ?? othersBefore],
    })
    tenant = await firstTenant(server, tenant)
  }
  for (const limit of tenants)
    deleted += await repeat(server, {
      text: `delete from ledger where (tenant, id) in (select tenant, id from
        (select tenant, id, row_number() over (partition by presentity order by updated_at desc, id desc) as place
         from ledger where is_open = 0 and tenant = $1) as placed where place > $2 limit ${rowsAStep})`,
      values: [limit.tenant, limit.rowsPerPerson],
    })
  return deleted
}

async function firstTenant(server: Pruner, after: string): Promise<string | undefined> {
  const [row] = await server.rows({
    text: 'select tenant from ledger where is_open = 0 and tenant > $1 order by tenant limit 1',
    values: [after],
  })
  return row && String(row[0])
}

/** A row of somebody who had no address any more describes nothing. */
const nobody = '{"person":{"points":[]%'

/**
 * Deletes history: of a named tenant what is older than its limit and describes no moment after it, of every other
 * tenant everything.
 */
export async function pruneHistory(server: Pruner, limits: readonly HistoryLimit[]): Promise<number> {
  const kept = limits.filter(({ before }) => Number.isFinite(before))
  let deleted = await repeat(server, {
    text: `delete from history where (tenant, presentity, at) in
      (select tenant, presentity, at from history where tenant <> all ($1::text[]) limit ${rowsAStep})`,
    values: [kept.map(({ tenant }) => tenant)],
  })
  for (const { tenant, before } of kept)
    deleted += await repeat(server, {
      text: `delete from history where (tenant, presentity, at) in
        (select tenant, presentity, at from history as row where tenant = $1 and at < $2 and (body like $3 or exists
          (select 1 from history as later where later.tenant = row.tenant and later.presentity = row.presentity
           and later.at > row.at and later.at <= $2)) limit ${rowsAStep})`,
      values: [tenant, Math.floor(before), nobody],
    })
  return deleted
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
