import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Child, startChild } from './child.ts'
import { findFreePort } from './free-port.ts'
import { passwordOf } from './kamailio.ts'

const scenarios = new URL('../../fixtures/kamailio/sipp/', import.meta.url)

export interface SippRun {
  readonly scenario: 'register' | 'call' | 'answer' | 'publish' | 'features' | 'feature-server'
  /** Port of the PBX on 127.0.0.1. */
  readonly pbx: number
  /** The phone's own extension. */
  readonly extension: string
  /** The extension called or published; default its own. */
  readonly to?: string
  /** Pause between the steps, milliseconds. */
  readonly pauseMs?: number
  /** Default `pbx.test`; only for a scenario that takes it. */
  readonly domain?: string
  /** How often it is run through; default once. */
  readonly times?: number
  /** The phone's port; default a free one. */
  readonly port?: number
}

/** Runs one of our scenarios once on a real SIPp. `ended` is 0 when every step went as written. */
export async function startSipp(run: SippRun): Promise<Child> {
  const folder = await mkdtemp(join(tmpdir(), 'hookswitch-sipp-'))
  const { extension, to = extension, pauseMs = 0, domain = 'pbx.test' } = run
  const credentials = `[authentication username=${extension} password=${passwordOf(extension)}]`
  await writeFile(join(folder, 'phone.csv'), `SEQUENTIAL\n${extension};${credentials};${domain}\n`)
  const port = run.port ?? (await findFreePort())
  const args = [
    ...['-sf', new URL(`${run.scenario}.xml`, scenarios).pathname, '-inf', join(folder, 'phone.csv')],
    ...['-i', '127.0.0.1', '-mi', '127.0.0.1', '-p', String(port), '-s', to, '-d', String(pauseMs)],
    ...[
      '-m',
      String(run.times ?? 1),
      '-timeout',
      '40',
      '-timeout_error',
      '-nostdin',
      '-trace_err',
      '-error_file',
      join(folder, 'errors'),
    ],
    `127.0.0.1:${run.pbx}`,
  ]
  const child = startChild('sipp', args, { cwd: folder, env: { ...process.env, TERM: 'dumb' } })
  void child.ended.then(() => rm(folder, { recursive: true, force: true }))
  return child
}

/** A phone that has registered from a port where it can then answer. */
export async function registerPhone(pbx: number, extension: string): Promise<number> {
  const port = await findFreePort()
  const child = await startSipp({ scenario: 'register', pbx, extension, port })
  if ((await child.ended) !== 0) throw new Error(`${extension} could not register:\n${child.output()}`)
  return port
}
