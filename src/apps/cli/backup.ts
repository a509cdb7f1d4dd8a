import { existsSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ConfigError } from '../../config/problem.ts'
import { salvageConfigFile } from '../../config/salvage.ts'
import { presetIndex } from '../../presets/catalog.ts'
import type { BackupReport } from '../../store/backup.ts'
import type { StorePlace } from '../../store/open-store.ts'
import { registry } from '../registry.ts'
import { version } from '../version.ts'
import { type Command, type Io, isSet, type Parsed, textOf } from './command.ts'
import { CliError, exitCodes } from './exit-codes.ts'
import { configFile, configOption } from './load-config.ts'
import { dataDirectory, storedOptions } from './stored.ts'

const where =
  'Of the configuration only the part store must be right. --data names the data directory of a hub without a configuration file.'

/** The store that the command line names. @throws CliError */
function findStore(parsed: Parsed, io: Io): StorePlace {
  const file = configFile(parsed, io)
  if (textOf(parsed, 'config') === undefined && (textOf(parsed, 'data') !== undefined || !existsSync(file)))
    return { kind: 'sqlite', path: dataDirectory(parsed, io), schema: 'hookswitch', poolSize: 1, tls: 'auto' }
  try {
    return salvageConfigFile({ file, types: registry, presets: presetIndex, env: io.env }).store
  } catch (error) {
    if (error instanceof ConfigError) throw new CliError('config', error.message)
    throw error
  }
}

function refuse(what: string) {
  return (error: unknown): never => {
    const reason = error instanceof Error ? error.message : String(error)
    throw new CliError('cannotCreate', `${what}: ${reason}.`, { cause: error })
  }
}

function notInIt(place: StorePlace): string {
  const isSite = place.kind === 'sqlite' && existsSync(join(place.path, 'site.json'))
  return isSite
    ? 'Who the site is and its key are not in it: keep copies of site.json and secret.key elsewhere.'
    : 'The key of stored secrets is not in it: keep a copy of it elsewhere.'
}

function tell({ head, sums }: BackupReport, io: Io): void {
  io.out(
    `Made ${head.madeAt} by Hookswitch ${head.program} from ${head.from}, schema version ${head.schema}.\n`,
  )
  for (const { table, rows, checksum } of sums)
    io.out(`${table.padEnd(16)}${String(rows).padStart(10)} rows  ${checksum}\n`)
}

const backup: Command = {
  name: 'backup',
  summary: 'Write everything that the store holds to one file, while the hub runs.',
  options: {
    config: configOption,
    data: storedOptions.data!,
    to: {
      type: 'string',
      value: 'FILE',
      description: 'A new file, or a folder: then it gets the time as its name.',
    },
  },
  details: `It holds one moment: the ledger, everybody's state, what connectors remember, history, versions of the rules and of the configuration, accounts, the audit log. Stored secrets stay sealed; the key is not in it and has to be kept elsewhere, and so is a configuration file. It can be restored to either kind of store. ${where}`,
  async run(parsed, io) {
    const to = textOf(parsed, 'to')
    if (to === undefined)
      throw new CliError('usage', 'Name the file or the folder for the backup: --to FILE.')
    const now = Date.now()
    const named = resolve(io.cwd, to)
    const isFolder = statSync(named, { throwIfNoEntry: false })?.isDirectory() === true
    const stamp = new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, '')
    const file = isFolder ? join(named, `hookswitch-${stamp}.backup`) : named
    const place = findStore(parsed, io)
    const { makeBackup } = await import('../../store/backup.ts')
    const report = await makeBackup({ place, file, program: version, now }).catch(
      refuse('No backup was made'),
    )
    tell(report, io)
    io.out(`The backup is ${file} (${statSync(file).size} bytes). ${notInIt(place)}\n`)
    return exitCodes.ok.code
  },
}

const restore: Command = {
  name: 'restore',
  summary: 'Fill an empty store from a backup, with the hub stopped.',
  options: {
    config: configOption,
    data: storedOptions.data!,
    from: { type: 'string', value: 'FILE', description: 'What "hookswitch backup" wrote.' },
    verify: {
      type: 'boolean',
      description: 'Only read it to its end, compare every checksum and tell what is in it.',
    },
  },
  details: `The file is verified first; what was written is read back and compared, and stays only where everything is the same. A store that holds something already, or that a hub has open, is refused. The hub that is started on it asks every system for its present state, and takes back or keeps up what it had written (docs/operations/backup.md). ${where}`,
  async run(parsed, io) {
    const from = textOf(parsed, 'from')
    if (from === undefined) throw new CliError('usage', 'Name the backup: --from FILE.')
    const file = resolve(io.cwd, from)
    if (isSet(parsed, 'verify')) {
      const { verifyBackup } = await import('../../store/backup-reader.ts')
      tell(await verifyBackup(file).catch(refuse('It is no good backup')), io)
      io.out('Everything in it is as it was written.\n')
      return exitCodes.ok.code
    }
    const place = findStore(parsed, io)
    const { restoreBackup } = await import('../../store/backup.ts')
    const report = await restoreBackup({ place, file, now: Date.now() }).catch(refuse('Nothing was restored'))
    tell(report, io)
    io.out(
      'Everything is there, number and checksum of every table are the same. Put the key of stored secrets in its place, and start the hub.\n',
    )
    return exitCodes.ok.code
  },
}

export const backupCommands: readonly Command[] = [backup, restore]
