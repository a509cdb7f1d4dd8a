import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { StoreFailure } from './failure.ts'

/** One file of sql/. `breaking`: a program that does not know it must not run beside it. */
export interface Migration {
  readonly version: number
  readonly name: string
  readonly breaking: boolean
  readonly sql: string
  readonly checksum: string
}

/** What a database says was applied to it: a row of `schema_migration`. */
export interface AppliedMigration {
  readonly version: number
  readonly name: string
  readonly checksum: string
}

export const migrationTable = `create table if not exists schema_migration (
  version integer not null primary key, name text not null, breaking integer not null,
  checksum text not null, applied_at bigint not null)`

const shipped = fileURLToPath(new URL('../../sql/', import.meta.url))

const ofOneStore = /\.(pg|sqlite)\.sql$/

/** Which migrations are wanted: what one store alone understands is in NNNN-name.pg.sql or NNNN-name.sqlite.sql, after NNNN-name.sql. */
export interface MigrationSource {
  readonly store?: 'sqlite' | 'pg'
  readonly directory?: string
}

/** Reads sql/NNNN-name.sql in order; throws when a number is missing or a file has no mark. */
export function loadMigrations({
  store = 'sqlite',
  directory = shipped,
}: MigrationSource = {}): readonly Migration[] {
  const names = readdirSync(directory).filter((name) => name.endsWith('.sql'))
  const own = new Set(names.filter((name) => ofOneStore.test(name)))
  const files = names.filter((name) => !own.has(name)).sort()
  for (const name of own)
    if (!files.includes(name.replace(ofOneStore, '.sql')))
      throw new Error(`sql/${name}: there is no ${name.replace(ofOneStore, '.sql')} that it belongs to`)
  // A checkout with CR LF is the same migration.
  const read = (file: string) => readFileSync(`${directory}/${file}`, 'utf8').replaceAll('\r\n', '\n')
  return files.map((file, index) => {
    const parts = /^(\d{4})-([a-z0-9-]+)\.sql$/.exec(file)
    if (Number(parts?.[1]) !== index + 1)
      throw new Error(
        `sql/${file}: the ${index + 1}. migration must be named ${String(index + 1).padStart(4, '0')}-name.sql`,
      )
    const addition = file.replace('.sql', `.${store}.sql`)
    const sql = read(file) + (own.has(addition) ? read(addition) : '')
    const mark = /^-- breaking: (yes|no)$/m.exec(sql)?.[1]
    if (mark === undefined) throw new Error(`sql/${file}: add a line "-- breaking: yes" or "-- breaking: no"`)
    const checksum = createHash('sha256').update(sql).digest('hex')
    return { version: index + 1, name: parts![2]!, breaking: mark === 'yes', sql, checksum }
  })
}

/**
 * The migrations still to apply, in order. Throws StoreFailure `newer-schema` or `changed-migration`; nothing was
 * changed then. `where` is the file or server, for the message.
 */
export function planMigrations(
  known: readonly Migration[],
  applied: readonly AppliedMigration[],
  where: string,
): readonly Migration[] {
  const newest = Math.max(0, ...applied.map((row) => row.version))
  if (newest > known.length)
    throw new StoreFailure(
      'newer-schema',
      `${where} was made by a newer Hookswitch: its schema has version ${newest}, this program knows up to ` +
        `version ${known.length}. Start the newer program, or put back a backup from before the upgrade`,
    )
  for (const row of applied) {
    const own = known[row.version - 1]
    if (own?.checksum !== row.checksum)
      throw new StoreFailure(
        'changed-migration',
        `${where}: migration ${row.version} (${row.name}) was applied with other contents than this program's ` +
          `${own?.name ?? 'missing'} has. Restore the original file in sql/; a released migration is never edited, add a new one`,
      )
  }
  const done = new Set(applied.map((row) => row.version))
  return known.filter((migration) => !done.has(migration.version))
}
