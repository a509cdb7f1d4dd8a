import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { AccessPort } from '../../src/core/access.ts'
import type { Clock } from '../../src/core/ports.ts'
import type { PersonView } from '../../src/core/view.ts'
import type { HttpOptions } from '../../src/http/http-options.ts'
import { type RunningHttp, startHttp } from '../../src/http/server.ts'
import { systemClock } from '../../src/observe/clock.ts'
import { createScriptedHub, makePerson, type ScriptedHub } from './api-scripted-hub.ts'

const quiet = () => {}
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet, with: () => log }

interface Event {
  readonly id?: string
  readonly event: string
  readonly data: { id?: string; revision?: number }
}

/** Reads a stream as a browser would, keeping everything. */
class Reader {
  readonly events: Event[] = []
  comments = 0
  ended = false
  readonly #stop = new AbortController()

  async open(url: string, headers: Record<string, string> = {}): Promise<this> {
    const answer = await fetch(url, { headers, signal: this.#stop.signal })
    expect(answer.headers.get('content-type')).toContain('text/event-stream')
    void this.#read(answer).catch(quiet)
    return this
  }

  async #read(answer: Response): Promise<void> {
    let rest = ''
    for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) {
      const blocks = (rest + chunk).split('\n\n')
      rest = blocks.pop() ?? ''
      for (const block of blocks) this.#take(block)
    }
    this.ended = true
  }

  #take(block: string): void {
    if (block.startsWith(':')) this.comments++
    const fields = new Map(
      block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
    )
    const [id, event, data] = [fields.get('id'), fields.get('event'), fields.get('data')]
    if (event) this.events.push({ ...(id ? { id } : {}), event, data: JSON.parse(data ?? '{}') })
  }

  /** `person anna 1, ready` */
  get story(): string {
    return this.events
      .map(({ event, data }) =>
        [event, data.id, data.revision].filter((part) => part !== undefined).join(' '),
      )
      .join(', ')
  }

  get lastId(): string {
    return this.events.findLast(({ id }) => id)?.id ?? ''
  }

  close(): void {
    this.#stop.abort()
  }
}

const open: { close(): unknown }[] = []
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close()
})

async function start(hub: ScriptedHub, more: Partial<HttpOptions> = {}): Promise<RunningHttp> {
  const http = await startHttp({
    hub,
    host: '127.0.0.1',
    port: 0,
    tokens: [],
    clock: systemClock(),
    log,
    version: '0',
    heartbeatMs: 25,
    ...more,
  })
  open.push(http)
  return http
}

async function read(http: RunningHttp, headers: Record<string, string> = {}, query = ''): Promise<Reader> {
  const reader = await new Reader().open(`${http.url}/api/v1/events${query}`, headers)
  open.push(reader)
  return reader
}

const until = (check: () => void) => vi.waitFor(check, { timeout: 60_000, interval: 5 })

