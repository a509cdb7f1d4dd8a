import { request as rawRequest } from 'node:http'
import { connect } from 'node:net'
import { Ajv2020 } from 'ajv/dist/2020.js'
import ajvFormats from 'ajv-formats'
import { afterEach, describe, expect, test } from 'vitest'
import type { LogFields } from '../../src/core/ports.ts'
import type { HttpOptions } from '../../src/http/http-options.ts'
import { type RunningHttp, startHttp } from '../../src/http/server.ts'
import { systemClock } from '../../src/observe/clock.ts'
import { createScriptedHub, makePerson, type ScriptedHub } from './api-scripted-hub.ts'

const tokens = [
  { name: 'reader', token: 'reader-token-0123456789', scopes: ['read'] },
  { name: 'speaker', token: 'speaker-token-0123456789', scopes: ['signal'] },
  { name: 'dialplan', token: 'dialplan-token-0123456789', scopes: ['ring'] },
  { name: 'boss', token: 'boss-token-0123456789', scopes: ['admin'] },
] as const

const written: string[] = []
const note = (message: string, fields?: LogFields) =>
  void written.push(`${message} ${JSON.stringify(fields)}`)
const log = { debug: note, info: note, warn: note, error: note, with: () => log }

let running: RunningHttp | undefined
afterEach(async () => {
  await running?.close()
  running = undefined
  written.length = 0
})

async function start(more: Partial<HttpOptions> = {}): Promise<{ hub: ScriptedHub; url: string }> {
  const hub = createScriptedHub()
  running = await startHttp({
    hub,
    host: '127.0.0.1',
    port: 0,
    tokens: [],
    clock: systemClock(),
    log,
    version: '0.0.0',
    metrics: async () => 'hookswitch_up 1\n',
    ...more,
  })
  return { hub, url: running.url }
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

interface Operation {
  readonly operationId: string
  readonly security?: readonly unknown[]
  readonly description: string
  readonly responses: Record<string, { content?: Record<string, { schema: object }> }>
}

async function readOperations(url: string) {
  const document = (await (await fetch(`${url}/api/v1/openapi.json`)).json()) as {
    openapi: string
    paths: Record<string, Record<string, Operation>>
  }
  expect(document.openapi).toBe('3.1.1')
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      path,
      method: method.toUpperCase(),
      operation,
      address:
        url +
        path
          .replace('{key}', 'anna@contoso.example')
          .replace('{source}', 'crm')
          .replace('{tenant}/{connector}', 'contoso/pbx')
          .replace('{connector}/{address}', 'pbx/1004'),
    })),
  )
}

const bodies: Readonly<Record<string, unknown>> = {
  putSignal: { state: 'busy', ttl: 60 },
  release: { all: true },
}

function send(operation: { method: string; address: string; operation: Operation }, headers: object) {
  const body = bodies[operation.operation.operationId]
  return fetch(operation.address, {
    method: operation.method,
    headers: { ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
    ...(body ? { body: JSON.stringify(body) } : {}),
    signal: AbortSignal.timeout(60_000),
  })
}

async function problemOf(response: Response) {
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/)
  const problem = (await response.json()) as { status: number; title: string; type: string; detail: string }
  expect(problem.status).toBe(response.status)
  expect(problem.type).toMatch(/^urn:hookswitch:problem:/)
  return problem
}

