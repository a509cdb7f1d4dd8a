import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type CloudEvent, HTTP } from 'cloudevents'
import { Webhook } from 'standardwebhooks'
import { afterEach, expect, test } from 'vitest'
import type { Delivery, FailedEvent, WebhookView } from '../../src/core/webhook-port.ts'
import { openSqliteStore } from '../../src/store/sqlite/open.ts'
import { realClock } from '../contract/context.ts'
import type { HubSettings } from './e2e/config.ts'
import { runCommand, startHubProcess, writeConfigFile } from './e2e/hub-process.ts'
import { IN_A_CALL } from './e2e/lab-people.ts'
import { startWorld, type WorldOptions } from './e2e/world.ts'
import { until } from './support/child.ts'

const secret = `whsec_${Buffer.from('a key of twenty-four byt').toString('base64')}`
const formerSecret = 'the secret before it, in plain text'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

interface Posted {
  readonly headers: IncomingHttpHeaders
  readonly text: string
  readonly event: CloudEvent<{
    person: { upn: string }
    state?: { label: string }
    systems?: Record<string, { activity: string } | null>
  }>
}

/** A real HTTP server that answers as it is told; null never answers. */
async function startReceiver() {
  const posts: Posted[] = []
  const underWay = { now: 0, most: 0 }
  const answer: { status: number | null } = { status: 204 }
  const server = createServer(async (request, response) => {
    underWay.now += 1
    underWay.most = Math.max(underWay.most, underWay.now)
    response.once('close', () => {
      underWay.now -= 1
    })
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const text = Buffer.concat(parts).toString()
    const event = HTTP.toEvent({ headers: request.headers as never, body: text })
    posts.push({ headers: request.headers, text, event: event as Posted['event'] })
    if (answer.status !== null) response.writeHead(answer.status).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/in?key=in-the-path`
  /** Labels that were said of a person, repetitions included. */
  const labels = (upn: string) =>
    posts.filter(({ event }) => event.subject === upn).map(({ event }) => event.data?.state?.label)
  return { posts, underWay, answer, url, labels }
}

async function open(options: WorldOptions) {
  const world = await startWorld(options)
  closers.push(() => world.stop())
  return world
}

const answered = async <T>(url: string): Promise<T> => (await (await fetch(url)).json()) as T

test('each change is told, signed with both secrets, as a CloudEvent that its library reads', async () => {
  const { posts, url, labels } = await startReceiver()
  const world = await open({ webhooks: [{ id: 'wallboard', url, secrets: [secret, formerSecret] }] })
  const anna = world.person('anna')
  await until(() => labels(anna.upn).length > 0, 'the state at the start')
  world.phone('1001').dial()
  await until(() => labels(anna.upn).at(-1) === 'In a call', 'the call')
  world.phone('1001').hangup()
  await until(() => labels(anna.upn).at(-1) === 'Available', 'the end of the call')
  for (const { headers, text, event } of posts) {
    expect(new Webhook(secret).verify(text, headers as never)).toEqual(JSON.parse(text))
    expect(new Webhook(formerSecret, { format: 'raw' }).verify(text, headers as never)).toBeTruthy()
    expect(event.validate()).toBe(true)
    expect([event.id, event.specversion]).toEqual([headers['webhook-id'], '1.0'])
  }
  expect(new Set(posts.map(({ event }) => event.id)).size).toBe(posts.length)
  const views = async () =>
    (await answered<{ webhooks: WebhookView[] }>(`${world.hub().url}/api/v1/webhooks`)).webhooks
  const sent = [{ id: 'wallboard', waiting: 0, failed: 0, sentAt: expect.any(Number) }]
  await expect.poll(views).toMatchObject(sent)
  expect(world.log.join('')).not.toContain('in-the-path')
})

test('people and systems choose what is told; who does not answer delays only itself', async () => {
  const [slow, quick] = [await startReceiver(), await startReceiver()]
  slow.answer.status = null
  const upn = 'anna@contoso.example'
  const world = await open({
    webhooks: [
      { id: 'slow', url: slow.url, secrets: [secret] },
      { id: 'calls', url: quick.url, secrets: [secret], people: [upn], systems: ['pbx'] },
    ],
  })
  const said = () => quick.posts.map(({ event }) => event.data?.systems?.pbx?.activity)
  await until(() => said().length > 0, 'the state at the start')
  world.phone('1003').dial()
  world.phone('1001').dial()
  await until(() => said().at(-1) === 'inACall', 'the call at the phone')
  // Teams shows the call as well; that is not what was asked for.
  await until(() => world.person('anna').shown() === IN_A_CALL, 'the call in Teams')
  world.phone('1001').hangup()
  await until(() => said().at(-1) !== 'inACall', 'the end of the call')
  expect(new Set(quick.posts.map(({ event }) => event.subject))).toEqual(new Set([upn]))
  expect(said().filter((one, index) => one === said()[index - 1])).toEqual([])
  expect(slow.underWay.most).toBeLessThanOrEqual(4)
})

test('G-03: killed while a receiver is out of order: what waited comes with its id, and what changed meanwhile', async () => {
  const { posts, answer, url, labels } = await startReceiver()
  answer.status = 503
  const upn = 'anna@contoso.example'
  const webhooks = [{ id: 'wallboard', url, secrets: [secret], people: [upn] }]
  const world = await open({ withoutHub: true })
  const file = (change: Partial<HubSettings>) =>
    writeConfigFile(world.data, world.text({ data: './store', webhooks, ...change }))
  const start = async () => {
    const hub = await startHubProcess(file({}))
    closers.push(() => hub.child.kill())
    await hub.ready()
    return hub
  }
  const hub = await start()
  await until(() => posts.length > 0, 'the first attempt')
  const waiting = async () =>
    (await answered<{ webhooks: WebhookView[] }>(`${hub.url}/api/v1/webhooks`)).webhooks[0]!.waiting
  const before = await waiting()
  world.phone('1001').dial()
  await until(async () => (await waiting()) > before, 'the call to wait behind the first event')
  await hub.child.kill()
  world.phone('1001').hangup()
  const ids = new Set(posts.map(({ event }) => event.id))
  expect(ids.size).toBe(1)
  const tried = posts.length
  answer.status = 204
  const logged = async (url: string) =>
    (await answered<{ deliveries: Delivery[] }>(`${url}/api/v1/webhooks/deliveries?outcome=failed`))
      .deliveries
  const again = await start()
  expect((await logged(again.url)).at(-1)).toMatchObject({ attempt: 1, status: 503, webhook: 'wallboard' })
  const after = () => posts.slice(tried)
  const told = () => labels(upn).slice(tried)
  await until(() => told().includes('In a call') && told().at(-1) === 'Available', 'all of it')
  expect(ids.has(after()[0]!.event.id)).toBe(true)
  const order = after().map(({ event }) => String(event.sequence))
  expect(order).toEqual(order.toSorted())
})

test('what was given up is listed and sent again from the command line', async () => {
  const { posts, answer, url } = await startReceiver()
  const upn = 'anna@contoso.example'
  const world = await startWorld({ withoutHub: true })
  closers.push(() => world.stop())
  const quiet = () => {}
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet, with: () => log }
  const store = await openSqliteStore({ path: `${world.data}/store`, clock: realClock, log })
  const body = JSON.stringify({
    ...{ specversion: '1.0', id: 'event-1', source: '/hookswitch/contoso', subject: upn },
    ...{ type: 'hookswitch.presence.changed', data: { state: { label: 'From yesterday' } } },
  })
  const dead = { id: 'event-1', person: upn, sequence: 1, at: 1000, since: 1000, body }
  const row = { ...dead, failedAt: 2000, attempts: 7, reason: 'it answered with status 500' }
  const place = { tenant: 'contoso', scope: 'webhooks failed', key: 'wallboard\nevent-1' }
  await store.commit([{ put: 'memory', ...place, body: JSON.stringify(row) }], 'full')
  await store.close()
  const webhooks = [{ id: 'wallboard', url, secrets: [secret], people: [upn] }]
  const hub = await startHubProcess(writeConfigFile(world.data, world.text({ data: './store', webhooks })))
  closers.push(() => hub.child.kill())
  const { events } = await answered<{ events: FailedEvent[] }>(`${hub.url}/api/v1/webhooks/failed`)
  expect(events).toMatchObject([{ id: 'event-1', person: upn, attempts: 7 }])

  const command = (...words: string[]) => runCommand('webhooks', ...words, '--url', hub.url)
  expect((await command('failed')).output).toContain('event-1: it answered with status 500, 7 attempts')
  const listed = await command('list')
  expect([listed.code, listed.output]).toEqual([1, expect.stringContaining('1 given up')])
  expect(listed.output).not.toContain('in-the-path')
  expect((await command('replay', 'event-1', '--webhook', 'wallboard')).output).toContain('1 event is')
  await until(() => posts.some(({ event }) => event.id === 'event-1'), 'the event')
  await until(async () => (await command('list')).code === 0, 'nothing to be left')
  expect((await command('failed')).output).toContain('None.')
  expect(answer.status).toBe(204)
})
