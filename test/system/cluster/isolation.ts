import { spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { type Child, startChild, until } from '../support/child.ts'
import { findFreePort } from '../support/free-port.ts'

const program = fileURLToPath(new URL('./relay.ts', import.meta.url))

/** A place for one hub that can be cut off from everything else: packets are lost, and nobody is told. */
export interface Isolation {
  /** What stands before the command that starts the hub. */
  readonly prefix: readonly string[]
  /** This machine as it is reached from there without anybody in between; undefined where it is loopback alone. */
  readonly host: string | undefined
  /** Ports of 127.0.0.1 that the hub needs, and its own; answers where each is found from there. */
  connect(services: readonly number[], own: number): Promise<ReadonlyMap<number, number>>
  cut(): void
  heal(): void
  close(): Promise<void>
}

/** A network namespace behind a cable, where the machine allows (root, iproute2); else relays that can be stopped. */
export function makeIsolation(): Isolation {
  const cable = layCable()
  return cable ? inNamespace(cable) : behindRelays()
}

interface Cable {
  readonly namespace: string
  readonly near: string
  readonly nearHost: string
  readonly farHost: string
  remove(): void
}

function ip(...args: readonly string[]): boolean {
  return spawnSync('ip', args, { stdio: 'ignore' }).status === 0
}

/** Undefined where the machine does not allow it. */
function layCable(): Cable | undefined {
  const id = randomInt(0x1000, 0xffff).toString(16)
  const [namespace, near, far] = [`hookswitch-${id}`, `hs${id}a`, `hs${id}b`]
  if (!ip('netns', 'add', namespace)) return undefined
  // A net of its own for tests on one machine (RFC 2544: 198.18.0.0/15).
  const net = `198.${randomInt(18, 20)}.${randomInt(0, 256)}`
  const [nearHost, farHost] = [`${net}.1`, `${net}.2`]
  const isLaid =
    ip('link', 'add', near, 'type', 'veth', 'peer', 'name', far, 'netns', namespace) &&
    ip('addr', 'add', `${nearHost}/30`, 'dev', near) &&
    ip('link', 'set', near, 'up') &&
    ip('-n', namespace, 'addr', 'add', `${farHost}/30`, 'dev', far) &&
    ip('-n', namespace, 'link', 'set', far, 'up') &&
    ip('-n', namespace, 'link', 'set', 'lo', 'up')
  const remove = () => {
    ip('link', 'del', near)
    ip('netns', 'del', namespace)
  }
  if (isLaid) return { namespace, near, nearHost, farHost, remove }
  remove()
  return undefined
}

async function startRelay(prefix: readonly string[], ways: readonly string[]): Promise<Child> {
  const [command, ...args] = [...prefix, process.execPath, program, ...ways]
  const child = startChild(command!, args)
  await until(
    () => child.output().includes('ready'),
    () => `a relay to listen\n${child.output()}`,
    60_000,
  )
  return child
}

async function findPorts(services: readonly number[]): Promise<ReadonlyMap<number, number>> {
  const found = new Map<number, number>()
  for (const port of services) found.set(port, await findFreePort())
  return found
}

function inNamespace(cable: Cable): Isolation {
  const { namespace, near, nearHost, farHost } = cable
  const prefix = ['ip', 'netns', 'exec', namespace]
  const relays: Child[] = []
  return {
    ...{ prefix, host: nearHost },
    async connect(services, own) {
      const places = await findPorts(services)
      const inside = [...places.values()].map((at) => `127.0.0.1:${at}>${nearHost}:${at}`)
      const outside = [...places].map(([port, at]) => `${nearHost}:${at}>127.0.0.1:${port}`)
      relays.push(await startRelay(prefix, [...inside, `${farHost}:${own}>127.0.0.1:${own}`]))
      relays.push(await startRelay([], [...outside, `127.0.0.1:${own}>${farHost}:${own}`]))
      return places
    },
    cut: () => void ip('link', 'set', near, 'down'),
    heal: () => void ip('link', 'set', near, 'up'),
    async close() {
      await Promise.all(relays.map((one) => one.kill()))
      cable.remove()
    },
  }
}

function behindRelays(): Isolation {
  let relay: Child | undefined
  return {
    ...{ prefix: [], host: undefined },
    async connect(services) {
      const places = await findPorts(services)
      const ways = [...places].map(([port, at]) => `127.0.0.1:${at}>127.0.0.1:${port}`)
      relay = await startRelay([], ways)
      return places
    },
    cut: () => relay?.freeze(),
    heal: () => relay?.thaw(),
    close: async () => relay?.kill(),
  }
}
