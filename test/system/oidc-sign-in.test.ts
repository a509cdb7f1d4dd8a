import { randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type RunningHub, startHub } from '../../src/apps/hub.ts'
import { LabClock } from '../../src/lab/clock.ts'
import { createLog } from '../../src/observe/log.ts'
import { loadText } from './e2e/config.ts'
import { client, type ScriptedProvider, startScriptedProvider } from './support/scripted-provider.ts'

let data: string
let clock: LabClock
let hub: RunningHub
let provider: ScriptedProvider
let lines: string[]

const operator = { claim: 'roles', value: 'Hookswitch.Operator', role: 'operator' }

async function start(settings: Record<string, unknown> = {}, http: Record<string, unknown> = {}) {
  const own = {
    ...{ id: 'idp', title: 'Contoso ID', issuer: provider.issuer, grants: [operator] },
    ...{ clientId: client.id, clientSecret: client.secret, ...settings },
  }
  const config = loadText(
    JSON.stringify({
      http: { host: '127.0.0.1', port: 0, ...http },
      signIn: { providers: [own] },
      store: { kind: 'sqlite', path: data },
      tenants: [{ id: 'contoso', people: [{ upn: 'anna@contoso.example', mail: 'a.l@contoso.example' }] }],
    }),
  )
  const log = createLog({ level: 'debug', pretty: false, destination: { write: (line) => lines.push(line) } })
  hub = await startHub(config, { clock, log, signIn: true })
}

beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'hookswitch-oidc-'))
  clock = new LabClock({ running: false, wallStart: Date.now() })
  lines = []
  provider = await startScriptedProvider()
  provider.claims = { roles: ['Hookswitch.Operator'], name: 'Anna Lindqvist', sid: 's-1' }
})
afterEach(async () => {
  await hub.stop()
  await provider.close()
  rmSync(data, { recursive: true, force: true })
})

async function send(path: string, init: RequestInit & { cookie?: string | undefined } = {}) {
  const { cookie, headers, ...rest } = init
  const answer = await fetch(new URL(path, hub.url), {
    ...rest,
    redirect: 'manual',
    headers: { ...headers, ...(cookie !== undefined && { cookie }) },
  })
  const cookies = answer.headers.getSetCookie().map((one) => one.split(';')[0]!)
  return { answer, status: answer.status, location: answer.headers.get('location') ?? '', cookies }
}

/** Off to the provider: the address there, and what the browser keeps. */
async function leave() {
  const { location, cookies, answer } = await send('/api/v1/sign-in/idp')
  return { url: new URL(location), kept: cookies[0]!, set: answer.headers.get('set-cookie') }
}

/** A browser that comes from another site's page, as after a provider's. */
const comeBack = (url: URL, cookie: string | undefined) =>
  send(url.href, { cookie, headers: { 'sec-fetch-site': 'cross-site' } })

const keyOf = (cookies: readonly string[]) => cookies.find((one) => /^hookswitch=./.test(one))

async function signIn(): Promise<string | undefined> {
  const { url, kept } = await leave()
  return keyOf((await comeBack(provider.authorize(url), kept)).cookies)
}

/** The words that the sign-in page shows after a failure. */
async function wordsAt(location: string): Promise<string> {
  const id = /^\/#\/sign-in\/([\w-]+)$/.exec(location)?.[1]
  expect(id, location).toBeDefined()
  const { answer } = await send(`/api/v1/sign-in-words/${id}`)
  return ((await answer.json()) as { refused: string }).refused
}

async function refusal(more: Record<string, string> = {}): Promise<string> {
  const { url, kept } = await leave()
  const back = await comeBack(provider.authorize(url, more), kept)
  expect(keyOf(back.cookies)).toBeUndefined()
  return wordsAt(back.location)
}

const whoIs = async (cookie: string | undefined) =>
  (await (await send('/api/v1/session', { cookie })).answer.json()) as {
    account?: { name: string; displayName: string; grants: unknown[] }
    providers: unknown[]
    passwords: boolean
  }

