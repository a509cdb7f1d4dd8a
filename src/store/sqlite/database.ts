import { closeSync, openSync } from 'node:fs'
import Database from 'better-sqlite3'
import { explainFailure } from '../failure.ts'
import { type AppliedMigration, type Migration, migrationTable, planMigrations } from '../migrations.ts'

/** Of pages of the file, KiB. */
const cacheKib = 4096

export interface OpenedDatabase {
  readonly database: Database.Database
  /** What this start applied. */
  readonly migrated: readonly Migration[]
}

/** Opens the data file and brings its schema up to date; throws StoreFailure and leaves nothing open. */
export function openDatabase(file: string, migrations: readonly Migration[], now: number): OpenedDatabase {
  let database: Database.Database | undefined
  try {
    makeForOwner(file)
    database = new Database(file, { timeout: 5_000 })
    database.pragma('journal_mode = wal')
    // Normal is the resting state; the writer raises it for transactions that hold a full commit.
    database.pragma('synchronous = normal')
    // What was deleted or written over leaves its page (sqlite.org/pragma.html#pragma_secure_delete), at no further I/O.
    database.pragma('secure_delete = fast')
    // A start reads everything once and later every row is written by its key: the driver's 16 MB would fill for nothing.
    database.pragma(`cache_size = ${-cacheKib}`)
    // A burst may grow the log; it is cut back to this size afterwards.
    database.pragma(`journal_size_limit = ${64 * 1024 * 1024}`)
    return { database, migrated: migrate(database, { file, migrations, now }) }
  } catch (error) {
    database?.close()
    throw explainFailure(error, file)
  }
}

/** SQLite gives its log the rights of the file, and a new file to everybody who may enter the directory. */
function makeForOwner(file: string): void {
  if (file === ':memory:') return
  try {
    closeSync(openSync(file, 'a', 0o600))
  } catch {
    // SQLite finds the same when it opens it, and its error is the one that is explained.
  }
}

interface Upgrade {
  readonly file: string
  readonly migrations: readonly Migration[]
  readonly now: number
}

/** All or nothing: an upgrade that fails half way leaves the old schema. */
function migrate(database: Database.Database, { file, migrations, now }: Upgrade): readonly Migration[] {
  const upgrade = database.transaction(() => {
    const applied = readApplied(database)
    const missing = planMigrations(migrations, applied, file)
    if (missing.length === 0) return missing
    database.exec(migrationTable)
    const record = database.prepare(
      'insert into schema_migration (version, name, breaking, checksum, applied_at) values (?, ?, ?, ?, ?)',
    )
    for (const { version, name, breaking, checksum, sql } of missing) {
      database.exec(sql)
      record.run(version, name, breaking ? 1 : 0, checksum, now)
    }
    return missing
  })
  return upgrade.immediate()
}

function readApplied(database: Database.Database): readonly AppliedMigration[] {
  const table = database.prepare("select 1 from sqlite_master where type = 'table' and name = ?")
  if (table.get('schema_migration') === undefined) return []
  return database
    .prepare<[], AppliedMigration>('select version, name, checksum from schema_migration order by version')
    .all()
}
