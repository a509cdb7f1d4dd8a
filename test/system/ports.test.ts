import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { findFreePort } from './support/free-port.ts'
import { startKamailio } from './support/kamailio.ts'

/** A port that somebody listens at. */
async function takePort() {
  const port = await findFreePort()
  const server = createServer((socket) => socket.destroy()).listen(port, '127.0.0.1')
  await once(server, 'listening')
  return { port, stop: () => new Promise((done) => server.close(done)) }
}

test('ports that were picked at the same time are different ones, each free', async () => {
  const ports = await Promise.all(Array.from({ length: 200 }, findFreePort))
  expect(new Set(ports).size).toBe(200)
})

test('a Kamailio whose port was taken in the meantime starts at another one', async () => {
  const taken = await takePort()
  const picked: number[] = []
  const pick = async () => {
    const port = picked.length === 0 ? taken.port : await findFreePort()
    picked.push(port)
    return port
  }
  const kamailio = await startKamailio(20, pick)
  try {
    expect(kamailio.port).not.toBe(taken.port)
    expect(picked).toHaveLength(4)
  } finally {
    await kamailio.stop()
    await taken.stop()
  }
})
