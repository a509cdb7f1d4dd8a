import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { type HostAddress, HostRefusal, type Network } from '../../core/network.ts'
import { LabClock } from '../../lab/clock.ts'
import { explainFailure } from './sip/explain.ts'
import { openWire } from './sip/open-wire.ts'
import { openTcp } from './tcp.ts'
import { openSocket } from './web-socket.ts'

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

/** Names that stand for nothing elsewhere: only what the network says leads anywhere. */
const network: Network = {
  async find(host): Promise<readonly HostAddress[]> {
    if (host !== 'pbx.invalid') throw new HostRefusal(host)
    return [{ address: '127.0.0.1', family: 4 }]
  },
}
const clock = new LabClock()
const stopped = new AbortController().signal

async function listen() {
  let connections = 0
  const server = createServer((socket) => {
    connections += 1
    socket.on('error', () => {}).destroy()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => server.close())
  return { port: (server.address() as AddressInfo).port, count: () => connections }
}

test('TCP and TLS go to the address that was checked, and nowhere else', async () => {
  const { port, count } = await listen()
  const context = { clock, stopped, network }
  const socket = await openTcp({ host: 'pbx.invalid', port, tls: false }, context)
  closers.push(() => socket.destroy())
  expect(socket.remoteAddress).toBe('127.0.0.1')
  for (const tls of [false, true]) {
    await expect(openTcp({ host: '127.0.0.1', port, tls }, context)).rejects.toMatchObject({
      kind: 'not-ready',
      message: `127.0.0.1:${port} cannot be reached: this hub does not connect to the network that 127.0.0.1 is in`,
      fix: expect.stringContaining('network.allow'),
    })
  }
  expect(count()).toBe(1)
})

test('a WebSocket is refused before it is opened, and the reason names no token', async () => {
  const { port, count } = await listen()
  const ask = (host: string) =>
    openSocket({
      ...{
        clock,
        network,
        stopped,
        url: `ws://${host}:${port}/?token=secret`,
        timeoutMs: 5000,
        pingMs: 1000,
      },
      heard() {},
    }).catch((error: Error) => error.message)
  expect(await ask('[::1]')).toBe('this hub does not connect to the network that ::1 is in')
  expect(count()).toBe(0)
  expect(await ask('pbx.invalid')).toBe('the WebSocket could not be connected')
  expect(count()).toBe(1)
})

test.each(['udp', 'tcp', 'tls'] as const)('SIP by %s is refused in words', async (transport) => {
  const { port, count } = await listen()
  const options = { transport, host: '127.0.0.1', port, domain: 'x', clock, network, connectMs: 5000 }
  const error = await openWire(options, { message() {}, down() {} }).catch((refused: unknown) => refused)
  const account = { ...options, username: 'u', password: 'p', register: false, expires: 1, keepAliveMs: 1 }
  expect(explainFailure(error, { ...account, caFile: undefined })).toMatchObject({
    kind: 'not-ready',
    message: expect.stringContaining('this hub does not connect to the network'),
  })
  expect(count()).toBe(0)
})
