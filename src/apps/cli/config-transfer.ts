import { dirname, resolve as resolvePath } from 'node:path'
import { inlineReferences } from '../../config/inline-references.ts'
import { readConfigFile } from '../../config/load.ts'
import { ConfigError, formatProblems } from '../../config/problem.ts'
import { formatWarnings } from '../../config/routing-warnings.ts'
import type { ConfigSaved, ConfigView } from '../../core/config-port.ts'
import { type Command, textOf } from './command.ts'
import { CliError, exitCodes } from './exit-codes.ts'
import { askHub, hubOptions, systemUser } from './hub-client.ts'
import { findStoredHub, readStoredOptions, storedOptions, withStored } from './stored.ts'

const options = { ...storedOptions, url: hubOptions.url! }
const asks = 'A running hub is asked; with the hub stopped, its data directory is opened.'

const exportConfig: Command = {
  name: 'config export',
  summary: 'Print the stored configuration as YAML; secrets are references.',
  options: {
    ...options,
    version: { type: 'string', value: 'N', description: 'This version (default: the one in force).' },
  },
  details: asks,
  async run(parsed, io) {
    const version = textOf(parsed, 'version')
    if (version !== undefined && !/^[1-9]\d{0,8}$/.test(version)) {
      throw new CliError('usage', `--version ${version} is not a number of a version.`)
    }
    const hub = findStoredHub(parsed, io)
    const below = version === undefined ? '' : `/versions/${version}`
    const view = hub
      ? ((await askHub(hub, { path: `/api/v1/config${below}` }, io)) as ConfigView)
      : await withStored(readStoredOptions(parsed, io), io, async ({ stored }) => {
          await stored.open()
          return version === undefined ? stored.read() : stored.version(Number(version))
        })
    if (!view) throw new CliError('noInput', `There is no version ${version}.`)
    io.out(view.yaml)
    return exitCodes.ok.code
  },
}

const importConfig: Command = {
  name: 'config import',
  summary: 'Save a YAML file as the stored configuration; its secrets are sealed.',
  positional: { name: 'FILE', description: 'The configuration.', required: true },
  options: {
    ...options,
    comment: { type: 'string', value: 'TEXT', description: 'Why; kept with the version.' },
  },
  details: `References to files and to the environment are replaced here, by what this user can read; the part "store" is left out. The running hub has it at once. ${asks}`,
  async run(parsed, io) {
    const file = resolvePath(io.cwd, parsed.positionals[0]!)
    const yaml = readInlined(file, io.env)
    const comment = textOf(parsed, 'comment') ?? `Imported from ${file}`
    const hub = findStoredHub(parsed, io)
    const body = { yaml, comment }
    const question = { path: '/api/v1/config', method: 'PUT', body, ifMatch: '*' } as const
    const saved = hub
      ? ((await askHub(hub, question, io)) as ConfigSaved)
      : await withStored(readStoredOptions(parsed, io), io, async ({ stored }) => {
          await stored.open()
          return stored.save(yaml, { who: systemUser() || 'unknown', comment })
        })
    if ('refused' in saved) {
      throw new CliError(
        'config',
        formatProblems(file, saved.problems ?? [{ path: '', message: saved.detail }]),
      )
    }
    const { version, afterRestart, warnings } = saved
    const rest = afterRestart.length > 0 ? ` What differs in ${afterRestart.join(', ')} takes a restart.` : ''
    io.out(`Version ${version} of the configuration is in force.${rest}\n${formatWarnings(warnings)}`)
    return exitCodes.ok.code
  },
}

function readInlined(file: string, env: Readonly<Record<string, string | undefined>>): string {
  try {
    const inlined = inlineReferences(readConfigFile(file), { env, folder: dirname(file) })
    if (typeof inlined !== 'string') throw new ConfigError(file, inlined)
    return inlined
  } catch (error) {
    if (error instanceof ConfigError) throw new CliError('config', error.message)
    throw error
  }
}

export const transferCommands: readonly Command[] = [exportConfig, importConfig]
