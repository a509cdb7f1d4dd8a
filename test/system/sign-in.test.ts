import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type RunningHub, startHub } from '../../src/apps/hub.ts'
import { LabClock } from '../../src/lab/clock.ts'
import { createLog } from '../../src/observe/log.ts'
import { loadText } from './e2e/config.ts'
import { runCommand, writeConfigFile } from './e2e/hub-process.ts'

const password = 'correct horse battery'
const hour = 3_600_000
let data: string
let clock: LabClock
let hub: RunningHub
let lines: string[]

async function start(http: Record<string, unknown> = {}): Promise<void> {
  const config = loadText(
    JSON.stringify({
      http: { host: '127.0.0.1', port: 0, ...http },
      store: { kind: 'sqlite', path: data },
      tenants: [{ id: 'contoso', people: [{ upn: 'anna@contoso.example' }] }],
    }),
  )
  const log = createLog({ level: 'debug', pretty: false, destination: { write: (line) => lines.push(line) } })
  hub = await startHub(config, { clock, log, signIn: true })
}

beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'hookswitch-sign-in-'))
  clock = new LabClock({ running: false, wallStart: Date.UTC(2026, 10, 21, 9) })
  lines = []
  await start()
})
afterEach(async () => {
  await hub.stop()
  rmSync(data, { recursive: true, force: true })
})

interface Sent {
  readonly method?: string
  readonly body?: unknown
  readonly cookie?: string | undefined
  readonly headers?: Record<string, string>
}

