import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { enrolSite } from './enrol-site.ts'

const code = `contoso.${'c'.repeat(24)}`
const later = { t: 'refused', code: 'later', reason: 'The tenant is changing hands. It is tried again.' }
const hubs: WebSocketServer[] = []
afterEach(() => {
  for (const hub of hubs.splice(0)) hub.close()
})

/** A hub that answers one enrolment after the other. */
async function startHub(...answers: readonly object[]) {
  const left = [...answers]
  const keys: string[] = []
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  hubs.push(server)
  server.on('connection', (socket) => {
    socket.send(JSON.stringify({ t: 'challenge', nonce: 'n', protocol: 1, version: '0.1.0' }))
    socket.on('message', (data) => {
      const asked = JSON.parse(String(data)) as { readonly key: string; readonly code: string }
      keys.push(`${asked.code} ${asked.key}`)
      socket.send(JSON.stringify(left.shift()))
    })
  })
  await new Promise((resolve) => server.once('listening', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, keys }
}

test('a site whose tenant changes hands just now is enrolled when that is over, with the same code and key', async () => {
  const hub = await startHub(later, later, { t: 'enrolled', site: 'office', connectors: ['pbx'] })
  const said: string[] = []
  const place = await enrolSite([hub.url], code, (text) => said.push(text))
  expect(place).toMatchObject({ tenant: 'contoso', site: 'office', connectors: ['pbx'], hubs: [hub.url] })
  expect(said).toEqual([`${later.reason}\n`])
  expect(hub.keys).toHaveLength(3)
  expect(new Set(hub.keys).size).toBe(1)
})

test('a code that lets nobody in ends the command at once; a hub that cannot be reached is passed over', async () => {
  const hub = await startHub({ t: 'refused', code: 'code', reason: 'The code is wrong.' })
  const never = () => expect.unreachable()
  await expect(enrolSite(['http://127.0.0.1:1', hub.url], code, never)).rejects.toMatchObject({
    ...{ message: 'The code is wrong.', exit: 'noPermission' },
  })
  await expect(enrolSite(['http://127.0.0.1:1'], code, never)).rejects.toMatchObject({
    ...{ message: expect.stringContaining('cannot be reached'), exit: 'unavailable' },
  })
})
