import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import Database from 'better-sqlite3'
import { makeCertificate } from '../../../src/lab/certificate.ts'
import { type Child, startChild, until } from './child.ts'
import { findFreePort } from './free-port.ts'

const template = new URL('../../fixtures/kamailio/kamailio.cfg', import.meta.url)
const tables = '/usr/share/kamailio/db_sqlite'

/** A real Kamailio: registrar, proxy and presence server for pbx.test on private ports of 127.0.0.1. */
export interface Kamailio {
  readonly port: number
  readonly tlsPort: number
  /** PEM file of its self-signed certificate. */
  readonly caFile: string
  readonly domain: 'pbx.test'
  log(): string
  /** As a crash: calls and subscriptions are forgotten, publications stay in its database if it has one. */
  kill(): Promise<void>
  start(): Promise<void>
  /** Ends it and removes its files. */
  stop(): Promise<void>
}

export const passwordOf = (user: string) => `secret-${user}`

const attempts = 4

interface Choices {
  /** How people prove who they are. */
  readonly digest?: 'MD5' | 'SHA-256'
  /** Another address of this machine that it is reached at over TCP. */
  readonly alsoAt?: string | undefined
  /**
   * Publications outlive a restart, and presence documents are told to watchers, of which Kamailio 5.6 makes empty ones from its
   * memory; on a busy machine some are lost, since its processes find the database locked.
   */
  readonly keepsPublications?: boolean
  /** How long it waits for an answer, milliseconds. Whoever has not answered a NOTIFY by then is not told any more. */
  readonly answerMs?: number
}

/**
 * `lifetime`: seconds that Kamailio's own publications live without being renewed. Should somebody take a port between
 * the choice and the start, others are tried.
 */
export async function startKamailio(
  lifetime = 20,
  pickPort = findFreePort,
  { digest = 'MD5', alsoAt, keepsPublications = false, answerMs = 5_000 }: Choices = {},
): Promise<Kamailio> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await tryStart({ lifetime, digest, alsoAt, keepsPublications, answerMs }, pickPort)
    } catch (error) {
      if (!(error instanceof PortTaken) || attempt === attempts) throw error
    }
  }
}

/** In memory where that is a file system: while Kamailio waits for a disk it refuses what is published. */
const runsIn = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

class PortTaken extends Error {}

interface Wishes {
  readonly lifetime: number
  readonly digest: string
  readonly alsoAt: string | undefined
  readonly keepsPublications: boolean
  readonly answerMs: number
}

async function tryStart(wishes: Wishes, pickPort: typeof findFreePort): Promise<Kamailio> {
  const run = await mkdtemp(join(runsIn, 'hookswitch-kamailio-'))
  const port = await pickPort()
  const tlsPort = await pickPort()
  let child: Child | undefined
  const start = async () => {
    const args = ['-DD', '-E', '-m', '64', '-M', '8', '-f', join(run, 'kamailio.cfg'), '-w', run, '-Y', run]
    const started = startChild('kamailio', args)
    child = started
    await until(async () => {
      if (!started.running()) throw explainEnd(started)
      return hasCertificate(tlsPort, await readFile(join(run, 'server.pem')))
    }, 'Kamailio to listen')
  }
  const stop = async () => {
    await child?.stop()
    await rm(run, { recursive: true, force: true })
  }
  try {
    await createDatabase(join(run, 'presence.sqlite'))
    await writeConfig(run, { port, tlsPort, ...wishes })
    await start()
  } catch (error) {
    await stop()
    throw error
  }
  return {
    ...{ port, tlsPort, caFile: join(run, 'server.pem'), domain: 'pbx.test', start, stop },
    kill: async () => child?.kill(),
    log: () => child?.output() ?? '',
  }
}

function explainEnd(child: Child): Error {
  const output = child.output()
  const what = `Kamailio ended at once:\n${output}`
  return /address already in use/i.test(output) ? new PortTaken(what) : new Error(what)
}

async function writeConfig(
  run: string,
  about: Wishes & { readonly port: number; readonly tlsPort: number },
): Promise<void> {
  const { certificate, privateKey } = await makeCertificate({ name: 'pbx.test' })
  await writeFile(join(run, 'server.pem'), certificate)
  await writeFile(join(run, 'server.key'), privateKey)
  const words: Readonly<Record<string, string>> = {
    PORT: String(about.port),
    TLSPORT: String(about.tlsPort),
    RUN: run,
    MODULES: await findModules(),
    LIFETIME: String(about.lifetime),
    DIGEST: about.digest,
    CACHE: about.keepsPublications ? '0' : '2',
    ANSWER: String(about.answerMs),
    ALSO: about.alsoAt === undefined ? '' : `listen=tcp:${about.alsoAt}:${about.port}`,
  }
  const config = (await readFile(template, 'utf8')).replace(/@@([A-Z]+)@@/g, (_, word) => words[word] ?? '')
  await writeFile(join(run, 'kamailio.cfg'), config)
}

async function createDatabase(path: string): Promise<void> {
  const database = new Database(path)
  // Its processes write at the same time; without this one of them finds the database locked.
  database.pragma('journal_mode = WAL')
  for (const name of ['standard', 'presence']) {
    database.exec(await readFile(join(tables, `${name}-create.sql`), 'utf8'))
  }
  database.close()
}

async function findModules(): Promise<string> {
  for (const folder of await readdir('/usr/lib')) {
    const modules = `/usr/lib/${folder}/kamailio/modules/`
    const found: readonly string[] = await readdir(modules).catch(() => [])
    if (found.includes('presence.so')) return modules
  }
  throw new Error("Kamailio's modules are not installed; run scripts/apt-packages.sh as root.")
}

/** Only this Kamailio shows its certificate: whoever else answers at a port is not taken for it. It listens at all or none. */
function hasCertificate(port: number, ca: Buffer): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, ca, checkServerIdentity: () => undefined })
    socket.once('secureConnect', () => socket.end(() => resolve(true)))
    socket.once('error', () => resolve(false))
    socket.once('close', () => resolve(false))
  })
}
