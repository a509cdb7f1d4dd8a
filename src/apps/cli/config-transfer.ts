import { dirname, resolve as resolvePath } from 'node:path'
import { inlineReferences } from '../../config/inline-references.ts'
import { readConfigFile } from '../../config/load.ts'
import { ConfigError, formatProblems } from '../../config/problem.ts'
import type { ResolvedConfig } from '../../config/resolved.ts'
import { formatWarnings } from '../../config/routing-warnings.ts'
import type { ConfigSaved, ConfigView } from '../../core/config-port.ts'
import { type Command, type Io, type Parsed, textOf } from './command.ts'
import { CliError, exitCodes } from './exit-codes.ts'
import { askHub, findHub, HubUnreachable, hubOptions, systemUser } from './hub-client.ts'
import { configFile, configOption } from './load-config.ts'
import { findStoredHub, readStoredOptions, storedOptions, withStored } from './stored.ts'
import { findFrame, onlyByHub, readFramedText } from './stored-frame.ts'

const options = {
  ...storedOptions,
  url: hubOptions.url!,
  config: {
    ...configOption,
    description: 'Of several hubs: the file of one of them, which says where the stored configuration is.',
  },
}
const asks =
  'A running hub is asked; with the hub stopped, its data directory is opened. Of several hubs --config names the file of one: export then reads the database, whatever runs, and import asks the hub at the address in the file.'

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
    const framed = textOf(parsed, 'url') === undefined && namedFrame(parsed, io)
    if (framed) {
      const yaml = await readFramedText(framed, version === undefined ? undefined : Number(version)).catch(
        cannotRead,
      )
      if (yaml === undefined) throw new CliError('noInput', `There is no version ${version}.`)
      io.out(yaml)
      return exitCodes.ok.code
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
    const framed = textOf(parsed, 'url') === undefined && namedFrame(parsed, io)
    const hub = framed ? findHub(parsed, io) : findStoredHub(parsed, io)
    const body = { yaml, comment }
    const question = { path: '/api/v1/config', method: 'PUT', body, ifMatch: '*' } as const
    const saved = hub
      ? ((await askHub(hub, question, io).catch((error: unknown) => {
          if (!framed || !(error instanceof HubUnreachable)) throw error
          throw new CliError(
            'unavailable',
            `${error.message} ${onlyByHub('saves the configuration')} Where none runs, start one.`,
          )
        })) as ConfigSaved)
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

/** @throws CliError where a file is named that is not that of one of several hubs. */
function namedFrame(parsed: Parsed, io: Io): ResolvedConfig | undefined {
  if (textOf(parsed, 'config') === undefined) return undefined
  const file = configFile(parsed, io)
  const frame = findFrame(file, io)
  if (frame) return frame
  const words = `${file} is the configuration of its hub itself: it has no cluster.configuration: stored. Name a data directory with --data, or a hub with --url.`
  throw new CliError('usage', words)
}

function cannotRead(error: unknown): never {
  throw new CliError('unavailable', `The stored configuration cannot be read: ${(error as Error).message}`, {
    cause: error,
  })
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
