import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { expect, test, vi } from 'vitest'
import type { Log } from '../core/ports.ts'
import { openNatsBus } from './nats.ts'
import { isHeard } from './words.ts'

/** As much of a NATS server as one connection needs (docs.nats.io/reference/reference-protocols/nats-protocol). */
async function startServer() {
  const state = { refuses: false, refused: 0 }
  const sockets = new Set<Socket>()
  const info = { server_id: 'test', version: '2.10.0', headers: true, max_payload: 1_048_576, proto: 1 }
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    const subscribed = new Map<string, string>()
    let published: readonly string[] | undefined
    const deliver = ([subject = '', ...more]: readonly string[], body: string) => {
      const reply = more.length > 1 ? more[0] : undefined
      const found = [...subscribed].find(([, pattern]) => isHeard(pattern, subject))
      if (found)
        socket.write(`MSG ${subject} ${found[0]} ${reply ? `${reply} ` : ''}${body.length}\r\n${body}\r\n`)
      else if (reply) {
        const [id] = [...subscribed].find(([, pattern]) => isHeard(pattern, reply))!
        socket.write(`HMSG ${reply} ${id} 16 16\r\nNATS/1.0 503\r\n\r\n\r\n`)
      }
    }
    createInterface(socket).on('line', (line) => {
      if (!socket.writable) return
      const [word, ...rest] = line.split(' ')
      if (published) {
        deliver(published, line)
        published = undefined
      } else if (word === 'CONNECT' && state.refuses) {
        state.refused += 1
        socket.end("-ERR 'Authorization Violation'\r\n")
      } else if (word === 'PING') socket.write('PONG\r\n')
      else if (word === 'SUB') subscribed.set(rest.at(-1)!, rest[0]!)
      else if (word === 'PUB') published = rest
    })
    socket.write(`INFO ${JSON.stringify(info)}\r\n`)
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    ...{ state, url: `nats://127.0.0.1:${(server.address() as AddressInfo).port}` },
    cut: () => {
      for (const socket of sockets) socket.destroy()
    },
    close: () => server.close(),
  }
}

const within = { timeout: 10_000, interval: 20 }

test('a server that lets nobody in for a while is asked again until it does', async () => {
  const server = await startServer()
  const bus = await openNatsBus({ servers: [server.url], prefix: 'test', name: 'test' })
  bus.answer('ping', () => true)
  server.state.refuses = true
  server.cut()
  await vi.waitFor(() => expect(server.state.refused).toBeGreaterThan(2), within)
  expect(bus.connected).toBe(false)
  await expect(openNatsBus({ servers: [server.url], prefix: 'test', name: 'new' })).rejects.toThrow(
    'See that they run, and that the account is right',
  )
  server.state.refuses = false
  await vi.waitFor(async () => expect(await bus.ask('ping', null, 1_000)).toBe(true), within)
  await bus.close()
  server.close()
})

test('a message that whoever hears it cannot take leaves the others theirs', async () => {
  const server = await startServer()
  const errors: string[] = []
  const log: Log = {
    ...{ debug: () => {}, info: () => {}, warn: () => {}, with: () => log },
    error: (text) => void errors.push(text),
  }
  const bus = await openNatsBus({ servers: [server.url], prefix: 'test', name: 'test', log })
  const heard: unknown[] = []
  bus.hear('told', (message) => {
    heard.push((message as { readonly text: string }).text.length)
  })
  bus.tell('told', {})
  bus.tell('told', { text: 'four' })
  await vi.waitFor(() => expect(heard).toEqual([4]), { timeout: 1_000, interval: 20 })
  expect(errors).toHaveLength(1)
  await bus.close()
  server.close()
})
