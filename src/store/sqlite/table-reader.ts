import Database from 'better-sqlite3'
import { keyOf, type ReadPage } from '../copy.ts'
import { explainFailure } from '../failure.ts'
import { type AppliedMigration, loadMigrations, planMigrations } from '../migrations.ts'
import type { Row } from '../rows.ts'
import type { Table } from '../tables.ts'
import { dataFile } from './data-file.ts'
import { lockDirectory } from './directory-lock.ts'
import { requireData } from './open.ts'

const pageRows = 500

/** All tables of a data directory, which nobody else has open meanwhile. */
export interface TableReader {
  readonly read: ReadPage
  /** How many migrations it has not had. */
  readonly missing: number
  close(): void
}

/** Opens a data directory for reading only, and keeps its lock. Throws StoreFailure: no data, in use, of a newer program. */
export function openTables(path: string, now: number): TableReader {
  requireData(path)
  const file = dataFile(path)
  const lock = lockDirectory(path, now)
  let database: Database.Database | undefined
  try {
    database = new Database(file, { readonly: true, fileMustExist: true })
    const opened = database
    const applied = opened
      .prepare<[], AppliedMigration>('select version, name, checksum from schema_migration order by version')
      .all()
    const missing = planMigrations(loadMigrations(), applied, file).length
    return {
      missing,
      async read(table, after) {
        try {
          const { text, values } = pageOf(table, after)
          return opened
            .prepare<(string | number)[], Row>(text)
            .raw()
            .all(...values)
        } catch (error) {
          throw explainFailure(error, file)
        }
      },
      close() {
        opened.close()
        lock.release()
      },
    }
  } catch (error) {
    database?.close()
    lock.release()
    throw explainFailure(error, file)
  }
}

function pageOf(table: Table, after: Row | undefined): { text: string; values: Row } {
  const key = table.key.join(', ')
  const places = table.key.map(() => '?').join(', ')
  const where = after ? `where (${key}) > (${places})` : ''
  return {
    text: `select ${Object.keys(table.columns).join(', ')} from ${table.name} ${where} order by ${key} limit ${pageRows}`,
    values: after ? keyOf(table, after) : [],
  }
}
