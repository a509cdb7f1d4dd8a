import { createServer, type Server } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { afterEach, expect, test } from 'vitest'
import { openOutbound } from '../../apps/hub/outbound.ts'
import { makeCertificate } from '../../lab/certificate.ts'
import { LabClock } from '../../lab/clock.ts'
import { isLoopback, openTcp, type TcpTarget } from './tcp.ts'

const { network } = openOutbound()
const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

async function listen(server: Server): Promise<TcpTarget> {
  servers.push(server)
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  return { host: '127.0.0.1', port: typeof address === 'object' && address ? address.port : 0, tls: false }
}

const open = (target: TcpTarget, stopped = new AbortController().signal) =>
  openTcp(target, { clock: new LabClock(), network, stopped })

test('what is said at once after the connection is heard', async () => {
  const target = await listen(createServer((socket) => socket.end('hello')))
  const socket = await open(target)
  const heard = await new Promise<string>((resolve) => {
    socket.once('data', (chunk: Buffer) => resolve(String(chunk)))
  })
  socket.destroy()
  expect(heard).toBe('hello')
})

test('a closed port is not ready, and says which', async () => {
  const target = await listen(createServer())
  servers.splice(0)[0]!.close()
  await expect(open(target)).rejects.toMatchObject({
    kind: 'not-ready',
    message: expect.stringContaining(`127.0.0.1:${target.port}`),
  })
})

test('TLS needs a certificate that is trusted, by its name', async () => {
  const { certificate, privateKey } = await makeCertificate()
  const server = createTlsServer({ cert: certificate, key: privateKey }, (socket) => socket.end())
  server.on('tlsClientError', () => {})
  const target = { ...(await listen(server)), tls: true }
  await expect(open(target)).rejects.toMatchObject({ kind: 'misconfigured', fix: expect.any(String) })
  const wrong = { ...target, ca: certificate, serverName: 'pbx.example.com' }
  await expect(open(wrong)).rejects.toMatchObject({ kind: 'misconfigured' })
  const socket = await open({ ...target, ca: certificate, serverName: 'localhost' })
  socket.destroy()
})

test('whoever stops while it connects is let go at once', async () => {
  const target = await listen(createServer())
  await expect(open(target, AbortSignal.abort())).rejects.toMatchObject({ kind: 'not-ready' })
})

test.each([
  ['localhost', true],
  ['127.0.0.53', true],
  ['::1', true],
  ['10.0.0.1', false],
  ['127.example.com', false],
])('%s is this machine: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected)
})