test('code flow with PKCE: asks as OpenID Connect has it, and gives a session like a password does', async () => {
  await start()
  expect(await whoIs(undefined)).toMatchObject({
    ...{ setUp: true, open: false, passwords: false, providers: [{ id: 'idp', title: 'Contoso ID' }] },
  })
  const { url, kept, set } = await leave()
  expect(set).toMatch(/^hookswitch-away=[\w.-]+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=600$/)
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    ...{ response_type: 'code', client_id: 'hub', scope: 'openid profile email', response_mode: 'query' },
    ...{ code_challenge_method: 'S256', redirect_uri: `${hub.url}/api/v1/sign-in/idp/callback` },
    ...{ state: expect.stringMatching(/^.{43}$/), nonce: expect.stringMatching(/^.{43}$/) },
  })
  const back = await comeBack(provider.authorize(url), kept)
  expect([back.status, back.location]).toEqual([303, '/'])
  expect(back.answer.headers.getSetCookie().join()).toMatch(
    /hookswitch=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict/,
  )
  const key = keyOf(back.cookies)
  expect((await whoIs(key)).account).toMatchObject({
    ...{ name: 'anna via idp', displayName: 'Anna Lindqvist', grants: [{ role: 'operator' }] },
  })
  expect((await send('/api/v1/people', { cookie: key })).status).toBe(200)
  expect((await send('/api/v1/people')).status).toBe(401)
})

test('a code, a state and a cookie work once, together, in the browser where they began', async () => {
  await start()
  const first = await leave()
  const answer = provider.authorize(first.url)
  const without = await comeBack(answer, undefined)
  expect(await wordsAt(without.location)).toContain('not begun in this browser')
  const other = await leave()
  expect(await wordsAt((await comeBack(answer, other.kept)).location)).toContain('does not belong')
  expect(keyOf((await comeBack(answer, first.kept)).cookies)).toBeDefined()
  expect(await wordsAt((await comeBack(answer, first.kept)).location)).toContain('has ended already')
  const third = await leave()
  const replayed = provider.authorize(third.url)
  replayed.searchParams.set('code', answer.searchParams.get('code')!)
  expect(await wordsAt((await comeBack(replayed, third.kept)).location)).toContain('used already')
})

test('more than ten minutes at the provider are too long', async () => {
  await start()
  const { url, kept } = await leave()
  clock.advance(10 * 60_000)
  expect(await wordsAt((await comeBack(provider.authorize(url), kept)).location)).toContain('ten minutes')
})

test('a wrong state, nonce, audience, issuer, signature or time is refused in words', async () => {
  await start()
  expect(await refusal({ state: 'wrong' })).toContain('does not belong to this sign-in')
  expect(await refusal({ iss: 'https://evil.example' })).toContain('does not belong to this sign-in')
  const right = provider.claims
  for (const claims of [
    { nonce: 'wrong' },
    { nonce: null },
    { aud: 'another' },
    { iss: 'https://evil.example' },
  ]) {
    provider.claims = { ...right, ...claims }
    expect(await refusal(), JSON.stringify(claims)).toMatch(/another sign-in|does not belong/)
  }
  const now = Math.floor(Date.now() / 1000)
  provider.claims = { ...right, iat: now - 500, exp: now - 200 }
  expect(await refusal()).toContain('Set the clocks')
  provider.claims = right
  provider.foreignKey = true
  expect(await refusal()).toMatch(/does not belong|signed with a key/)
  provider.foreignKey = false
  expect(await signIn()).toBeDefined()
})

test('clocks may differ by less than a minute', async () => {
  await start()
  const now = Math.floor(Date.now() / 1000)
  provider.claims = { ...provider.claims, iat: now + 30, nbf: now + 30, exp: now + 300 }
  expect(await signIn()).toBeDefined()
})

