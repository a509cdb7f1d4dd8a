import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { dialogOf, isKnownStatus } from '../../src/connectors/yeastar/calls.ts'
import { readEvent, topics } from '../../src/connectors/yeastar/events.ts'
import { stateOfWord } from '../../src/connectors/yeastar/presence-words.ts'
import { isSigned } from '../../src/connectors/yeastar/webhook.ts'
import { AWAY } from '../../src/core/presence.ts'
import { labApiClient } from '../../src/lab/yeastar/server.ts'
import { until } from './support/child.ts'
import { readSamples, strangeIn } from './support/sample.ts'
import { startPbx } from './yeastar-world.ts'

type Frame = { readonly type: number; readonly sn: string; readonly msg: string }

const samples = readSamples('yeastar-events.json')
const frameOf = (type: number) => samples[type] as Frame
const read = (type: number) => readEvent(JSON.stringify(frameOf(type)))

test('each event of the samples is decoded, with the text of JSON inside', () => {
  expect(read(30007)).toEqual({ kind: 'registration', extension: '2005', registered: true })
  expect(read(30008)).toEqual({ kind: 'lamp', extension: '2005', status: 'ringing' })
  expect(read(30009)).toEqual({ kind: 'presence', extension: '2005', status: 'business_trip' })
  expect(stateOfWord('business_trip')).toBe(AWAY)
  const event = read(30011)
  if (event.kind !== 'call') throw new Error(`A call became ${event.kind}`)
  const [leg] = event.call.legs
  expect([event.call.legs.length, isKnownStatus(leg!.status)]).toEqual([1, true])
  expect(dialogOf(event.call, leg!)).toEqual({
    ...{ kind: 'dialog', leg: '1642755070.13 PJSIP/1000-00000009', state: 'early', direction: 'outbound' },
    ...{ party: 'external', evidence: 'call', remote: '15880270600' },
  })
})

test('what is sent and answered while subscribing is as in the samples', () => {
  const { topic_list: listed } = samples.subscribe as { readonly topic_list: readonly number[] }
  for (const topic of listed) expect(topics).toContain(topic)
  expect(readEvent(JSON.stringify(samples['subscribe reply']))).toEqual({ kind: 'answer', errcode: 0 })
  const [, answer = ''] = samples.heartbeat as readonly string[]
  expect(readEvent(answer)).toEqual({ kind: 'heartbeat' })
})

/** Takes what is posted. */
async function receive() {
  const posts: { readonly signature: string; readonly body: string }[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (part) => {
      body += part
    })
    request.on('end', () => {
      posts.push({ signature: String(request.headers['x-signature']), body })
      response.end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  return { url, posts, stop: () => new Promise((resolve) => server.close(resolve)) }
}

test('what the emulator says has the fields of the samples, by WebSocket and by signed webhook', async () => {
  const { pbx, phones } = await startPbx()
  const hooks = await receive()
  const secret = 'a-webhook-secret-of-32-characters'
  pbx.events.webhooks.add(hooks.url, secret)
  const root = `${pbx.address}/openapi/v1.0`
  const headers = { 'user-agent': 'OpenAPI' }
  try {
    const signIn = await fetch(`${root}/get_token`, {
      ...{ method: 'POST', headers: { ...headers, 'content-type': 'application/json' } },
      body: JSON.stringify({ username: labApiClient.clientId, password: labApiClient.clientSecret }),
    })
    const { access_token: token } = (await signIn.json()) as { access_token: string }
    const frames: string[] = []
    const socket = new WebSocket(`${root.replace('http', 'ws')}/subscribe?access_token=${token}`, { headers })
    socket.on('message', (data) => frames.push(String(data)))
    await until(() => socket.readyState === WebSocket.OPEN, 'the line')
    socket.send(JSON.stringify(samples.subscribe))
    await until(() => frames.length === 1, 'the answer')
    expect(JSON.parse(frames[0]!)).toEqual(samples['subscribe reply'])
    phones.setRegistered('1002', false)
    pbx.extensions.setPresence('1002', 'business_trip')
    phones.start({ extension: '1001', to: '+14255550100', answer: false })
    const posted = () => hooks.posts.map(({ body }) => body).sort()
    const isAllThere = () =>
      frames.some((frame) => frame.includes('30011')) &&
      JSON.stringify(posted()) === JSON.stringify(frames.slice(1).sort())
    await until(isAllThere, 'the call, and the same by both ways')
    const events = frames.slice(1).map((frame) => JSON.parse(frame) as Frame)
    expect(new Set(events.map(({ type }) => type))).toEqual(new Set([30007, 30008, 30009, 30011]))
    for (const event of events) {
      const sample = frameOf(event.type)
      for (const [said, wanted] of [
        [event, sample],
        [JSON.parse(event.msg), JSON.parse(sample.msg)],
      ]) {
        expect(strangeIn(said, wanted), JSON.stringify(said)).toEqual([])
        expect(strangeIn(wanted, said), JSON.stringify(said)).toEqual([])
      }
    }
    for (const { signature, body } of hooks.posts) {
      expect(signature).toBe(createHmac('sha256', secret).update(body).digest('base64'))
      expect(isSigned({ headers: { 'x-signature': signature }, body: Buffer.from(body) }, secret)).toBe(true)
    }
    socket.terminate()
  } finally {
    await pbx.stop()
    await hooks.stop()
  }
})
