import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ResolvedConfig } from '../../config/resolved.ts'
import type { PolicyChange } from '../../history/policy-book.ts'
import { readOnlyConfig } from '../config/file-config.ts'
import { openStoredConfig } from '../config/hub-configuration.ts'
import type { HubOptions, RunningHub } from '../hub.ts'
import { version } from '../version.ts'
import { type Command, type Io, type Parsed, textOf } from './command.ts'
import { CliError, exitCodes } from './exit-codes.ts'
import { systemUser } from './hub-client.ts'
import { configFile, loadConfigFile } from './load-config.ts'
import { reload } from './reload.ts'
import { fileOrStoreOptions, keysHelp, loadStored, readStoredOptions } from './stored.ts'
import { frameOptions, keysOf, loadFramed } from './stored-frame.ts'
import { noteAddress } from './stored-hub.ts'

/** Longer than any connector may take to stop. */
const patienceMs = 20_000
/** Between two attempts of a hub that was running and begins anew: doubling. Milliseconds. */
const firstAgainMs = 500
const longestAgainMs = 8_000

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
    code === 'EADDRINUSE' ||
    code === 'EACCES' ||
    code === 'EADDRNOTAVAIL' ||
    name === 'StoreFailure' ||
    name === 'BusFailure'
  if (name === 'KeyFailure' || name === 'SealFailure')
    return new CliError('config', message, { cause: error })
  return taken ? new CliError('cannotCreate', message, { cause: error }) : error
}

/** What the hub starts with, and what SIGHUP does to it. */
interface Start {
  readonly config: ResolvedConfig
  readonly configuration: NonNullable<HubOptions['configuration']>
  /** Once it listens. */
  readonly started: (url: string) => void
  readonly hungUp: (on: { hub: RunningHub; change: PolicyChange }) => void
}

function startFromFile(file: string, io: Io, parsed: Parsed): Start | Promise<Start> {
  const config = loadConfigFile(file, io)
  if (config.cluster?.configuration === 'stored') return startFromFrame(config, io, parsed)
  return {
    config,
    configuration: async (inside) => readOnlyConfig(file, inside),
    started: () => {},
    hungUp: (on) => void reload(file, io, on),
  }
}

async function startFromStore(parsed: Parsed, io: Io): Promise<Start> {
  const options = readStoredOptions(parsed, io)
  const config = await loadStored(options, io)
  const { data } = options.fixed
  return {
    config,
    configuration: (inside) => openStoredConfig(options, inside),
    started: (url) => {
      noteAddress(data, url)
      if (config.tenants.length === 0)
        io.out(`The configuration in ${data} is empty: add a tenant in the portal.\n`)
    },
    hungUp: () => io.out('The configuration is in the store; there is no file to read again.\n'),
  }
}

/** What a hub among others has for itself is in its file, and everything else in the store. */
async function startFromFrame(frame: ResolvedConfig, io: Io, parsed: Parsed): Promise<Start> {
  const keys = keysOf(parsed, io, frame.store.path)
  const config = await loadFramed(frame, keys)
  return {
    config,
    configuration: (inside) => openStoredConfig(frameOptions(frame, keys), inside),
    started: () => {
      if (config.tenants.length === 0) io.out('The configuration is empty: add a tenant in the portal.\n')
    },
    hungUp: () => io.out('The configuration is in the store; what is in the file takes a restart.\n'),
  }
}

/** The file where one is named or stands here; else the store. */
function chooseStart(parsed: Parsed, io: Io): Start | Promise<Start> {
  // With a file, keys are for what people bring, and for a configuration that several hubs keep in their store.
  const isStored = ['data', 'host', 'port'].filter((name) => textOf(parsed, name) !== undefined)
  const file = configFile(parsed, io)
  const isWithout = isStored.length > 0 || textOf(parsed, 'keys') !== undefined || !existsSync(file)
  if (textOf(parsed, 'config') === undefined && isWithout) {
    return startFromStore(parsed, io)
  }
  if (isStored.length > 0) {
    throw new CliError(
      'usage',
      `--${isStored[0]} is for a hub without a configuration file; leave --config out.`,
    )
  }
  return startFromFile(file, io, parsed)
}