async function send(path: string, { method = 'GET', body, cookie, headers }: Sent = {}) {
  const answer = await fetch(`${hub.url}/api/v1${path}`, {
    method,
    headers: {
      ...(cookie !== undefined && { cookie }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const set = answer.headers.get('set-cookie') ?? undefined
  return {
    status: answer.status,
    set,
    cookie: set?.split(';')[0],
    answer,
    json: (await answer.json()) as never,
  }
}

const codeOf = () => hub.setUpUrl!.split('/').at(-1)!

function setUp(code = codeOf(), more: Record<string, unknown> = {}) {
  const body = { code, name: 'Op@Contoso.example', displayName: 'Olga Petrova', password, ...more }
  return send('/set-up', { method: 'POST', body })
}

const signIn = (name = 'op@contoso.example', secret = password) =>
  send('/session', { method: 'POST', body: { name, password: secret } })

test('the set-up link creates the first account once; from then on nobody comes in without one', async () => {
  expect((await send('/session')).json).toEqual({ setUp: false, open: true })
  expect((await send('/people')).status).toBe(200)
  const made = await setUp()
  expect(made.json).toMatchObject({
    setUp: true,
    open: false,
    account: { name: 'op@contoso.example', displayName: 'Olga Petrova', grants: [{ role: 'operator' }] },
  })
  expect((await send('/people')).status).toBe(401)
  expect((await send('/people', { cookie: made.cookie })).status).toBe(200)
  expect((await setUp()).status).toBe(403)
})

test('the cookie is for this origin and no script; over TLS for this host alone', async () => {
  expect((await setUp()).set).toMatch(/^hookswitch=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Expires=/)
  await hub.stop()
  await start({ publicUrl: 'https://hub.contoso.example' })
  const { set } = await signIn()
  expect(set).toMatch(/^__Host-hookswitch=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Expires=.*; Secure$/)
})

test('the set-up link leads to where browsers reach the hub', async () => {
  expect(hub.setUpUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#\/set-up\/[\w-]+$/)
  await hub.stop()
  await start({ publicUrl: 'https://hub.contoso.example/' })
  expect(hub.setUpUrl).toMatch(/^https:\/\/hub\.contoso\.example\/#\/set-up\/[\w-]+$/)
})

test('a page of another site can do nothing with the cookie, nor sign anybody in', async () => {
  const { cookie } = await setUp()
  for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }]) {
    expect((await send('/people', { cookie, headers })).status).toBe(403)
    const body = { name: 'op@contoso.example', password }
    expect((await send('/session', { method: 'POST', body, headers })).status).toBe(403)
  }
})

test('behind a proxy on this machine one who guesses holds up nobody at another address', async () => {
  await setUp()
  const from = (address: string, secret: string, name = 'op@contoso.example') =>
    send('/session', {
      method: 'POST',
      body: { name, password: secret },
      headers: { 'x-forwarded-for': address },
    })
  const guess = async (address: (count: number) => string) => {
    let status = 401
    for (let count = 0; status === 401 && count < 40; count++) {
      status = (await from(address(count), 'a guess of mine', `nobody${count}`)).status
    }
    return status
  }
  // Where no proxy is spoken of, whoever asks could write any address into the header.
  expect(await guess((count) => `203.0.113.${count}`)).toBe(429)
  await hub.stop()
  await start({ publicUrl: 'https://hub.contoso.example' })
  expect(await guess(() => '203.0.113.1')).toBe(429)
  expect((await from('203.0.113.1', password)).status).toBe(429)
  expect((await from('203.0.113.2', password)).status).toBe(200)
})

test('a wrong set-up code is refused, and guessing soon has to wait', async () => {
  for (let count = 0; count < 5; count++) expect((await setUp('guess')).status).toBe(403)
  expect((await setUp()).status).toBe(429)
  clock.advance(31_000)
  expect((await setUp()).status).toBe(200)
})

test('the set-up link ends after an hour', async () => {
  const code = codeOf()
  clock.advance(hour)
  expect((await setUp(code)).status).toBe(403)
})

test.each([
  ['short', 'at least 12'],
  ['op@contoso.example1', 'must not contain the name'],
  ['aaaaaaaaaaaaaaaa', 'repeats'],
])('the password %s is refused in words', async (weak, words) => {
  const refused = await setUp(codeOf(), { password: weak })
  expect(refused.status).toBe(403)
  expect(refused.json).toMatchObject({ detail: expect.stringContaining(words) })
})

test('wrong passwords have to wait, the right one too; an unknown name is answered like a wrong password', async () => {
  await setUp()
  const unknown = await signIn('nobody@contoso.example', password)
  const wrong = await signIn(undefined, 'wrong password')
  expect([unknown.status, unknown.json]).toEqual([wrong.status, wrong.json])
  for (let count = 0; count < 4; count++) await signIn(undefined, 'wrong password')
  const late = await signIn()
  expect(late.status).toBe(429)
  expect(late.answer.headers.get('retry-after')).toBe('30')
  clock.advance(30_000)
  const { status, cookie } = await signIn()
  expect(status).toBe(200)
  const { entries } = (await send('/audit?tenant=&what=session.refuse', { cookie })).json as {
    entries: { who: string; detail: string }[]
  }
  expect(entries.map(({ who, detail }) => [who, detail])).toEqual([
    ['op@contoso.example', 'too many wrong passwords; the next after 30 s; from 127.0.0.1'],
  ])
})

test('signing out ends the session at once', async () => {
  const { cookie } = await setUp()
  const out = await send('/session', { method: 'DELETE', cookie })
  expect(out.set).toMatch(/^hookswitch=; .*Expires=Thu, 01 Jan 1970/)
  expect((await send('/people', { cookie })).status).toBe(401)
})

test('signing out ends the key that was renewed a moment ago as well, and makes none', async () => {
  const first = (await setUp()).cookie
  clock.advance(hour)
  const renewed = (await send('/people', { cookie: first })).cookie
  await send('/session', { method: 'DELETE', cookie: renewed })
  expect((await send('/people', { cookie: first })).status).toBe(401)
  const second = (await signIn()).cookie
  clock.advance(hour)
  const out = await send('/session', { method: 'DELETE', cookie: second })
  expect(out.answer.headers.getSetCookie().map((one) => one.split(';')[0])).toEqual(['hookswitch='])
})

test('a session outlives a restart, changes its key every hour, and ends when idle or after a week', async () => {
  const { cookie } = await setUp()
  await hub.stop()
  await start()
  expect(hub.setUpUrl).toBeUndefined()
  expect((await send('/people', { cookie })).status).toBe(200)
  clock.advance(hour)
  const renewed = await send('/people', { cookie })
  expect(renewed.status).toBe(200)
  expect(renewed.cookie).not.toBe(cookie)
  expect((await send('/people', { cookie })).status, 'a request that was on its way').toBe(200)
  clock.advance(60_000)
  expect((await send('/people', { cookie })).status).toBe(401)
  let now = renewed.cookie
  for (let day = 0; day < 13; day++) {
    clock.advance(11 * hour)
    const answer = await send('/people', { cookie: now })
    expect(answer.status).toBe(200)
    now = answer.cookie ?? now
  }
  clock.advance(25 * hour)
  expect((await send('/people', { cookie: now })).status).toBe(401)
  const idle = (await signIn()).cookie
  clock.advance(13 * hour)
  expect((await send('/people', { cookie: idle })).status).toBe(401)
})

test('the command line comes in by a token that only the user of the hub can read', async () => {
  await setUp()
  const secret = join(data, 'command-token')
  expect(statSync(secret).mode & 0o777).toBe(0o600)
  const token = readFileSync(secret, 'utf8').trim()
  expect((await send('/people', { headers: { authorization: `Bearer ${token}` } })).status).toBe(200)
  expect((await send('/people', { headers: { authorization: 'Bearer ' } })).status).toBe(401)
  const port = Number(new URL(hub.url).port)
  const file = writeConfigFile(data, JSON.stringify({ http: { port }, store: { path: '.' }, tenants: [] }))
  const told = await runCommand('explain', 'anna@contoso.example', '--config', file)
  expect(told.output).toContain('anna@contoso.example')
  expect(told.code).toBe(0)
  const refused = await runCommand('explain', 'anna@contoso.example', '--url', hub.url)
  expect(refused.output).toContain('Sign in, or send a token')
  expect(refused.code).toBe(77)
})

test('neither password nor session key nor set-up code is in the store or the log', async () => {
  const code = codeOf()
  const { cookie } = await setUp(code)
  await signIn(undefined, 'some wrong password')
  await hub.stop()
  const stored = readdirSync(data)
    .filter((name) => name !== 'command-token' && statSync(join(data, name)).isFile())
    .map((name) => readFileSync(join(data, name), 'latin1'))
  const all = [...stored, ...lines].join('\n')
  expect(all).toContain('op@contoso.example')
  for (const secret of [password, 'some wrong password', code, cookie!.split('=')[1]!])
    expect(all).not.toContain(secret)
  await start()
})
