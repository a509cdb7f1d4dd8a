import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Asked } from './access-table.ts'
import { startWorld, type Who, type World } from './access-world.ts'

let world: World
beforeAll(async () => {
  world = await startWorld()
})
afterAll(() => world.stop())

const password = 'correct horse battery'

interface Told {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: bodies of every form
  readonly body: any
}

async function ask(who: Who, method: Asked['method'], path: string, body?: unknown): Promise<Told> {
  const { status, text } = await world.ask(who, { method, path: `/api/v1${path}`, body })
  return { status, body: JSON.parse(text) }
}

/** With the cookie of whoever signed in with a password. */
async function send(cookie: string, method: string, path: string, body?: unknown) {
  const answer = await fetch(`${world.hub.url}/api/v1${path}`, {
    method,
    headers: { cookie, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const set = answer.headers.get('set-cookie')?.split(';')[0]
  return { status: answer.status, set: set ?? '', body: (await answer.json()) as Record<string, unknown> }
}

const admin = (tenant: string) => ({ role: 'admin', tenant })
const wish = (name: string, grants: readonly unknown[]) => ({ name, displayName: name, grants })
const choose = (code: string, secret = password) =>
  send('', 'POST', '/session/password', { code, password: secret })

async function create(name: string, grants: readonly unknown[], who: Who = 'operator') {
  const made = await ask(who, 'POST', '/accounts', wish(name, grants))
  expect(made.status).toBe(201)
  return { id: made.body.account.id as string, code: made.body.link.code as string, body: made.body }
}

test('an account is made with a link that works once; its owner chooses the password and is signed in', async () => {
  const { code, body } = await create('Carla@Contoso.example', [admin('contoso')], 'admin contoso')
  expect(body.account).toMatchObject({ name: 'carla@contoso.example', hasPassword: false })
  expect(body.link.path).toBe(`/#/password/${code}`)
  expect((await choose(code, 'short')).status).toBe(403)
  const { status, set } = await choose(code)
  expect(status).toBe(200)
  expect((await send(set, 'GET', '/session')).body).toMatchObject({ account: { grants: [admin('contoso')] } })
  expect((await choose(code)).status).toBe(403)
  const listed = await ask('admin contoso', 'GET', '/accounts')
  expect(JSON.stringify(listed.body)).not.toContain(code)
  expect(listed.body.accounts).toContainEqual(
    expect.objectContaining({ name: 'carla@contoso.example', hasPassword: true }),
  )
  const again = await ask('operator', 'POST', '/accounts', wish('CARLA@contoso.example', []))
  expect([again.status, again.body.detail]).toEqual([409, 'This name is taken.'])
})

test('an administrator makes nobody an operator, gives nothing in another tenant, and sees nobody of it', async () => {
  const tries = [
    [[{ role: 'operator' }], 'Only an operator makes operators.'],
    [[admin('fabrikam')], 'There is no tenant "fabrikam".'],
    [[admin('contoso'), admin('fabrikam')], 'There is no tenant "fabrikam".'],
    [[], 'Give at least one right, or delete the account.'],
  ] as const
  const { id } = await create('dora', [{ role: 'supervisor', tenant: 'contoso' }], 'admin contoso')
  for (const [grants, words] of tries) {
    const made = await ask('admin contoso', 'POST', '/accounts', wish('raised', grants))
    const changed = await ask('admin contoso', 'PUT', `/accounts/${id}`, { grants })
    expect([made.status, made.body.detail, changed.status, changed.body.detail]).toEqual([
      409,
      words,
      409,
      words,
    ])
  }
  const { id: both } = await create('both', [admin('contoso'), admin('fabrikam')])
  const operator = world.accounts.get('operator')!
  const elsewhere = world.accounts.get('admin fabrikam')!
  for (const other of [both, operator, elsewhere]) {
    for (const [method, rest] of [
      ['GET', ''],
      ['DELETE', ''],
      ['POST', '/link'],
      ['DELETE', '/sessions'],
    ] as const) {
      expect((await ask('admin contoso', method, `/accounts/${other}${rest}`)).status).toBe(404)
    }
    expect((await ask('admin contoso', 'PUT', `/accounts/${other}`, { displayName: 'x' })).status).toBe(404)
  }
  const { accounts } = (await ask('admin contoso', 'GET', '/accounts')).body
  expect(JSON.stringify(accounts)).not.toMatch(/fabrikam|"operator"/)
})

test('other rights, another password and signing out everywhere end the sessions, and open streams with them', async () => {
  const { id, code } = await create('erik', [admin('contoso')])
  const first = (await choose(code)).set
  const stream = await fetch(`${world.hub.url}/api/v1/events`, { headers: { cookie: first } })
  const read = stream.text()
  const grants = [{ role: 'member', tenant: 'contoso', person: 'Anna@Contoso.example' }]
  const changed = await ask('operator', 'PUT', `/accounts/${id}`, { grants })
  expect(changed.body.grants[0].person).toBe('anna@contoso.example')
  expect(await read).toContain('ready')
  expect((await send(first, 'GET', '/people')).status).toBe(401)

  const second = (await send('', 'POST', '/session', { name: 'erik', password })).set
  const third = (await send('', 'POST', '/session', { name: 'erik', password })).set
  const wrong = await send(second, 'PUT', '/session/password', {
    current: 'wrong',
    password: 'another horse battery',
  })
  expect([wrong.status, wrong.body.detail]).toEqual([403, 'The present password is wrong.'])
  const own = await send(second, 'PUT', '/session/password', {
    current: password,
    password: 'another horse battery',
  })
  expect(own.status).toBe(200)
  expect((await send(third, 'GET', '/people')).status).toBe(401)
  expect((await send(own.set, 'GET', '/people')).body.total).toBe(1)

  await ask('operator', 'DELETE', `/accounts/${id}/sessions`)
  expect((await send(own.set, 'GET', '/people')).status).toBe(401)
  await ask('operator', 'DELETE', `/accounts/${id}`)
  expect(
    (await send('', 'POST', '/session', { name: 'erik', password: 'another horse battery' })).status,
  ).toBe(401)
})

test('other rights void the link: whoever made it may not have been able to give them', async () => {
  const { id, code } = await create('uwe', [admin('contoso')], 'admin contoso')
  await ask('operator', 'PUT', `/accounts/${id}`, { grants: [{ role: 'operator' }] })
  expect((await choose(code)).status).toBe(403)
  expect((await ask('operator', 'DELETE', `/accounts/${id}`)).status).toBe(200)
})

test('a new link voids the one before; the last operator who can sign in stays', async () => {
  const { id, code } = await create('olga', [{ role: 'operator' }])
  const newer = (await ask('operator', 'POST', `/accounts/${id}/link`)).body.code as string
  expect((await choose(code)).status).toBe(403)
  const { set } = await choose(newer)
  for (const [method, body] of [
    ['DELETE', undefined],
    ['PUT', { grants: [admin('contoso')] }],
  ] as const) {
    const refused = await send(set, method, `/accounts/${id}`, body)
    expect([refused.status, refused.body.detail]).toEqual([409, expect.stringContaining('last operator')])
  }
  const other = await create('oleg', [{ role: 'operator' }])
  expect((await send(set, 'DELETE', `/accounts/${id}`)).status).toBe(409)
  await choose(other.code)
  expect((await send(set, 'DELETE', `/accounts/${id}`)).status).toBe(200)
})

test('the audit log tells who did what to which account, from where; of operators only to operators', async () => {
  const { id } = await create('frida', [admin('fabrikam')], 'admin fabrikam')
  await ask('admin fabrikam', 'PUT', `/accounts/${id}`, {
    grants: [{ role: 'supervisor', tenant: 'fabrikam' }],
  })
  await ask('admin fabrikam', 'DELETE', `/accounts/${id}`)
  const told = (await ask('admin fabrikam', 'GET', '/audit?about=frida')).body.entries
  const who = 'admin fabrikam'
  expect(told).toMatchObject([
    { who, what: 'account.delete', detail: 'frida; from 127.0.0.1' },
    { who, what: 'account.change', detail: 'frida, supervisor of fabrikam; from 127.0.0.1' },
    { who, what: 'account.create', detail: 'frida, admin of fabrikam; from 127.0.0.1' },
  ])
  const hub = await ask('operator', 'GET', '/audit?tenant=&about=olga')
  const acts = hub.body.entries.map(({ what }: { what: string }) => what)
  expect(acts).toEqual(['account.delete', 'account.password', 'account.link', 'account.create'])
  expect((await ask('admin contoso', 'GET', '/audit?tenant=&about=olga')).body.entries).toEqual([])

  const file = await world.ask('admin fabrikam', {
    method: 'GET',
    path: '/api/v1/audit/export?format=jsonl&about=frida',
  })
  expect(
    file.text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual(told)
  const csv = await world.ask('admin fabrikam', { method: 'GET', path: '/api/v1/audit/export?about=frida' })
  expect(csv.text.split('\r\n')[0]).toBe('at,who,what,about,detail,tenant,id')
  expect(csv.text).not.toContain('contoso')
})

test('sessions are in the audit log of the tenant', async () => {
  const { code } = await create('gina', [admin('contoso')])
  await choose(code)
  const { set } = await send('', 'POST', '/session', { name: 'gina', password })
  await send(set, 'DELETE', '/session')
  const told = (await ask('admin contoso', 'GET', '/audit?who=gina')).body.entries
  expect(told.map(({ what, detail }: { what: string; detail: string }) => [what, detail])).toEqual([
    ['session.end', 'signed out; from 127.0.0.1'],
    ['session.begin', 'from 127.0.0.1'],
    ['account.password', 'gina; from 127.0.0.1'],
  ])
})

test('G-09: whatever somebody does or takes away is in the log with the address from which they did it', async () => {
  const headers = { ...world.headers('admin fabrikam'), 'hookswitch-user': 'somebody-else' }
  const get = (path: string) => fetch(`${world.hub.url}/api/v1${path}`, { headers })
  await get('/people/anna@fabrikam.example/data')
  await get('/people/anna@fabrikam.example/explain?at=2001-01-01')
  await get('/audit/export?who=anna')
  await get('/audit/export?tenant=contoso')
  await ask('admin fabrikam', 'PUT', '/people/anna@fabrikam.example/pause', { minutes: 5 })
  await ask('admin fabrikam', 'POST', '/tokens', { name: 'probe', scopes: ['read'], tenants: ['fabrikam'] })
  const told = (await ask('admin fabrikam', 'GET', '/audit?who=admin%20fabrikam&limit=5')).body.entries
  expect(told.map(({ what, detail }: { what: string; detail: string }) => [what, detail])).toEqual([
    ['token.issue', 'probe: read; from 127.0.0.1'],
    ['person.pause', 'minutes 5; from 127.0.0.1'],
    ['audit.export', 'who anna; from 127.0.0.1'],
    ['history.read', 'the moment 2001-01-01T00:00:00.000Z; from 127.0.0.1'],
    ['person.export', 'from 127.0.0.1'],
  ])
  const others = await ask('admin contoso', 'GET', '/audit?what=audit.export')
  expect(others.body.entries).toEqual([])
})
