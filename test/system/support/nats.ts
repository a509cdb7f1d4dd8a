import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Child, startChild, until } from './child.ts'
import { findFreePort } from './free-port.ts'

/** Debian's nats-server on a port of its own. */
export interface TestNats {
  readonly url: string
  /** Again on the same port, after it was killed. */
  start(): Promise<void>
  /** SIGKILL. */
  kill(): Promise<void>
  remove(): Promise<void>
}

const program = '/usr/sbin/nats-server'

/** One server, or one of several that know each other by their `routes`. */
async function startOne(args: readonly string[], port: number): Promise<TestNats> {
  const folder = mkdtempSync(join(tmpdir(), 'hookswitch-nats-'))
  let child: Child | undefined
  const server: TestNats = {
    url: `nats://127.0.0.1:${port}`,
    async start() {
      child = startChild(program, ['-a', '127.0.0.1', '-p', String(port), ...args], { cwd: folder })
      const own = child
      await until(
        async () => {
          if (!own.running()) throw new Error(`nats-server ended:\n${own.output()}`)
          return answers(port)
        },
        () => `nats-server to listen\n${own.output()}`,
      )
    },
    kill: async () => child?.kill(),
    async remove() {
      await child?.kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  await server.start()
  return server
}

export async function startNats(args: readonly string[] = []): Promise<TestNats> {
  return startOne(args, await findFreePort())
}

/** Servers of one cluster: a client of any reaches the clients of all. */
export async function startNatsCluster(size: number): Promise<readonly TestNats[]> {
  const places = await Promise.all(
    Array.from({ length: size }, async () => ({ port: await findFreePort(), route: await findFreePort() })),
  )
  const routes = places.map(({ route }) => `nats://127.0.0.1:${route}`).join(',')
  return Promise.all(
    places.map(({ port, route }) =>
      startOne(
        ['--cluster_name', 'test', '--cluster', `nats://127.0.0.1:${route}`, '--routes', routes],
        port,
      ),
    ),
  )
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    // The server speaks first.
    socket.once('data', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