test('what the provider refuses is told: access denied, a wrong secret, a fault of its own', async () => {
  await start()
  expect(await refusal({ code: '', error: 'access_denied' })).toContain('did not let you in')
  expect(await refusal({ code: '', error: 'strange <b>' })).not.toContain('<b>')
  provider.tokenError = 'invalid_client'
  expect(await refusal()).toContain('clientSecret in signIn.providers')
  provider.tokenError = 'server_error'
  expect(await refusal()).toContain('fault of its own')
})

test('a provider that is down, and one that says it is another, are told; it is asked again', async () => {
  await start()
  provider.discovery.issuer = 'https://evil.example'
  expect(await wordsAt((await send('/api/v1/sign-in/idp')).location)).toContain('another issuer')
  delete provider.discovery.issuer
  expect(await signIn()).toBeDefined()
  await hub.stop()
  await start({ issuer: 'http://127.0.0.1:1' })
  expect(await wordsAt((await send('/api/v1/sign-in/idp')).location)).toContain('cannot be reached')
  expect(await wordsAt((await send('/api/v1/sign-in/nobody')).location)).toContain('no such provider')
})

test('a Host header of somebody else gives no redirect URI; the public address does', async () => {
  await start({}, { publicUrl: 'https://hub.contoso.example/base/' })
  const { url, set } = await leave()
  expect(url.searchParams.get('redirect_uri')).toBe(
    'https://hub.contoso.example/base/api/v1/sign-in/idp/callback',
  )
  expect(set).toMatch(/^__Host-hookswitch-away=.*; Secure$/)
  await hub.stop()
  await start()
  const location = await new Promise<string>((resolve, reject) => {
    const asked = request(
      `${hub.url}/api/v1/sign-in/idp`,
      { headers: { host: 'evil.example' } },
      (answer) => {
        answer.resume()
        resolve(String(answer.headers.location))
      },
    )
    asked.on('error', reject).end()
  })
  expect(await wordsAt(location)).toContain('Set http.publicUrl')
})

test('whom no rule fits is refused with the claim to set', async () => {
  await start()
  provider.claims = { roles: ['Other'], preferred_username: 'anna@contoso.example' }
  expect(await refusal()).toBe(
    'Contoso ID knows you as anna@contoso.example, but gave none of the claims that let somebody in here: roles = Hookswitch.Operator. Whoever administers Contoso ID can set one.',
  )
})

test('a member is found by address only where the provider is trusted for it and vouches for it', async () => {
  const member = { role: 'member', tenant: 'contoso' }
  await start({ trustMail: true, grants: [member] })
  provider.claims = { email: 'A.L@contoso.example', email_verified: true }
  const grant = { role: 'member', tenant: 'contoso', person: 'anna@contoso.example' }
  expect((await whoIs(await signIn())).account?.grants).toEqual([grant])
  provider.claims = { email: 'anna@contoso.example', email_verified: false }
  expect(await refusal()).toContain('told no address')
  provider.claims = { email: 'ben@contoso.example' }
  expect(await refusal()).toContain('nobody of the people of contoso has the address ben@contoso.example')
})

test('other rules end the sessions that the former ones gave', async () => {
  await start()
  const key = await signIn()
  await hub.stop()
  await start()
  expect((await whoIs(key)).account).toBeDefined()
  await hub.stop()
  await start({ grants: [{ claim: 'roles', value: 'Another', role: 'operator' }] })
  expect((await whoIs(key)).account).toBeUndefined()
})

test('signing out leads to the provider, where it has such a page', async () => {
  await start()
  const out = async (cookie: string | undefined) => {
    const { answer } = await send('/api/v1/session', { method: 'DELETE', cookie })
    return ((await answer.json()) as { signOutUrl?: string }).signOutUrl
  }
  const key = await signIn()
  const url = new URL((await out(key))!)
  expect(url.origin + url.pathname).toBe(`${provider.issuer}/end`)
  expect(Object.fromEntries(url.searchParams)).toEqual({
    ...{ client_id: 'hub', post_logout_redirect_uri: `${hub.url}/` },
  })
  expect((await whoIs(key)).account).toBeUndefined()
  expect(await out(key)).toBeUndefined()
})

