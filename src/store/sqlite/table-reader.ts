import Database from 'better-sqlite3'
import { keyOf, type ReadPage } from '../copy.ts'
import { explainFailure } from '../failure.ts'
import { type AppliedMigration, loadMigrations, planMigrations } from '../migrations.ts'
import type { Row } from '../rows.ts'
import { requireCurrent, type Snapshot } from '../snapshot.ts'
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
  try {
    const { database, applied } = openToRead(file)
    const close = () => {
      database.close()
      lock.release()
    }
    try {
      const missing = planMigrations(loadMigrations(), applied, file).length
      return { missing, read: readerOf(database, file), close }
    } catch (error) {
      database.close()
      throw error
    }
  } catch (error) {
    lock.release()
    throw error
  }
}

/**
 * The tables of a data directory as they are now, beside a hub that goes on writing: one read transaction, for which
 * the write-ahead log keeps what it needs (sqlite.org/isolation.html), so that the log grows until it is closed.
 * Takes no lock, changes nothing. Throws StoreFailure.
 */
export function openSnapshot(path: string): Snapshot {
  requireData(path)
  const file = dataFile(path)
  const { database, applied } = openToRead(file)
  try {
    const schema = requireCurrent('sqlite', applied, file)
    return { schema, read: readerOf(database, file), close: async () => void database.close() }
  } catch (error) {
    database.close()
    throw error
  }
}

/** In a transaction that sees what is there at this moment. */
function openToRead(file: string) {
  let database: Database.Database | undefined
  try {
    database = new Database(file, { readonly: true, fileMustExist: true, timeout: 5_000 })
    database.exec('begin')
    const applied = database
      .prepare<[], AppliedMigration>('select version, name, checksum from schema_migration order by version')
      .all()
    return { database, applied }
  } catch (error) {
    database?.close()
    throw explainFailure(error, file)
  }
}

/** Reads tables page by page; rejects with StoreFailure. */
export function readerOf(database: Database.Database, file: string): ReadPage {
  return async (table, after) => {
    try {
      const { text, values } = pageOf(table, after)
      return database
        .prepare<(string | number)[], Row>(text)
        .raw()
        .all(...values)
    } catch (error) {
      throw explainFailure(error, file)
    }
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
