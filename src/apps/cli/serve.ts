import { version } from '../version.ts'
import { type Command, textOf } from './command.ts'
import { CliError, exitCodes } from './exit-codes.ts'
import { systemUser } from './hub-client.ts'
import { configFile, configOption, loadConfigFile } from './load-config.ts'
import { reload } from './reload.ts'

/** Longer than any connector may take to stop. */
const patienceMs = 20_000

/** Runs `stop`, but no longer than a supervisor of processes would wait. */
export async function stopInTime(stop: () => Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    const message = `The hub did not stop within ${patienceMs / 1000} s. What it wrote is in the ledger; a restart repairs it.`
    timer = setTimeout(() => reject(new CliError('software', message)), patienceMs)
  })
  try {
    await Promise.race([stop(), late])
  } finally {
    clearTimeout(timer)
  }
}

/** Why the hub could not start, as the end of a command. */
export function describeStartFailure(error: unknown): unknown {
  if (error instanceof CliError) return error
  const { name, message } = error as Error
  const code = (error as { code?: unknown; cause?: { code?: unknown } }).cause?.code
  const taken =
    code === 'EADDRINUSE' || code === 'EACCES' || code === 'EADDRNOTAVAIL' || name === 'StoreFailure'
  return taken ? new CliError('cannotCreate', message, { cause: error }) : error
}

export const serve: Command = {
  name: 'serve',
  summary: 'Run the hub.',
  options: {
    config: configOption,
    author: {
      type: 'string',
      value: 'NAME',
      description: 'Who changed the rules, if they changed (default: the user of the operating system).',
    },
    comment: { type: 'string', value: 'TEXT', description: 'Why the rules were changed.' },
  },
  details:
    'Runs until SIGTERM or SIGINT, then stops in order. At SIGHUP it reads the configuration again: only tenants and connectors that differ notice, and whatever is gone is withdrawn first. The log goes to standard error. Rules that differ from those of the last start become a new version: see "hookswitch policy list".',
  async run(parsed, io) {
    const file = configFile(parsed, io)
    const config = loadConfigFile(file, io)
    const interrupted = io.interrupted()
    const { startHub } = await import('../hub.ts')
    const author = textOf(parsed, 'author') ?? (systemUser() || 'unknown')
    const change = { author, comment: textOf(parsed, 'comment') ?? '' }
    const hub = await startHub(config, { change, signIn: true }).catch((error: unknown) => {
      throw describeStartFailure(error)
    })
    io.out(`Hookswitch ${version} listens at ${hub.url}\n`)
    if (hub.setUpUrl !== undefined && config.http.tokens.length === 0) {
      io.out(
        `Nobody has an account yet; whoever is on this machine may do everything. Create the first one within an hour: ${hub.setUpUrl}\n`,
      )
    }
    const forget = io.hungUp?.(() => void reload(file, io, { hub, change }))
    const failure = await Promise.race([interrupted.then(() => undefined), hub.failed])
    forget?.()
    await stopInTime(() => hub.stop())
    if (failure !== undefined)
      throw new CliError('software', `The hub cannot go on: ${(failure as Error).message}`)
    return exitCodes.ok.code
  },
}
