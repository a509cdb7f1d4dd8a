import { keyOf, type ReadPage, sumTable, type TableSum } from '../copy.ts'
import { StoreFailure } from '../failure.ts'
import { type Table, tables } from '../tables.ts'
import { insertRows } from './batch.ts'
import { explainPostgresql } from './failure.ts'
import { openLink } from './link.ts'
import { describeServer, type PostgresqlServer } from './server.ts'
import type { Session } from './session.ts'

const pageRows = 500

export interface FillOptions {
  readonly server: PostgresqlServer
  readonly read: ReadPage
  /** Wall clock, milliseconds. */
  readonly now: number
}

/**
 * Copies every table into an empty schema in one transaction, reads all of it back, and commits only where number and
 * checksum of every table are the same; so it is there whole or not at all. Rejects with StoreFailure, also where a
 * table has rows already.
 */
export async function fillSchema({ server, read, now }: FillOptions): Promise<readonly TableSum[]> {
  const where = describeServer(server)
  const link = await openLink({
    server,
    name: `hookswitch migrate-store ${process.pid}`,
    now,
    existing: false,
  })
  const { writer } = link
  try {
    await requireEmpty(writer, where)
    await writer.run({ text: 'begin' })
    const sums: TableSum[] = []
    for (const table of Object.values(tables)) {
      const sum = await sumTable(
        table,
        read,
        async (rows) => void (await writer.run(insertRows(table, rows))),
      )
      const copy = await sumTable(table, readerOf(writer))
      if (copy.rows !== sum.rows || copy.checksum !== sum.checksum)
        throw new StoreFailure(
          'failed',
          `${where}: the table ${table.name} came out different (${copy.rows} rows with checksum ${copy.checksum.slice(0, 12)} instead of ${sum.rows} with ${sum.checksum.slice(0, 12)}). Nothing was kept; run it again, and report it if it stays so`,
        )
      sums.push(sum)
    }
    await writer.run({ text: 'commit' })
    return sums
  } catch (error) {
    throw explainPostgresql(error, where)
  } finally {
    await link.close()
  }
}

async function requireEmpty(session: Session, where: string): Promise<void> {
  for (const { name } of Object.values(tables)) {
    const [row] = await session.rows({ text: `select 1 from ${name} limit 1` })
    if (row)
      throw new StoreFailure(
        'failed',
        `${where} is not empty: the table ${name} has rows. Name a schema of its own with store.schema, or drop this one if nobody needs it`,
      )
  }
}

function readerOf(session: Session): ReadPage {
  return (table: Table, after) => {
    const key = table.key.join(', ')
    const places = table.key.map((_, index) => `$${index + 1}`).join(', ')
    const behind = after ? `where (${key}) > (${places})` : ''
    return session.rows({
      text: `select ${Object.keys(table.columns).join(', ')} from ${table.name} ${behind} order by ${key} limit ${pageRows}`,
      values: after ? keyOf(table, after) : [],
    })
  }
}