describe('the event stream', () => {
  test('begins with everyone and goes on with each change', async () => {
    const hub = createScriptedHub(['anna', 'ben'])
    const reader = await read(await start(hub))
    await until(() => expect(reader.story).toBe('person anna 1, person ben 1, ready'))
    hub.put(makePerson('ben', { revision: 2 }))
    hub.put(makePerson('zoe'))
    await until(() => expect(reader.story).toMatch(/ready, person ben 2, person zoe 1$/))
  })

  test('tells who has left', async () => {
    const hub = createScriptedHub(['anna', 'ben'])
    const reader = await read(await start(hub))
    await until(() => expect(reader.story).toContain('ready'))
    hub.remove('ben')
    await until(() => expect(reader.story).toMatch(/ready, removed ben$/))
  })

  test('resumes after the last event id with what was missed only', async () => {
    const hub = createScriptedHub(['anna', 'ben', 'chiara'])
    const http = await start(hub)
    const first = await read(http)
    hub.put(makePerson('ben', { revision: 2 }))
    await until(() => expect(first.story).toContain('ben 2'))
    first.close()
    hub.put(makePerson('anna', { revision: 5 }))
    hub.remove('chiara')
    const second = await read(http, { 'last-event-id': first.lastId })
    await until(() => expect(second.story).toBe('person anna 5, removed chiara, ready'))
    const stranger = await read(http, { 'last-event-id': 'another.7' })
    await until(() => expect(stranger.story).toBe('person anna 5, person ben 2, ready'))
  })

  test('costs nothing while nobody reads, and whoever comes back after that gets everyone', async () => {
    const long: (() => void)[] = []
    const real = systemClock()
    const after: Clock['after'] = (delayMs, callback) => {
      if (delayMs < 60_000) return real.after(delayMs, callback)
      long.push(callback)
      return { cancel: quiet }
    }
    const clock = { ...real, after }
    const hub = createScriptedHub(['anna', 'ben'])
    const http = await start(hub, { clock })
    expect(hub.watching()).toBe(0)
    const first = await read(http)
    await until(() => expect(first.story).toContain('ready'))
    hub.put(makePerson('ben', { revision: 2 }))
    await until(() => expect(first.story).toContain('ben 2'))
    expect(hub.watching()).toBe(1)
    first.close()
    await until(() => expect(long).toHaveLength(1))
    long[0]!()
    expect(hub.watching()).toBe(0)
    hub.put(makePerson('anna', { revision: 2 }))
    const second = await read(http, { 'last-event-id': first.lastId })
    await until(() => expect(second.story).toBe('person anna 2, person ben 2, ready'))
  })

  test('is of one tenant when asked', async () => {
    const hub = createScriptedHub(['anna'])
    hub.put(makePerson('zoe', { tenant: 'fabrikam' }))
    const reader = await read(await start(hub), {}, '?tenant=fabrikam')
    hub.put(makePerson('anna', { revision: 2 }))
    hub.put(makePerson('zoe', { tenant: 'fabrikam', revision: 2 }))
    await until(() => expect(reader.story).toBe('person zoe 1, ready, person zoe 2'))
  })

  test('has heartbeats, and ends when the hub stops', async () => {
    const hub = createScriptedHub()
    const http = await start(hub)
    const reader = await read(http)
    await until(() => expect(reader.comments).toBeGreaterThan(2))
    await http.close()
    await until(() => expect(reader.ended).toBe(true))
    expect(hub.watching()).toBe(0)
  })

  test('ends with the session of whoever follows it, which it does not prolong', async () => {
    let lasts = true
    const account = { id: 'a1', name: 'olga', displayName: 'Olga', grants: [], createdAt: 0 }
    const access = {
      isSetUp: true,
      hasPasswords: true,
      find: async () => ({
        ...{ account: { ...account, grants: [{ role: 'operator' }] }, id: 's1' },
        ...{ since: 0, until: Date.now() + 60_000 },
      }),
      lasts: (session: string) => session !== 's1' || lasts,
    }
    const http = await start(createScriptedHub(), { access: access as unknown as AccessPort })
    const reader = await read(http, { cookie: `hookswitch=${'k'.repeat(43)}` })
    await until(() => expect(reader.comments).toBeGreaterThan(2))
    expect(reader.ended).toBe(false)
    lasts = false
    await until(() => expect(reader.ended).toBe(true))
  })

  test('a reader that takes nothing is dropped, and the others are not held up', async () => {
    const hub = createScriptedHub([])
    let now = 0
    const clock = { ...systemClock(), monotonic: () => now }
    const said: string[] = []
    const http = await start(hub, { clock, log: { ...log, warn: (message) => void said.push(message) } })
    const socket = connect({ port: http.port, host: '127.0.0.1' }, () => {
      socket.write(`GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1:${http.port}\r\n\r\n`)
      socket.pause()
    })
    socket.on('error', quiet)
    open.push({ close: () => socket.destroy() })
    const reader = await read(http)
    const large: Partial<PersonView> = { displayName: 'x'.repeat(200_000) }
    let revision = 0
    await until(() => {
      for (let person = 0; person < 50; person++)
        hub.put(makePerson(`p${person}`, { ...large, revision: ++revision }))
      now += 1_000
      expect(said).toEqual(['An event stream was dropped: its reader takes nothing.'])
    })
    await until(() => expect(reader.events.at(-1)?.data.revision).toBe(revision))
  })
})

describe('the way to the lab', () => {
  async function startLabStub(): Promise<{ url: string; seen: string[] }> {
    const seen: string[] = []
    const server: Server = createServer((request, response) => {
      let body = ''
      request.on('data', (chunk) => {
        body += chunk
      })
      request.on('end', () => {
        seen.push(`${request.method} ${request.url} ${body}`)
        const html = request.url === '/lab/page'
        response.writeHead(request.method === 'DELETE' ? 204 : 200, {
          'content-type': html ? 'text/html' : 'application/json',
        })
        response.end(request.method === 'DELETE' ? undefined : html ? '<script>' : '{"call":"c1"}')
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    open.push({ close: () => server.close() })
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen }
  }

  test('is open in the demo, for JSON and from our own page', async () => {
    const lab = await startLabStub()
    const { url } = await start(createScriptedHub(), { labUrl: lab.url })
    const json = { 'content-type': 'application/json' }
    const call = await fetch(`${url}/lab/phones/1001/call`, {
      method: 'POST',
      headers: json,
      body: '{"to":"1002"}',
    })
    expect(await call.json()).toEqual({ call: 'c1' })
    expect((await fetch(`${url}/lab/teams/a%40b/call`, { method: 'DELETE' })).status).toBe(204)
    expect((await fetch(`${url}/lab/requests?since=4`)).status).toBe(200)
    expect(lab.seen).toEqual([
      'POST /lab/phones/1001/call {"to":"1002"}',
      'DELETE /lab/teams/a%40b/call ',
      'GET /lab/requests?since=4 ',
    ])
    const foreign = await fetch(`${url}/lab/state`, { headers: { origin: 'https://evil.example' } })
    expect(foreign.status).toBe(403)
    const text = await fetch(`${url}/lab/faults`, { method: 'POST', body: 'x' })
    expect(text.status).toBe(415)
    expect((await fetch(`${url}/lab/page`)).status).toBe(502)
    expect((await fetch(`${url}/lab/%2e%2e/graph`)).status).toBe(404)
    expect(lab.seen).toHaveLength(4)
  })

  test('is closed otherwise', async () => {
    const { url } = await start(createScriptedHub())
    expect((await fetch(`${url}/lab/state`)).status).toBe(204)
  })

  test('says when the lab is gone', async () => {
    const { url } = await start(createScriptedHub(), { labUrl: 'http://127.0.0.1:1' })
    expect((await fetch(`${url}/lab/state`)).status).toBe(502)
  })
})
