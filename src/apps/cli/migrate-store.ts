import { resolve } from 'node:path'
import type { ResolvedConfig } from '../../config/resolved.ts'
import type { TableSum } from '../../store/copy.ts'
import { type Command, textOf } from './command.ts'
import { CliError, exitCodes } from './exit-codes.ts'
import { configFile, configOption, loadConfigFile } from './load-config.ts'

type Store = ResolvedConfig['store']

/** Copies a stopped hub's data directory into a database; rejects with CliError. */
async function migrate(from: Store, to: Store): Promise<readonly TableSum[]> {
  const [{ openTables }, { fillSchema }, { serverOf }, { tables }, { loadMigrations }] = await Promise.all([
    import('../../store/sqlite/table-reader.ts'),
    import('../../store/postgresql/fill.ts'),
    import('../../store/open-store.ts'),
    import('../../store/tables.ts'),
    import('../../store/migrations.ts'),
  ])
  const source = openTables(from.path, Date.now())
  try {
    if (source.missing > 0)
      throw new Error(
        `the data in ${from.path} is of an older Hookswitch. Start and stop this one once on it, with its present configuration`,
      )
    return await fillSchema({
      ...{ command: 'migrate-store', server: serverOf(to), read: source.read, now: Date.now() },
      ...{ tables: Object.values(tables), schema: loadMigrations().length },
    })
  } finally {
    source.close()
  }
}

export const migrateStore: Command = {
  name: 'migrate-store',
  summary: 'Copy the data of a stopped hub from SQLite to PostgreSQL, and compare.',
  options: {
    config: configOption,
    to: {
      type: 'string',
      value: 'FILE',
      description: 'The configuration with the new store: the same file with another part store.',
    },
  },
  details:
    'Stop the hub first. Every table is copied in one transaction, read back, and compared by number of rows and by a checksum of all values; only where all are the same it stays. The new store has to be empty. The old one is not changed, so that it can be run again, and gone back to.',
  async run(parsed, io) {
    const name = textOf(parsed, 'to')
    if (name === undefined)
      throw new CliError('usage', 'Name the configuration with the new store: --to FILE.')
    const from = loadConfigFile(configFile(parsed, io), io).store
    const to = loadConfigFile(resolve(io.cwd, name), io).store
    if (from.kind !== 'sqlite' || to.kind !== 'postgresql')
      throw new CliError(
        'usage',
        `A store is moved from sqlite to postgresql; --config names one of ${from.kind}, --to one of ${to.kind}.`,
      )
    const sums = await migrate(from, to).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error)
      throw new CliError('cannotCreate', `Nothing was moved: ${reason}`, { cause: error })
    })
    for (const { table, rows, checksum } of sums)
      io.out(`${table.padEnd(16)}${String(rows).padStart(10)} rows  ${checksum}\n`)
    io.out(
      'Everything is there, number and checksum of every table are the same. Start the hub with the new configuration.\n',
    )
    return exitCodes.ok.code
  },
}
