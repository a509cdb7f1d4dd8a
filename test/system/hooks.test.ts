import { once } from 'node:events'
import { request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { Delivery, ProgramSocket } from '../../src/core/connector.ts'
import { type RunningHttp, startHttp } from '../../src/http/server.ts'
import { systemClock } from '../../src/observe/clock.ts'
import { createScriptedHub } from './api-scripted-hub.ts'

const quiet = () => {}
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet, with: () => log }

let http: RunningHttp
const received: Delivery[] = []
const sockets: ProgramSocket[] = []
const heard: string[] = []
let ended = 0

beforeAll(async () => {
  http = await startHttp({
    hub: createScriptedHub(),
    deliveries: {
      receive(tenant, connector, delivery) {
        if (tenant !== 'contoso' || connector !== 'pbx') return undefined
        received.push(delivery)
        return Promise.resolve({ status: 202, headers: { 'x-seen': 'yes' }, body: 'taken' })
      },
      accept(tenant, connector) {
        if (tenant !== 'contoso' || connector !== 'agents') return undefined
        return (socket) => {
          sockets.push(socket)
          socket.listen({
            heard: (text) => {
              heard.push(text)
              socket.send(`you said ${text}`)
            },
            ended: () => {
              ended += 1
            },
          })
        }
      },
    },
    host: '127.0.0.1',
    port: 0,
    tokens: [],
    clock: systemClock(),
    log,
    version: '0',
  })
})

afterAll(() => http.close())

const socketUrl = (path: string) => `${http.url.replace('http', 'ws')}${path}`

test('a delivery reaches its connector byte for byte, with path, query and headers', async () => {
  const body = Buffer.from([0xff, 0x00, 0x7b, 0x22, 0x80])
  const answer = await fetch(`${http.url}/hooks/contoso/pbx/calls/7?secret=s&secret=t`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-strange', 'X-Signature': 'abc' },
    body,
  })
  expect([answer.status, answer.headers.get('x-seen'), await answer.text()]).toEqual([202, 'yes', 'taken'])
  const last = received.at(-1)!
  expect(last).toMatchObject({ method: 'POST', path: 'calls/7', query: { secret: 't' } })
  expect(last.headers).toMatchObject({ 'x-signature': 'abc' })
  expect(Buffer.from(last.body)).toEqual(body)
})

test('what is no JSON, has no body or comes by the public name is delivered as well', async () => {
  expect((await fetch(`${http.url}/hooks/contoso/pbx`)).status).toBe(202)
  expect(received.at(-1)!.body).toHaveLength(0)
  const broken = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"a":' }
  expect((await fetch(`${http.url}/hooks/contoso/pbx`, broken)).status).toBe(202)
  const named = request(`${http.url}/hooks/contoso/pbx`, { headers: { host: 'hub.contoso.example' } })
  named.end()
  const [answer] = await once(named, 'response')
  answer.resume()
  expect(answer.statusCode).toBe(202)
})

test('an unknown tenant, an unknown connector and too much are refused, alike for what does not exist', async () => {
  const missing = await fetch(`${http.url}/hooks/contoso/nothing`, { method: 'POST' })
  const foreign = await fetch(`${http.url}/hooks/nobody/pbx`, { method: 'POST' })
  expect([missing.status, foreign.status]).toEqual([404, 404])
  expect(await missing.text()).toBe(await foreign.text())
  const before = received.length
  const tooMuch = await fetch(`${http.url}/hooks/contoso/pbx`, {
    method: 'POST',
    body: Buffer.alloc(1024 * 1024 + 1),
  })
  expect(tooMuch.status).toBe(413)
  expect(received).toHaveLength(before)
})

test('a program talks over a WebSocket, and its end is told once', async () => {
  const program = new WebSocket(socketUrl('/hooks/contoso/agents/v1?name=desk'), {
    headers: { authorization: 'Bearer x' },
  })
  await once(program, 'open')
  expect(sockets.at(-1)!.request).toMatchObject({
    path: 'v1',
    query: { name: 'desk' },
    headers: { authorization: 'Bearer x' },
  })
  program.send('hello')
  const [data] = await once(program, 'message')
  expect(String(data)).toBe('you said hello')
  program.terminate()
  await expect.poll(() => ended).toBe(1)
})

test('a WebSocket nobody takes is refused with 404, also at other addresses', async () => {
  for (const path of ['/hooks/contoso/pbx', '/hooks/nobody/agents', '/api/v1/events', '/']) {
    const program = new WebSocket(socketUrl(path))
    const [error] = await once(program, 'error')
    expect(String(error)).toContain('404')
  }
})

test('binary frames are refused, oversized ones end the connection', async () => {
  const program = new WebSocket(socketUrl('/hooks/contoso/agents'))
  await once(program, 'open')
  program.send(Buffer.from([1]))
  const [code] = await once(program, 'close')
  expect(code).toBe(1003)
  const greedy = new WebSocket(socketUrl('/hooks/contoso/agents'))
  await once(greedy, 'open')
  greedy.send('x'.repeat(300_000))
  const [tooBig] = await once(greedy, 'close')
  expect(tooBig).toBe(1009)
})