interface Serving {
  readonly parsed: Parsed
  readonly io: Io
  readonly interrupted: Promise<unknown>
}

/** From a start until it is interrupted, or until it must not go on as it is. @throws CliError */
async function serveOnce({ parsed, io, interrupted }: Serving): Promise<'over' | 'startAnew'> {
  const start = await chooseStart(parsed, io)
  const { config, configuration } = start
  const { startHub } = await import('../hub.ts')
  const author = textOf(parsed, 'author') ?? (systemUser() || 'unknown')
  const change = { author, comment: textOf(parsed, 'comment') ?? '' }
  const keys = keysOf(parsed, io, config.store.path)
  const hub = await startHub(config, { change, signIn: true, configuration, keys }).catch(
    (error: unknown) => {
      throw describeStartFailure(error)
    },
  )
  start.started(hub.url)
  io.out(`Hookswitch ${version} listens at ${hub.url}\n`)
  if (hub.setUpUrl !== undefined && config.cluster) {
    io.out(`Nobody has an account yet. Create the first one within an hour: ${hub.setUpUrl}\n`)
  } else if (hub.setUpUrl !== undefined && config.http.tokens.length === 0) {
    io.out(
      `Nobody has an account yet; whoever is on this machine may do everything. Create the first one within an hour: ${hub.setUpUrl}\n`,
    )
  }
  const forget = io.hungUp?.(() => start.hungUp({ hub, change }))
  const failure = await Promise.race([interrupted.then(() => undefined), hub.failed])
  forget?.()
  await stopInTime(() => hub.stop())
  if (failure === undefined) return 'over'
  if ((failure as { kind?: unknown }).kind === 'fenced') return 'startAnew'
  throw new CliError('software', `The hub cannot go on: ${(failure as Error).message}`)
}

/**
 * It was running a moment ago, so what it needs was right then: what cannot be reached now (its database, a NATS server) is waited for.
 * @throws CliError
 */
async function serveAnew(serving: Serving): Promise<'over' | 'startAnew'> {
  const { io, interrupted } = serving
  for (let waitMs = firstAgainMs; ; waitMs = Math.min(2 * waitMs, longestAgainMs)) {
    try {
      return await serveOnce(serving)
    } catch (thrown) {
      const failure = describeStartFailure(thrown)
      if (!(failure instanceof CliError) || failure.exit !== 'cannotCreate') throw failure
      io.out(`It cannot start just now, and tries again. ${failure.message}\n`)
    }
    const pause = new AbortController()
    const isOver = await Promise.race([
      interrupted.then(() => true),
      sleep(waitMs, false, { signal: pause.signal }),
    ])
    pause.abort()
    if (isOver) return 'over'
  }
}

export const serve: Command = {
  name: 'serve',
  summary: 'Run the hub.',
  options: {
    ...fileOrStoreOptions,
    host: { type: 'string', value: 'ADDRESS', description: 'Without a file: where it listens.' },
    port: { type: 'string', value: 'N', description: 'Without a file: the port; 0 picks a free one.' },
    author: {
      type: 'string',
      value: 'NAME',
      description: 'Who changed the rules, if they changed (default: the user of the operating system).',
    },
    comment: { type: 'string', value: 'TEXT', description: 'Why the rules were changed.' },
  },
  details: `Runs until SIGTERM or SIGINT, then stops in order. At SIGHUP it reads the configuration again: only tenants and connectors that differ notice, and whatever is gone is withdrawn first. Without a file the configuration is in the data directory, changed in the portal or by the API, its secrets sealed. The log goes to standard error. Rules that differ from those of the last start become a new version: see "hookswitch policy list". ${keysHelp}`,
  async run(parsed, io) {
    const interrupted = io.interrupted()
    // Whose tenants other hubs have taken over begins as if it had just been started.
    const serving = { parsed, io, interrupted }
    for (let end = await serveOnce(serving); end === 'startAnew'; end = await serveAnew(serving))
      io.out('Other hubs have taken over what this one had. It starts anew.\n')
    return exitCodes.ok.code
  },
}
