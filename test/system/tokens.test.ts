import { afterAll, beforeAll, expect, test } from 'vitest'
import type { IssuedToken } from '../../src/core/token-port.ts'
import { ConfigWorld } from './config-world.ts'

const world = new ConfigWorld()
beforeAll(() => world.start(), 60_000)
afterAll(() => world.stop())

const made = (text: string) => JSON.parse(text) as { token: IssuedToken; secret: string }
const ask = (secret: string, path: string) =>
  fetch(`${world.url}/api/v1${path}`, { headers: { authorization: `Bearer ${secret}` } })

test('a token that is made works at once, in its tenants and scopes alone, until it is revoked; its secret is told once', async () => {
  const wish = { name: 'wallboard', scopes: ['read'], tenants: ['contoso'] }
  const { token, secret } = made((await world.send('contoso', 'POST', '/tokens', wish)).text)
  const people = (await (await ask(secret, '/people')).json()) as { people: { tenant: string }[] }
  expect(people.people.map(({ tenant }) => tenant)).toEqual(['contoso'])
  expect((await ask(secret, '/config')).status).toBe(403)

  const list = await world.send('contoso', 'GET', '/tokens')
  expect(list.json()).toEqual({ tokens: [token] })
  expect(list.text).not.toContain(secret)
  expect(token).toMatchObject({ ...wish, createdBy: 'contoso' })
  expect((await world.send('fabrikam', 'GET', '/tokens')).json()).toEqual({ tokens: [] })
  expect((await world.send('fabrikam', 'DELETE', `/tokens/${token.id}`)).status).toBe(404)

  const stop = new AbortController()
  const events = await fetch(`${world.url}/api/v1/events`, {
    headers: { authorization: `Bearer ${secret}` },
    signal: stop.signal,
  })
  const ended = events.text()
  expect((await world.send('contoso', 'DELETE', `/tokens/${token.id}`)).status).toBe(200)
  expect(await ended).toContain('event: ready')
  stop.abort()
  expect((await ask(secret, '/people')).status).toBe(401)
  const audit = await world.send('contoso', 'GET', '/audit?tenant=contoso')
  expect(audit.text).toContain('"what":"token.issue","about":"*","detail":"wallboard: read; from 127.0.0.1"')
  expect(audit.text).toContain('"what":"token.revoke"')
  expect(audit.text).not.toContain(secret)
})

test('nobody makes a token that reaches further than they do; one that is over is refused', async () => {
  const wish = { name: 'x', scopes: ['admin'] }
  expect((await world.send('contoso', 'POST', '/tokens', wish)).status).toBe(422)
  const strange = await world.send('contoso', 'POST', '/tokens', { ...wish, tenants: ['fabrikam'] })
  expect(strange).toMatchObject({ status: 404 })
  const whole = made((await world.send('operator', 'POST', '/tokens', wish)).text)
  expect((await ask(whole.secret, '/config')).status).toBe(200)
  expect((await world.send('contoso', 'GET', '/tokens')).text).not.toContain(whole.token.id)
  const over = { ...wish, expiresAt: Date.now() - 1000 }
  const late = made((await world.send('operator', 'POST', '/tokens', over)).text)
  expect((await ask(late.secret, '/config')).status).toBe(401)
})

test('an event stream ends with its token', async () => {
  let told = ''
  // On a busy machine it may be over before the stream is open.
  for (let life = 2_000; life < 60_000 && !told.includes('event: ready'); life *= 3) {
    const wish = { name: `brief ${life}`, scopes: ['read'], expiresAt: Date.now() + life }
    const { secret } = made((await world.send('operator', 'POST', '/tokens', wish)).text)
    told = await (await ask(secret, '/events')).text()
    expect((await ask(secret, '/people')).status).toBe(401)
  }
  expect(told).toContain('event: ready')
})

test('tokens outlive a restart as digests alone', async () => {
  const wish = { name: 'kept', scopes: ['read'], tenants: ['contoso'] }
  const { secret } = made((await world.send('operator', 'POST', '/tokens', wish)).text)
  await world.restart()
  expect((await ask(secret, '/people')).status).toBe(200)
  expect(world.stored()).not.toContain(secret)
})
