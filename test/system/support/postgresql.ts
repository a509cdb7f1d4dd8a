import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import type { PostgresqlServer } from '../../../src/store/postgresql/server.ts'
import { findFreePort } from './free-port.ts'

/** Debian keeps each version's programs in a folder of its own. */
const versions = '/usr/lib/postgresql'
const account = 'postgres'
/** Nothing that a test asks takes longer, unless the server is on its way down or up: then it is asked again. Milliseconds. */
const answerMs = 20_000

/** A real server with data, port and socket of its own. */
export interface TestServer {
  readonly port: number
  readonly folder: string
  /** As the account that owns the server; of a database that `database` made, or the first one. */
  url(database?: string): string
  /** A database of its own name with an empty schema. */
  store(schema?: string): Promise<PostgresqlServer>
  /** Asks as the owner. */
  ask(text: string, database?: string): Promise<readonly Record<string, unknown>[]>
  /** Begins to accept connections; also after a stop. */
  start(): Promise<void>
  /** `immediate` is a crash: nothing is written before the end. */
  stop(how: 'fast' | 'immediate'): Promise<void>
  remove(): Promise<void>
}

let lastDatabase = 0

/** Makes and starts a server, as Debian's account `postgres` where the tests are root: it refuses to run as root. */
export async function startPostgresql(settings: Readonly<Record<string, string>> = {}): Promise<TestServer> {
  const programs = join(versions, newestVersion(), 'bin')
  const folder = mkdtempSync(join(tmpdir(), 'hookswitch-pg-'))
  const ids = process.getuid?.() === 0 ? idsOf(account) : {}
  if (ids.uid !== undefined) chownSync(folder, ids.uid, ids.gid ?? ids.uid)
  chmodSync(folder, 0o700)
  const data = join(folder, 'data')
  const run = (program: string, args: readonly string[]) => {
    const done = spawnSync(join(programs, program), args, { ...ids, cwd: folder, encoding: 'utf8' })
    if (done.status !== 0) throw new Error(`${program}: ${done.stdout}${done.stderr}`)
  }
  run('initdb', ['-D', data, '-U', account, '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'])
  const port = await findFreePort()
  const lines = {
    port: String(port),
    listen_addresses: "'127.0.0.1'",
    unix_socket_directories: `'${folder}'`,
    shared_buffers: '64MB',
    ...settings,
  }
  const conf = Object.entries(lines).map(([name, value]) => `${name} = ${value}\n`)
  // The owner is let in; everybody else has to know a password.
  const ways = [
    'local all all trust',
    `host all ${account} 127.0.0.1/32 trust`,
    'host all all 127.0.0.1/32 scram-sha-256',
  ]
  writeFileSync(join(data, 'pg_hba.conf'), `${ways.join('\n')}\n`)
  writeFileSync(join(data, 'postgresql.auto.conf'), conf.join(''), { mode: 0o644 })
  let child: ReturnType<typeof spawn> | undefined
  const url = (database = account) => `postgresql://${account}@127.0.0.1:${port}/${database}`

  const server: TestServer = {
    port,
    folder,
    url,
    async store(schema = 'hookswitch') {
      const name = `hub${++lastDatabase}`
      await server.ask(`create database ${name}`)
      return { url: url(name), schema, poolSize: 3, tls: 'auto' }
    },
    async ask(text, database) {
      const client = new Client({
        connectionString: url(database),
        connectionTimeoutMillis: answerMs,
        query_timeout: 6 * answerMs,
      })
      // A server that stops ends the connection in its own way.
      client.on('error', () => {})
      await client.connect()
      try {
        return (await client.query(text)).rows as readonly Record<string, unknown>[]
      } finally {
        // Of a connection that is gone already, nobody tells the end.
        await Promise.race([client.end(), new Promise((resolve) => setTimeout(resolve, 1_000).unref())])
      }
    },
    async start() {
      child = spawn(join(programs, 'postgres'), ['-D', data], { ...ids, cwd: folder, stdio: 'ignore' })
      const own = child
      for (;;) {
        if (own.exitCode !== null) throw new Error(`postgres ended with ${own.exitCode}`)
        const answered = await server.ask('select 1').catch(() => undefined)
        if (answered) return
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    },
    async stop(how) {
      const own = child
      if (!own || own.exitCode !== null) return
      const ended = once(own, 'exit')
      // https://www.postgresql.org/docs/15/server-shutdown.html
      own.kill(how === 'fast' ? 'SIGINT' : 'SIGQUIT')
      await ended
    },
    async remove() {
      await server.stop('immediate')
      rmSync(folder, { recursive: true, force: true })
    },
  }
  await server.start()
  return server
}

function newestVersion(): string {
  const found = existsSync(versions) ? readdirSync(versions).sort((a, b) => Number(b) - Number(a)) : []
  if (found[0] === undefined)
    throw new Error(`There is no PostgreSQL in ${versions}. Run scripts/apt-packages.sh as root`)
  return found[0]
}

function idsOf(name: string): { uid?: number; gid?: number } {
  const read = (flag: string) => Number(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout)
  return { uid: read('-u'), gid: read('-g') }
}
