import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { describeDifference, sumTable, type TableSum } from '../copy.ts'
import { explainFailure, StoreFailure } from '../failure.ts'
import type { FillStore } from '../fill.ts'
import { loadMigrations } from '../migrations.ts'
import type { Row } from '../rows.ts'
import type { Table } from '../tables.ts'
import { dataFile } from './data-file.ts'
import { openDatabase } from './database.ts'
import { lockDirectory } from './directory-lock.ts'
import { readerOf } from './table-reader.ts'

/**
 * Makes the data file of a directory that has none, of the tables given, reads it back and compares; under a name of its
 * own until everything is on the disk, so that it is there whole or not at all. Rejects with StoreFailure, also where
 * there is data already or a hub has the directory open.
 */
export async function fillDirectory(path: string, fill: FillStore): Promise<readonly TableSum[]> {
  const file = dataFile(path)
  const lock = lockDirectory(path, fill.now)
  const made = `${file}.restoring`
  try {
    requireNone(file)
    drop(made)
    const sums = await fillFile(made, fill)
    flush(made)
    renameSync(made, file)
    flush(dirname(file))
    return sums
  } catch (error) {
    drop(made)
    throw explainFailure(error, file)
  } finally {
    lock.release()
  }
}

/** A log that was left behind would be taken for the new file's. */
function requireNone(file: string): void {
  const found = [file, `${file}-wal`, `${file}-shm`].find((name) => existsSync(name))
  if (found !== undefined)
    throw new StoreFailure(
      'failed',
      `there is data already: ${found}. Move the files hookswitch.db, -wal and -shm somewhere else, or name another store.path`,
    )
}

async function fillFile(file: string, { tables, read, schema, now }: FillStore) {
  const { database } = openDatabase(file, loadMigrations().slice(0, schema), now)
  try {
    database.exec('begin immediate')
    const sums: TableSum[] = []
    for (const table of tables) {
      const insert = database.prepare<(string | number)[]>(insertText(table))
      const sum = await sumTable(table, read, async (rows: readonly Row[]) => {
        for (const row of rows) insert.run(...row)
      })
      const wrong = describeDifference(sum, await sumTable(table, readerOf(database, file)))
      if (wrong !== undefined) throw new StoreFailure('failed', `${wrong}. Nothing was kept; run it again`)
      sums.push(sum)
    }
    database.exec('commit')
    return sums
  } finally {
    database.close()
  }
}

function insertText(table: Table): string {
  const columns = Object.keys(table.columns)
  return `insert into ${table.name} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`
}

function flush(path: string): void {
  const handle = openSync(path, 'r')
  fsyncSync(handle)
  closeSync(handle)
}

function drop(file: string): void {
  for (const name of [file, `${file}-wal`, `${file}-shm`]) rmSync(name, { force: true })
}
