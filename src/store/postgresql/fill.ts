import { describeDifference, sumTable, type TableSum } from '../copy.ts'
import { StoreFailure } from '../failure.ts'
import type { FillStore } from '../fill.ts'
import { loadMigrations } from '../migrations.ts'
import type { Table } from '../tables.ts'
import { insertRows } from './batch.ts'
import { explainPostgresql } from './failure.ts'
import { openLink } from './link.ts'
import { describeServer, type PostgresqlServer } from './server.ts'
import type { Session } from './session.ts'
import { readerOf } from './table-reader.ts'

export interface FillOptions extends FillStore {
  readonly server: PostgresqlServer
  /** Which command does it, for who is told that the schema is in use. */
  readonly command: string
}

/**
 * Copies every table into an empty schema in one transaction, reads all of it back, and commits only where number and
 * checksum of every table are the same; so it is there whole or not at all. Rejects with StoreFailure, also where a
 * table has rows already or a hub has the schema.
 */
export async function fillSchema(options: FillOptions): Promise<readonly TableSum[]> {
  const { server, tables, read, schema, now, command } = options
  const where = describeServer(server)
  const link = await openLink({
    ...{ server, now, existing: false },
    name: `hookswitch ${command} ${process.pid}`,
    migrations: loadMigrations({ store: 'pg' }).slice(0, schema),
  })
  const { writer } = link
  try {
    await requireEmpty(writer, { tables, where })
    await writer.run({ text: 'begin' })
    const sums: TableSum[] = []
    for (const table of tables) {
      const sum = await sumTable(
        table,
        read,
        async (rows) => void (await writer.run(insertRows(table, rows))),
      )
      const wrong = describeDifference(sum, await sumTable(table, readerOf(writer)))
      if (wrong !== undefined)
        throw new StoreFailure(
          'failed',
          `${where}: ${wrong}. Nothing was kept; run it again, and report it if it stays so`,
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

interface Place {
  readonly tables: readonly Table[]
  readonly where: string
}

async function requireEmpty(session: Session, { tables, where }: Place): Promise<void> {
  for (const { name } of tables) {
    const [row] = await session.rows({ text: `select 1 from ${name} limit 1` })
    if (row)
      throw new StoreFailure(
        'failed',
        `${where} is not empty: the table ${name} has rows. Name a schema of its own with store.schema, or drop this one if nobody needs it`,
      )
  }
}
