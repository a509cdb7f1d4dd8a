import { afterAll, beforeAll, expect, test } from 'vitest'
import { send } from './cluster/browser.ts'
import { adminToken } from './cluster/config.ts'
import { busyMachineMs, type ClusterNode } from './cluster/node.ts'
import { people } from './cluster/people.ts'
import { ClusterWorld } from './cluster/world.ts'
import { until } from './support/child.ts'
import { readSetUpLink } from './support/set-up-link.ts'

/** Two hubs in processes of their own, and people who sign in; each test leaves both running. */
let world: ClusterWorld
let one: ClusterNode
let two: ClusterNode
beforeAll(async () => {
  world = await ClusterWorld.open(['one', 'two'])
  for (const node of world.nodes) await node.start()
  ;[one, two] = world.nodes as [ClusterNode, ClusterNode]
  await world.settled()
}, 5 * busyMachineMs)
afterAll(() => world?.close())

const password = 'correct horse battery staple'
const olga = { name: 'olga@contoso.example', displayName: 'Olga Petrova', password }

const signIn = async (node: ClusterNode, name = olga.name, secret = password) => {
  const answer = await send(node, '/session', { method: 'POST', body: { name, password: secret } })
  return { ...answer, cookie: answer.cookie! }
}
const statusOf = async (node: ClusterNode, caller: { cookie?: string; token?: string }) =>
  (await send(node, '/people?limit=1', caller)).status

/** Resolves with how long it took, milliseconds. */
async function untilStatus(node: ClusterNode, caller: { cookie?: string; token?: string }, status: number) {
  const since = performance.now()
  await until(
    async () => (await statusOf(node, caller)) === status,
    () => `${node.name} to answer ${status}\n${world.output()}`,
    busyMachineMs,
  )
  return Math.round(performance.now() - since)
}

test('the set-up link of one hub works at another, once in all', async () => {
  const codeOf = async (node: ClusterNode) => (await readSetUpLink(node.child!.output)).code
  const tries = [
    { node: two, code: await codeOf(one) },
    { node: one, code: await codeOf(two) },
  ]
  const done = await Promise.all(
    tries.map(({ node, code }) => send(node, '/set-up', { method: 'POST', body: { ...olga, code } })),
  )
  expect(done.map(({ status }) => status).sort()).toEqual([200, 403])
  const again = { ...olga, name: 'mallory', code: await codeOf(one) }
  expect((await send(one, '/set-up', { method: 'POST', body: again })).status).toBe(403)
})

test('who signs in at one hub goes on at another, also when the one is killed; signing out ends it at both', async () => {
  const { cookie } = await signIn(one)
  expect(await statusOf(one, { cookie })).toBe(200)
  await untilStatus(two, { cookie }, 200)
  await one.child!.kill()
  expect(await statusOf(two, { cookie })).toBe(200)
  await world.settled([two])
  const away = await send(two, `/people/${people[0]!.upn}/explain`, { cookie })
  expect(away.status, away.text).toBe(200)
  await one.start()
  expect(await statusOf(one, { cookie })).toBe(200)
  expect((await send(one, '/session', { method: 'DELETE', cookie })).status).toBe(200)
  const ms = await untilStatus(two, { cookie }, 401)
  console.log(`signed out at one hub, refused at the other after ${ms} ms`)
})

test('other rights, another password and a deleted account hold at every hub', async () => {
  const { cookie: operator } = await signIn(one)
  const body = {
    ...{ name: 'ben@contoso.example', displayName: 'Ben' },
    grants: [{ role: 'admin', tenant: people[0]!.tenant }],
  }
  await untilStatus(two, { cookie: operator }, 200)
  const both = await Promise.all(
    [one, two].map((node) => send(node, '/accounts', { method: 'POST', body, cookie: operator })),
  )
  expect(both.map(({ status }) => status).sort(), both.map(({ text }) => text).join()).toEqual([201, 409])
  const made = both.find(({ status }) => status === 201)!
  const { account, link } = made.json<{ account: { id: string }; link: { code: string } }>()
  const { code } = link
  const chosen = await send(two, '/session/password', {
    method: 'POST',
    body: { code, password: `${password} 2` },
  })
  expect(chosen.status, chosen.text).toBe(200)
  expect(
    (await send(one, '/session/password', { method: 'POST', body: { code, password } })).status,
  ).not.toBe(200)
  const cookie = chosen.cookie!
  await untilStatus(one, { cookie }, 200)
  const grants = [{ role: 'supervisor', tenant: people[0]!.tenant }]
  const changed = await send(one, `/accounts/${account.id}`, {
    ...{ method: 'PUT', cookie: operator },
    body: { displayName: 'Ben', grants },
  })
  expect(changed.status, changed.text).toBe(200)
  await untilStatus(two, { cookie }, 401)
  const back = await signIn(two, body.name, `${password} 2`)
  await untilStatus(one, { cookie: back.cookie }, 200)
  await send(two, `/accounts/${account.id}`, { method: 'DELETE', cookie: operator })
  await untilStatus(one, { cookie: back.cookie }, 401)
})

test('a token made at one hub works at the other, and is refused there when it is revoked, also without messages', async () => {
  const issue = async (node: ClusterNode, name: string) => {
    const body = { name, scopes: ['read'] }
    const made = await send(node, '/tokens', { method: 'POST', body, token: adminToken })
    expect(made.status, made.text).toBe(200)
    return made.json<{ token: { id: string }; secret: string }>()
  }
  const revoke = (node: ClusterNode, id: string) =>
    send(node, `/tokens/${id}`, { method: 'DELETE', token: adminToken })
  const told = await issue(one, 'told')
  await untilStatus(two, { token: told.secret }, 200)
  await revoke(two, told.token.id)
  console.log(`revoked: ${await untilStatus(one, { token: told.secret }, 401)} ms`)
  const untold = await issue(one, 'untold')
  await untilStatus(two, { token: untold.secret }, 200)
  for (const server of world.nats) await server.kill()
  await revoke(two, untold.token.id)
  console.log(`revoked without NATS: ${await untilStatus(one, { token: untold.secret }, 401)} ms`)
  for (const server of world.nats) await server.start()
  await world.settled()
})

test('wrong passwords are counted at all hubs together', async () => {
  const guess = (index: number) => signIn([one, two][index % 2]!, 'guessed@contoso.example', 'wrong password')
  const statuses: number[] = []
  for (let index = 0; index < 6; index += 1) statuses.push((await guess(index)).status)
  expect(statuses).toEqual([401, 401, 401, 401, 401, 429])
  expect((await guess(1)).status).toBe(429)
  expect((await signIn(two)).status).toBe(200)
})

test('a hub that cannot see the database takes no session, since it may have ended', async () => {
  const { cookie } = await signIn(one)
  await world.postgresql.stop('fast')
  await untilStatus(one, { cookie }, 503)
  expect(await statusOf(one, { token: adminToken })).toBe(200)
  await world.postgresql.start()
  await untilStatus(one, { cookie }, 200)
  await world.settled()
})
