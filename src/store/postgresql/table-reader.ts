import { keyOf, type ReadPage } from '../copy.ts'
import type { AppliedMigration } from '../migrations.ts'
import { requireCurrent, type Snapshot } from '../snapshot.ts'
import { explainPostgresql } from './failure.ts'
import { nothingKept } from './link.ts'
import { hasSchema, readApplied } from './schema.ts'
import { describeServer, type PostgresqlServer } from './server.ts'
import { openSession, type Session } from './session.ts'

const pageRows = 500

/** Reads tables page by page over a connection; errors are the driver's. */
export function readerOf(session: Session): ReadPage {
  return (table, after) => {
    const key = table.key.join(', ')
    const places = table.key.map((_, index) => `$${index + 1}`).join(', ')
    const behind = after ? `where (${key}) > (${places})` : ''
    return session.rows({
      text: `select ${Object.keys(table.columns).join(', ')} from ${table.name} ${behind} order by ${key} limit ${pageRows}`,
      values: after ? keyOf(table, after) : [],
    })
  }
}

/**
 * The tables of a schema as they are now, beside hubs that go on writing: one transaction that sees one moment
 * (https://www.postgresql.org/docs/15/transaction-iso.html#XACT-REPEATABLE-READ). Takes no lock. Rejects with StoreFailure.
 */
export async function openSnapshot(server: PostgresqlServer): Promise<Snapshot> {
  const where = describeServer(server)
  const explain = (error: unknown): never => {
    throw explainPostgresql(error, where)
  }
  const session = await openSession(server, { name: 'hookswitch backup', bounded: true }).catch(explain)
  try {
    await session.run({ text: 'begin isolation level repeatable read read only' })
    const applied: readonly AppliedMigration[] = (await hasSchema(session, server.schema))
      ? await readApplied(session)
      : []
    if (applied.length === 0) throw nothingKept(where)
    const schema = requireCurrent('pg', applied, where)
    const read = readerOf(session)
    return {
      schema,
      read: (table, after) => read(table, after).catch(explain),
      close: () => session.close(),
    }
  } catch (error) {
    await session.close()
    return explain(error)
  }
}
