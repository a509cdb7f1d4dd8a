import { afterEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { LabClock } from '../../src/lab/clock.ts'
import { labApiClient } from '../../src/lab/yeastar/server.ts'
import { until } from './support/child.ts'
import { type Pbx, startPbx } from './yeastar-world.ts'

let world: Pbx
afterEach(() => world.pbx.stop())

const root = () => `${world.pbx.address}/openapi/v1.0`

async function ask(path: string, body?: object): Promise<Record<string, unknown>> {
  const response = await fetch(`${root()}/${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { 'user-agent': 'OpenAPI', ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  })
  expect(response.status).toBe(200)
  return (await response.json()) as Record<string, unknown>
}

const signIn = () =>
  ask('get_token', { username: labApiClient.clientId, password: labApiClient.clientSecret })

test('the lab’s Yeastar: errors come with status 200; tokens are refreshed, given back, limited to eight, and end', async () => {
  world = await startPbx(new LabClock({ running: false }))
  expect(await ask('get_token', { username: 'lab-client', password: 'wrong' })).toMatchObject({
    errcode: 10005,
  })
  expect(await ask('extension/list?access_token=none')).toMatchObject({ errcode: 10004 })
  expect(await ask('no/such/interface?access_token=none')).toMatchObject({ errcode: 10004 })
  const first = await signIn()
  expect(first).toMatchObject({ access_token_expire_time: 1800, refresh_token_expire_time: 86_400 })
  const second = await ask('refresh_token', { refresh_token: first.refresh_token })
  expect(await ask(`extension/list?access_token=${first.access_token}`)).toMatchObject({ errcode: 10004 })
  expect(await ask('refresh_token', { refresh_token: first.refresh_token })).toMatchObject({ errcode: 10004 })
  expect(await ask(`extension/list?access_token=${second.access_token}&page_size=2`)).toMatchObject({
    errcode: 0,
    total_number: 3,
    data: [{ number: '1001' }, { number: '1002' }],
  })
  for (let taken = 1; taken < 8; taken += 1) expect(await signIn()).toMatchObject({ errcode: 0 })
  expect(await signIn()).toMatchObject({ errcode: 10023 })
  expect(await ask(`del_token?access_token=${second.access_token}`)).toMatchObject({ errcode: 0 })
  expect(await signIn()).toMatchObject({ errcode: 0 })
  world.clock.advance(1_800_000)
  expect(world.pbx.tokens.live).toBe(0)
})

test('the lab’s Yeastar: a WebSocket that says nothing for a minute is cut, a heartbeat is answered', async () => {
  world = await startPbx(new LabClock({ running: false }))
  const { access_token: token } = await signIn()
  const heard: string[] = []
  const socket = new WebSocket(`${root().replace('http', 'ws')}/subscribe?access_token=${token}`, {
    headers: { 'user-agent': 'OpenAPI' },
  })
  let closed = false
  socket.on('message', (data) => heard.push(String(data)))
  socket.on('close', () => {
    closed = true
  })
  await until(() => world.pbx.events.connections === 1 && socket.readyState === WebSocket.OPEN, 'the line')
  world.clock.advance(50_000)
  socket.send('heartbeat')
  await until(() => heard.includes('heartbeat response'), 'the answer')
  world.clock.advance(50_000)
  expect(closed).toBe(false)
  world.clock.advance(10_000)
  await until(() => closed, 'the cut')
})