describe('every route', () => {
  test('refuses callers without a token, with a wrong one, and without the scope', async () => {
    const { url } = await start({ tokens })
    const operations = await readOperations(url)
    expect(operations.map(({ operation }) => operation.operationId).sort()).toEqual([
      'askToRing',
      'deleteSignal',
      'describeApi',
      'explainPerson',
      'listConnectors',
      'listPeople',
      'live',
      'metrics',
      'putSignal',
      'readFleet',
      'readPerson',
      'readReachability',
      'ready',
      'release',
      'resyncConnector',
      'resyncPerson',
      'showSession',
      'watchPeople',
    ])
    for (const operation of operations) {
      if (operation.operation.security?.length === 0) {
        expect((await send(operation, {})).status, operation.path).toBe(200)
        continue
      }
      const scope = /scope `(\w+)`/.exec(operation.operation.description)?.[1]
      const none = await send(operation, {})
      expect(none.headers.get('www-authenticate')).toContain('Bearer')
      expect((await problemOf(none)).status, operation.path).toBe(401)
      const wrong = await send(operation, bearer('boss-token-012345678x'))
      expect((await problemOf(wrong)).status, operation.path).toBe(401)
      const basic = await send(operation, { authorization: 'Basic Ym9zczpib3Nz' })
      expect((await problemOf(basic)).status, operation.path).toBe(401)
      for (const { token, scopes } of tokens) {
        const answer = await send(operation, bearer(token))
        const allowed =
          scopes[0] === 'admin' || scopes[0] === scope || (scope === 'ring' && scopes[0] === 'read')
        const done = operation.path.endsWith('/resync') ? 202 : operation.method === 'DELETE' ? 204 : 200
        expect(answer.status, `${operation.path} with ${scopes[0]}`).toBe(allowed ? done : 403)
        await answer.body?.cancel()
      }
    }
    expect(written.join('\n')).not.toMatch(/token-0123456789/)
  })

  test('answers as the OpenAPI document says', async () => {
    const { url } = await start()
    const ajv = new Ajv2020({ strict: false })
    ajvFormats.default(ajv)
    for (const operation of await readOperations(url)) {
      if (operation.operation.operationId === 'watchPeople') continue
      const answer = await send(operation, {})
      const content = operation.operation.responses[answer.status]?.content ?? {}
      const [type, description] = Object.entries(content)[0] ?? []
      if (!type || !description) {
        expect(answer.status, operation.path).toBe(204)
        continue
      }
      expect(answer.headers.get('content-type'), operation.path).toContain(type)
      if (type !== 'application/json') continue
      const valid = ajv.validate(description.schema, await answer.json())
      expect(ajv.errorsText(), operation.path).toBe('No errors')
      expect(valid).toBe(true)
    }
  })

  test('names the allowed methods when another is used', async () => {
    const { url } = await start()
    for (const { address, path } of await readOperations(url)) {
      const answer = await fetch(address, { method: 'PATCH' })
      expect((await problemOf(answer)).status, path).toBe(405)
      expect(answer.headers.get('allow'), path).toMatch(/GET|PUT|POST/)
    }
  })

  test('has the headers that keep a browser in bounds', async () => {
    const { url } = await start()
    for (const path of ['/', '/livez', '/api/v1/people', '/nowhere']) {
      const answer = await fetch(url + path)
      expect(answer.headers.get('content-security-policy'), path).toContain("default-src 'self'")
      expect(answer.headers.get('content-security-policy'), path).toContain("style-src 'self' 'sha256-")
      expect(answer.headers.get('x-content-type-options'), path).toBe('nosniff')
      expect(answer.headers.get('access-control-allow-origin'), path).toBeNull()
      await answer.body?.cancel()
    }
  })
})