const event = 'http://schemas.openid.net/event/backchannel-logout'

function logoutClaims(more: Record<string, unknown> = {}): Record<string, unknown> {
  const iat = Math.floor(clock.wall() / 1000)
  const right = { iss: provider.issuer, aud: client.id, iat, exp: iat + 120, jti: randomUUID() }
  return { ...right, events: { [event]: {} }, sid: 's-1', ...more }
}

async function postLogout(token: string): Promise<number> {
  const body = new URLSearchParams({ logout_token: token })
  return (await send('/api/v1/sign-in/idp/back-channel', { method: 'POST', body })).status
}

test('a logout token ends the sessions of its sid or subject, once; a wrong one ends nothing', async () => {
  await start()
  const key = await signIn()
  const wrong = [
    { iss: 'https://evil.example' },
    { aud: 'another' },
    { events: {} },
    { events: undefined },
    { nonce: 'n' },
    { jti: undefined },
    { sid: undefined },
    { iat: Math.floor(clock.wall() / 1000) - 900, exp: Math.floor(clock.wall() / 1000) + 100 },
  ]
  for (const claims of wrong)
    expect(await postLogout(await provider.sign(logoutClaims(claims))), JSON.stringify(claims)).toBe(400)
  expect(await postLogout(await provider.sign(logoutClaims(), true))).toBe(400)
  expect(await postLogout('no token')).toBe(400)
  expect(await postLogout(await provider.sign(logoutClaims({ sid: 'another' })))).toBe(200)
  expect((await whoIs(key)).account).toBeDefined()
  const token = await provider.sign(logoutClaims())
  expect(await postLogout(token)).toBe(200)
  expect((await whoIs(key)).account).toBeUndefined()
  const again = await signIn()
  expect(await postLogout(token), 'the same token').toBe(400)
  expect((await whoIs(again)).account).toBeDefined()
  expect(await postLogout(await provider.sign(logoutClaims({ sid: undefined, sub: 'anna' })))).toBe(200)
  expect((await whoIs(again)).account).toBeUndefined()
})

test('a form is taken nowhere else', async () => {
  await start()
  const body = new URLSearchParams({ name: 'a', password: 'b' })
  expect((await send('/api/v1/session', { method: 'POST', body })).status).toBe(415)
})

test('a page of the provider ends its session', async () => {
  await start()
  const key = await signIn()
  const end = (query: string) =>
    send(`/api/v1/sign-in/idp/front-channel?${query}`, { headers: { 'sec-fetch-site': 'cross-site' } })
  expect((await end('sid=s-1&iss=https://evil.example')).status).toBe(200)
  expect((await whoIs(key)).account).toBeDefined()
  expect((await end(`sid=s-1&iss=${encodeURIComponent(provider.issuer)}`)).status).toBe(200)
  expect((await whoIs(key)).account).toBeUndefined()
})

test('neither the client secret nor what came back is in the store or the log', async () => {
  await start()
  const { url, kept } = await leave()
  const answer = provider.authorize(url)
  const key = keyOf((await comeBack(answer, kept)).cookies)
  await refusal({ state: 'wrong' })
  await hub.stop()
  const stored = readdirSync(data)
    .filter((name) => name !== 'command-token' && statSync(join(data, name)).isFile())
    .map((name) => readFileSync(join(data, name), 'latin1'))
  const all = [...stored, ...lines].join('\n')
  expect(all).toContain('anna via idp')
  const secrets = [client.secret, kept.split('=')[1]!, key!.split('=')[1]!, url.searchParams.get('state')!]
  for (const secret of [...secrets, answer.searchParams.get('code')!]) expect(all).not.toContain(secret)
  await start()
})
