import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { openOutbound } from '../../apps/hub/outbound.ts'
import type { Clock } from '../../core/ports.ts'
import { openSocket, SocketRefusal } from './web-socket.ts'

const { network } = openOutbound()
const machine: Clock = {
  wall: () => Date.now(),
  monotonic: () => performance.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs)
    return { cancel: () => clearTimeout(timer) }
  },
}

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function serve(autoPong = true) {
  const http = createServer()
  const sockets = new WebSocketServer({ server: http, autoPong })
  closers.push(() => {
    for (const client of sockets.clients) client.terminate()
  })
  return { http, sockets }
}

function ask(url: string, heard: string[] = [], pingMs = 1000, stopped = new AbortController().signal) {
  const headers = { authorization: 'Bearer one' }
  return openSocket({
    ...{ clock: machine, network, url, headers, timeoutMs: 5000, pingMs, stopped },
    heard: (text) => void heard.push(text),
  })
}

test('text goes both ways, with the headers given', async () => {
  const { http, sockets } = serve()
  const url = await listen(http)
  const connected = once(sockets, 'connection')
  const heard: string[] = []
  const line = await ask(url, heard)
  const [server, request] = await connected
  expect(request.headers.authorization).toBe('Bearer one')
  const arrived = once(server, 'message')
  line.send('to the system')
  expect(String((await arrived)[0])).toBe('to the system')
  server.send(Buffer.from([1, 2, 3]))
  server.send('to us')
  await expect.poll(() => heard).toEqual(['to us'])
  server.close(1001)
  expect(await line.closed).toContain('1001')
})

test('a refused upgrade tells its status and how long to wait', async () => {
  const http = createServer()
  http.on('upgrade', (_request, socket) => {
    socket.end('HTTP/1.1 503 Busy\r\nRetry-After: 7\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')
  })
  const refusal = await ask(await listen(http)).catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(SocketRefusal)
  expect(refusal).toMatchObject({ status: 503, retryAfterMs: 7000 })
})

test('a partner that answers no ping is gone', async () => {
  const { http } = serve(false)
  const line = await ask(await listen(http), [], 20)
  expect(await line.closed).toBe('the WebSocket no longer answers')
})

test('nobody there, and a stop meanwhile, are refusals', async () => {
  await expect(ask('ws://127.0.0.1:1')).rejects.toThrow('refused')
  await expect(ask('ws://127.0.0.1:1', [], 1000, AbortSignal.abort())).rejects.toThrow('stopping')
})