describe('people', () => {
  test('come in pages, filtered by text, address and tenant', async () => {
    const { hub, url } = await start()
    hub.put(makePerson('zoe', { tenant: 'fabrikam', upn: 'zoe@fabrikam.example' }))
    const read = async (query: string) =>
      (await (await fetch(`${url}/api/v1/people${query}`)).json()) as never
    expect(await read('?limit=2')).toMatchObject({ total: 4, people: [{ id: 'anna' }, { id: 'ben' }] })
    const { next } = (await read('?limit=3')) as { next: string }
    expect(await read(next.slice('/api/v1/people'.length))).toMatchObject({ people: [{ id: 'zoe' }] })
    expect(await read('?text=CHI')).toMatchObject({ total: 1, people: [{ id: 'chiara' }] })
    expect(await read('?text=106')).toMatchObject({ people: [{ id: 'chiara' }] })
    expect(await read('?tenant=fabrikam')).toMatchObject({ people: [{ id: 'zoe' }] })
    expect(await read('?offset=10')).toMatchObject({ total: 4, people: [] })
  })

  test('are found by id or UPN in any letter case', async () => {
    const { url } = await start()
    for (const key of ['anna', 'ANNA@contoso.example', encodeURIComponent('anna@contoso.example')]) {
      const answer = await fetch(`${url}/api/v1/people/${key}`)
      expect(await answer.json(), key).toMatchObject({ id: 'anna' })
    }
    const missing = await problemOf(await fetch(`${url}/api/v1/people/nobody@contoso.example`))
    expect(missing.detail).toBe('No person has the id or UPN "nobody@contoso.example".')
    expect((await fetch(`${url}/api/v1/people/anna?tenant=fabrikam`)).status).toBe(404)
  })

  test('HEAD answers like GET, without a body', async () => {
    const { url } = await start()
    for (const path of ['/api/v1/people', '/api/v1/events', '/livez']) {
      const answer = await fetch(url + path, { method: 'HEAD' })
      expect(answer.status, path).toBe(200)
      expect(await answer.text()).toBe('')
    }
  })
})

describe('signals', () => {
  const put = (url: string, body: unknown, headers: object = {}) =>
    fetch(`${url}/api/v1/people/anna/signals/crm`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })

  test('an external system says a state, for a time, and takes it back', async () => {
    const { hub, url } = await start()
    expect((await put(url, { state: 'inACall', ttl: 60, note: 'desk 4' })).status).toBe(200)
    const gone = await fetch(`${url}/api/v1/people/anna/signals/crm`, { method: 'DELETE' })
    expect(gone.status).toBe(204)
    expect(hub.asked).toEqual([
      'put anna crm {"state":"inACall","ttl":60,"note":"desk 4"}',
      'delete anna crm',
    ])
  })

  test('that make no sense are refused, every fault named', async () => {
    const { hub, url } = await start()
    const answer = await put(url, { state: 'sleepy', ttl: '60', colour: 'red' })
    const problem = (await answer.json()) as { status: number; errors: { path: string; message: string }[] }
    expect(problem.status).toBe(400)
    expect(problem.errors.map(({ path, message }) => `${path} ${message}`).sort()).toEqual([
      '/colour is not a known member',
      '/state must be one of available, away, busy, inACall, doNotDisturb',
      '/ttl must be number',
    ])
    expect(hub.asked).toEqual([])
  })

  test.each([
    ['no JSON', '{"state":', {}, 400],
    ['a prototype', '{"__proto__":{"x":1},"state":"busy","ttl":9}', {}, 400],
    ['an array', '[]', {}, 400],
    ['nothing', '', {}, 400],
    ['MM-14: Presenting', '{"state":"presenting","ttl":9}', {}, 400],
    ['MM-14: In a meeting', '{"state":"inAMeeting","ttl":9}', {}, 400],
    ['a life without end', '{"state":"busy","ttl":1e9}', {}, 400],
    ['no time at all', '{"state":"busy","ttl":0}', {}, 400],
    ['plain text', '{"state":"busy","ttl":9}', { 'content-type': 'text/plain' }, 415],
    ['a form', 'state=busy', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['a flood', JSON.stringify({ state: 'busy', ttl: 9, note: 'x'.repeat(70_000) }), {}, 413],
  ])('%s is refused with a problem', async (_, body, headers, status) => {
    const { url } = await start()
    expect((await problemOf(await put(url, body, headers))).status).toBe(status)
  })

  test('for nobody, from nowhere, or never said are 404 or 400', async () => {
    const { url } = await start()
    const remove = (path: string) => fetch(`${url}/api/v1/people/${path}`, { method: 'DELETE' })
    expect((await remove('nobody/signals/crm')).status).toBe(404)
    expect((await problemOf(await remove('anna/signals/silent'))).detail).toContain('says nothing')
    expect((await remove('anna/signals/..%2Fx')).status).toBe(400)
    expect((await remove(`anna/signals/${'x'.repeat(390)}`)).status).toBe(400)
    expect((await remove(`${'x'.repeat(500)}/signals/crm`)).status).toBe(414)
  })
})

