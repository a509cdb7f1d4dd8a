import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { ResolvedConfig } from '../../config/resolved.ts'
import { createLog } from '../../observe/log.ts'
import { ensureBoard } from './board-build.ts'
import { type Command, type Io, isSet, type Parsed, textOf } from './command.ts'
import { CliError, exitCodes } from './exit-codes.ts'
import { readSystems, withOption } from './lab.ts'
import { type LabPlaces, labConfig, systemIds } from './lab-config.ts'
import { labSystems } from './lab-systems.ts'
import { loadConfigFile } from './load-config.ts'
import { describeStartFailure, stopInTime } from './serve.ts'

const program = fileURLToPath(new URL('../../../bin/hookswitch.js', import.meta.url))

interface RunningLab {
  readonly places: LabPlaces
  /** Resolves when the lab ends by itself. */
  readonly ended: Promise<void>
  stop(): Promise<void>
}

/** The lab in a process of its own, as real systems are. It ends with us, however we end: its channel closes. */
async function startLabProcess(systems: readonly string[]): Promise<RunningLab> {
  const more = systems.length > 0 ? ['--with', systems.join(',')] : []
  const child: ChildProcess = spawn(process.execPath, [program, 'lab', '--json', ...more], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    // Out of reach of the terminal's Ctrl+C: the hub, which takes back what it wrote, must end first.
    detached: true,
  })
  const exited = once(child, 'exit').then(() => {})
  const first = await Promise.race([
    once(createInterface({ input: child.stdout! }), 'line').then(([line]) => String(line)),
    exited.then(() => undefined),
  ])
  if (first === undefined) throw new CliError('unavailable', 'The lab did not start.')
  return {
    places: JSON.parse(first) as LabPlaces,
    ended: exited,
    stop: async () => {
      if (child.exitCode === null && child.connected) child.disconnect()
      await exited
    },
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}

const usualPort = 8080

/** @throws CliError for what is no port; undefined where none was named. */
function readPort(parsed: Parsed): number | undefined {
  const text = textOf(parsed, 'port')
  if (text === undefined) return undefined
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text)
  throw new CliError('usage', `--port ${text} is not a port; it must be a number from 0 to 65535.`)
}

/**
 * npm hands SIGTERM to the shell in between, which ends without telling us: once npm has started us, we end with it.
 * Never settles otherwise.
 */
function abandoned({ env }: Io): Promise<'abandoned'> {
  const parent = process.ppid
  return new Promise((resolve) => {
    if (env.npm_lifecycle_event === undefined) return
    const timer = setInterval(() => {
      if (process.ppid === parent) return
      clearInterval(timer)
      resolve('abandoned')
    }, 500)
    timer.unref()
  })
}

/** Systems that connect by themselves learn where the hub is. */
async function joinHub({ systems }: LabPlaces, config: ResolvedConfig, hubUrl: string): Promise<void> {
  const ids = systemIds(Object.keys(systems))
  for (const tenant of config.tenants) {
    for (const [name, address] of Object.entries(systems)) {
      await labSystems[name]!.join?.(address, `${hubUrl}/hooks/${tenant.id}/${ids.get(name)}`)
    }
  }
}

async function runHub(lab: RunningLab, folder: string, settings: { io: Io; parsed: Parsed }): Promise<void> {
  const { io, parsed } = settings
  const file = join(folder, 'hookswitch.yaml')
  const port = readPort(parsed) ?? ((await isFree(usualPort)) ? usualPort : 0)
  writeFileSync(file, labConfig(lab.places, { port, data: './data' }))
  const config = loadConfigFile(file, io)
  const log = createLog({ level: isSet(parsed, 'verbose') ? 'info' : 'warn' })
  const interrupted = io.interrupted()
  const { startHub } = await import('../hub.ts')
  const hub = await startHub(config, { log, labUrl: lab.places.controlUrl }).catch((error: unknown) => {
    throw describeStartFailure(error)
  })
  try {
    await joinHub(lab.places, config, hub.url)
    io.out(`\n  Hookswitch, with an emulated Microsoft 365 and PBX: ${hub.url}\n\n  Ctrl+C ends it.\n\n`)
    const reason = await Promise.race([interrupted, abandoned(io), lab.ended.then(() => 'lab ended')])
    if (reason === 'lab ended') throw new CliError('unavailable', 'The lab has ended; so does the demo.')
  } finally {
    await stopInTime(() => hub.stop())
  }
}

export const demo: Command = {
  name: 'demo',
  summary: 'Try it: the hub beside emulated systems, with a dozen people.',
  options: {
    port: {
      type: 'string',
      value: 'PORT',
      description: `Of the board (default: ${usualPort}, or a free one).`,
    },
    with: withOption,
    verbose: { type: 'boolean', description: 'Log what happens, to standard error.' },
  },
  details: 'Nothing is kept: each demo begins anew. Runs until SIGTERM or SIGINT.',
  async run(parsed, io) {
    const systems = readSystems(parsed)
    // Told before the board is built.
    readPort(parsed)
    const missing = await ensureBoard((text) => io.err(text))
    if (missing !== undefined) io.err(`There will be no board, only the API: ${missing}.\n`)
    const folder = mkdtempSync(join(tmpdir(), 'hookswitch-demo-'))
    try {
      const lab = await startLabProcess(systems)
      try {
        await runHub(lab, folder, { io, parsed })
      } finally {
        await lab.stop()
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
    return exitCodes.ok.code
  },
}
