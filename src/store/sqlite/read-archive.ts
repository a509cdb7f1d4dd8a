import { existsSync } from 'node:fs'
import Database from 'better-sqlite3'
import { createArchive } from '../archive.ts'
import { explainFailure, StoreFailure } from '../failure.ts'
import type { ReadOnlyArchive } from '../read-only-archive.ts'
import { createArchiveReader } from './archive-reader.ts'
import { dataFile } from './data-file.ts'

/**
 * Opens the archive of a data directory for reading only, beside a hub that may be running on it (WAL lets readers
 * in); takes no lock, changes nothing. Throws StoreFailure.
 */
export function openArchive(path: string): ReadOnlyArchive {
  const file = dataFile(path)
  if (!existsSync(file)) {
    throw new StoreFailure(
      'failed',
      `${file}: there is no such file. Correct store.path in the configuration`,
    )
  }
  let database: Database.Database | undefined
  try {
    database = new Database(file, { readonly: true, fileMustExist: true, timeout: 5_000 })
    const table = database.prepare("select 1 from sqlite_master where type = 'table' and name = 'history'")
    if (table.get() === undefined) {
      throw new StoreFailure(
        'failed',
        `${file}: it was made by a Hookswitch that kept no history. Start the newer hub on it once`,
      )
    }
    const read = createArchiveReader(database)
    const opened = database
    const archive = createArchive(async (call) => {
      try {
        return read(call)
      } catch (error) {
        throw explainFailure(error, file)
      }
    })
    return { ...archive, close: async () => void opened.close() }
  } catch (error) {
    database?.close()
    throw explainFailure(error, file)
  }
}