describe('release', () => {
  const post = (url: string, body: unknown) =>
    fetch(`${url}/api/v1/release`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })

  test('is for one person or for everyone, and says what was taken back', async () => {
    const { hub, url } = await start()
    const answer = await post(url, { person: 'anna@contoso.example' })
    expect(await answer.json()).toEqual({
      released: [
        {
          tenant: 'contoso',
          person: 'anna',
          connector: 'pbx',
          address: '1001',
          slot: 'dnd',
          outcome: 'applied',
        },
      ],
      remaining: 0,
    })
    expect((await post(url, { all: true })).status).toBe(200)
    expect(hub.asked).toEqual(['release anna@contoso.example', 'release all'])
  })

  test('must say whom', async () => {
    const { hub, url } = await start()
    for (const body of [{}, { all: false }, { all: true, person: 'anna' }, { person: '' }]) {
      expect((await problemOf(await post(url, body))).status).toBe(400)
    }
    expect((await post(url, { person: 'nobody' })).status).toBe(404)
    expect(hub.asked).toEqual([])
  })
})

describe('probes', () => {
  test('tell whether the hub lives and is ready', async () => {
    const { hub, url } = await start()
    expect((await fetch(`${url}/livez`)).status).toBe(200)
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
    hub.setReady(['pbx: not connected yet'])
    const answer = await fetch(`${url}/readyz`)
    expect(answer.status).toBe(503)
    expect(await answer.json()).toEqual({ ready: false, waitingFor: ['pbx'] })
    expect(await (await fetch(`${url}/metrics`)).text()).toBe('hookswitch_up 1\n')
  })

  test('tell strangers nothing but yes or no, and what kind of system is waited for', async () => {
    const { hub, url } = await start({ tokens })
    hub.setReady(['pbx at 10.0.0.5 refuses'])
    const short = { ready: false, waitingFor: ['pbx'] }
    expect(await (await fetch(`${url}/readyz`)).json()).toEqual(short)
    const wrong = await fetch(`${url}/readyz`, { headers: bearer('not-a-token-of-the-hub') })
    expect(await wrong.json()).toEqual(short)
    const told = await fetch(`${url}/readyz`, { headers: bearer(tokens[0].token) })
    expect(await told.json()).toEqual({ ...short, reasons: ['pbx at 10.0.0.5 refuses'] })
  })
})

describe('without tokens', () => {
  function ask(url: string, headers: Record<string, string>, method = 'GET'): Promise<number> {
    return new Promise((resolve, reject) => {
      const request = rawRequest(`${url}/api/v1/connectors`, { headers, method }, (answer) => {
        answer.resume()
        resolve(answer.statusCode ?? 0)
      })
      request.on('error', reject)
      request.end()
    })
  }

  test('only a loopback address is listened at', async () => {
    const attempt = start({ host: '0.0.0.0' })
    await expect(attempt).rejects.toThrow(/nobody has an API token or an account\. Add http\.tokens/)
  })

  test('only this machine is answered, by its own name', async () => {
    const { url } = await start()
    const port = new URL(url).port
    expect(await ask(url, { host: `localhost:${port}` })).toBe(200)
    expect(await ask(url, { host: `evil.example:${port}` })).toBe(403)
    expect(await ask(url, { host: '127.0.0.1.evil.example' })).toBe(403)
    expect(await ask(url, { host: '10.0.0.5' })).toBe(403)
  })

  test('pages of other sites are refused', async () => {
    const { url } = await start()
    const host = new URL(url).host
    expect(await ask(url, { host, origin: `http://${host}` })).toBe(200)
    expect(await ask(url, { host, 'sec-fetch-site': 'same-origin' })).toBe(200)
    expect(await ask(url, { host, origin: 'https://evil.example' })).toBe(403)
    expect(await ask(url, { host, origin: 'null' })).toBe(403)
    expect(await ask(url, { host, origin: 'http://127.0.0.1:1' })).toBe(403)
    expect(await ask(url, { host, 'sec-fetch-site': 'cross-site' })).toBe(403)
  })
})

