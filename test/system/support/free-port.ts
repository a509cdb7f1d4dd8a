import { randomInt } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Below the ports that Linux gives to connections and to whoever asks for any port (32768 and up). */
const lowest = 12_000
const highest = 32_000

/** One file per port with the process that has it, for all test runs of this machine. */
const claims = join(tmpdir(), 'hookswitch-test-ports')
const own = new Set<number>()
mkdirSync(claims, { recursive: true })
dropDeadClaims()
process.once('exit', () => {
  for (const port of own) rmSync(join(claims, String(port)), { force: true })
})

/** A port of 127.0.0.1 that is free for TCP and UDP, and that no other test on this machine gets while this one runs. */
export async function findFreePort(): Promise<number> {
  for (;;) {
    const port = randomInt(lowest, highest)
    if (claim(port) && (await isTcpFree(port)) && (await isUdpFree(port))) return port
  }
}

function claim(port: number): boolean {
  try {
    writeFileSync(join(claims, String(port)), String(process.pid), { flag: 'wx' })
    own.add(port)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return false
  }
}

/** Of test runs that were killed. */
function dropDeadClaims(): void {
  for (const name of readdirSync(claims)) {
    try {
      const pid = Number(readFileSync(join(claims, name), 'utf8'))
      // Just being written: not to be touched.
      if (pid > 0 && !isRunning(pid)) rmSync(join(claims, name), { force: true })
    } catch {
      // Another run has dropped it.
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function isTcpFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}

function isUdpFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4')
    socket.once('error', () => resolve(false))
    socket.bind(port, '127.0.0.1', () => socket.close(() => resolve(true)))
  })
}