describe('what goes wrong', () => {
  test('inside is logged, and not told', async () => {
    const { hub, url } = await start()
    hub.failNext(new Error('database password is sesame'))
    const problem = await problemOf(await fetch(`${url}/api/v1/people/anna/explain`))
    expect(problem.status).toBe(500)
    expect(JSON.stringify(problem)).not.toContain('sesame')
    expect(written.some((line) => line.startsWith('A request failed unexpectedly.'))).toBe(true)
  })

  test('unknown addresses and broken requests get problems too', async () => {
    const { url } = await start()
    expect((await problemOf(await fetch(`${url}/api/v2/people`))).status).toBe(404)
    expect((await problemOf(await fetch(`${url}/api/v1/people?limit=none`))).status).toBe(400)
    expect((await problemOf(await fetch(`${url}/api/v1/people/%zz`))).status).toBe(400)
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write('NONSENSE\r\n\r\n'))
      let text = ''
      socket.on('data', (chunk) => {
        text += chunk
      })
      socket.on('close', () => resolve(text))
    })
    expect(answer).toContain('application/problem+json')
  })

  test('a taken port is named', async () => {
    const { url } = await start()
    const port = Number(new URL(url).port)
    const hub = createScriptedHub()
    const again = startHttp({
      hub,
      host: '127.0.0.1',
      port,
      tokens: [],
      clock: systemClock(),
      log,
      version: '0',
    })
    await expect(again).rejects.toThrow(`Port ${port} of 127.0.0.1 is taken.`)
    expect(hub.watching()).toBe(0)
  })
})

describe('will it ring', () => {
  test('one line of text, whatever the reason contains, with all that was asked passed on', async () => {
    const { hub, url } = await start({ tokens })
    const ask = async (path: string) => {
      const answer = await fetch(`${url}/api/v1/ring/${path}`, {
        headers: bearer('dialplan-token-0123456789'),
      })
      return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() }
    }
    const plain = { status: 200, type: 'text/plain; charset=utf-8' }
    expect(await ask('pbx/1004?from=%2B14255550100&via=queue&call=17.3')).toEqual({ ...plain, text: 'ring' })
    expect(hub.asked.at(-1)).toBe(
      'ring pbx 1004 {"from":"+14255550100","via":"queue","call":"17.3","softphone":false}',
    )
    expect(await ask('pbx/1099')).toEqual({ ...plain, text: 'busy do not disturb is on' })
    expect(await ask('pbx/1004?channel=softphone')).toMatchObject(plain)
    expect(hub.asked.at(-1)).toContain('"softphone":true')
    expect((await ask('nowhere/1004')).status).toBe(404)
    expect((await ask('pbx/1004?via=sideways')).status).toBe(400)
  })

  test('X-12: the answer for each channel, and nobody’s is 404', async () => {
    const { url } = await start()
    const answer = await fetch(`${url}/api/v1/people/anna/reachability`)
    expect(await answer.json()).toMatchObject({ id: 'anna', channels: [{ inbound: 'no', until: 9_000 }] })
    const missing = await fetch(`${url}/api/v1/people/nobody/reachability`)
    expect((await problemOf(missing)).status).toBe(404)
  })
})
