import { afterAll, beforeAll, expect, test } from 'vitest'
import { AgentClient } from '../../src/agent-client/client.ts'
import { send } from './cluster/browser.ts'
import { adminToken } from './cluster/config.ts'
import { busyMachineMs, type ClusterNode } from './cluster/node.ts'
import { people, tenants } from './cluster/people.ts'
import { ClusterWorld } from './cluster/world.ts'
import { IN_A_CALL } from './e2e/lab-people.ts'
import { until } from './support/child.ts'

const token = 'a-token-of-the-desk-of-anna'
const desks = {
  ...{ id: 'desks', type: 'agent' },
  agents: ['one', 'two'].map((id) => ({ id, token: `${token}-${id}`, addresses: [`desk of ${id}`] })),
}

/** What is asked without a tenant is the same wherever it is asked. */
let world: ClusterWorld
beforeAll(async () => {
  world = await ClusterWorld.open(['one', 'two'], { more: [desks] })
  for (const node of world.nodes) await node.start()
  await world.settled()
  // Something to measure.
  for (const { extension } of people) await world.call(extension)
}, 5 * busyMachineMs)
afterAll(() => world?.close())

const ask = async (node: ClusterNode, path: string) => {
  const answer = await send(node, path, { token: adminToken })
  expect(answer.status, answer.text).toBe(200)
  return answer.json<Record<string, { readonly tenant?: string }[]>>()
}
const tenantsOf = (list: readonly { readonly tenant?: string }[] = []) =>
  [...new Set(list.flatMap(({ tenant }) => tenant ?? []))].sort()

test.each([
  ['/policies', 'policies'],
  ['/latency', 'links'],
  ['/health', 'systems'],
])('%s tells of the tenants of every hub, at each', async (path, name) => {
  for (const node of world.nodes) {
    await until(
      async () => tenantsOf((await ask(node, path))[name]).length === tenants.length,
      `${node.name} to tell of all`,
      busyMachineMs,
    )
    const [first] = tenants
    const one = await ask(node, `${path}?tenant=${first}`)
    expect(tenantsOf(one[name])).toEqual([first])
  }
})

test('alerts and webhooks are lists at every hub, and what is wrong with the address is said', async () => {
  for (const node of world.nodes) {
    expect(await ask(node, '/alerts')).toMatchObject({
      alerts: expect.any(Array),
      channels: expect.any(Array),
    })
    expect(await ask(node, '/webhooks')).toEqual({ webhooks: [] })
    expect((await send(node, '/alerts', { token: 'nobody-has-this-token' })).status).toBe(401)
  }
})

test('a link, a code or a way that is of no hub is refused once, by the hub that is asked', async () => {
  const [one] = world.nodes as [ClusterNode]
  const missing = await Promise.all([
    send(one, '/consent/links/of-nobody'),
    send(one, '/pairing/callback?code=x&state=y'),
  ])
  expect(missing.map(({ status }) => status)).toEqual([409, 409])
  const refused = async () =>
    (await send(one, '/tab/session', { method: 'POST', body: { token: 'no.token.atall' } })).status
  // While this hub does not know whom the other one has, it turns nobody away (503).
  await expect.poll(refused).not.toBe(503)
  expect(await refused()).toBe(403)
})

test('whose phone it is, is found at every hub: shall it ring, and the star code that pauses', async () => {
  const ringing = async (node: ClusterNode, place: string) => {
    const { status, text } = await send(node, `/ring/${place}`, { token: adminToken })
    return status === 200 ? text.split(' ')[0]! : status
  }
  const pause = async (node: ClusterNode, place: string) => {
    const to = { method: 'POST', token: adminToken }
    const { status, text } = await send(node, `/pause/pbx/${place}`, to)
    return status === 200 ? (JSON.parse(text) as { readonly id: string }).id : status
  }
  for (const node of world.nodes) {
    // Until this hub knows whom the other one has it says neither yes nor no.
    await expect.poll(() => pause(node, 'nobody?for=5')).toBe(404)
    expect(await ringing(node, 'pbx/nobody')).toBe('unknown')
    expect(await ringing(node, 'of-nobody/1001')).toBe(404)
    for (const { extension, upn } of people.slice(0, tenants.length)) {
      expect(await ringing(node, `pbx/${extension}`)).toBe('ring')
      expect(await pause(node, `${extension}?for=5`)).toBe(upn)
      expect(await pause(node, `${extension}?for=off`)).toBe(upn)
    }
  }
})

/** A token that reaches these tenants, as soon as each hub takes it. */
async function reachOnly(...reached: readonly string[]): Promise<string> {
  const body = { name: `of ${reached}`, scopes: ['admin'], tenants: reached }
  const made = await send(world.nodes[0]!, '/tokens', { method: 'POST', body, token: adminToken })
  const { secret } = made.json<{ readonly secret: string }>()
  for (const node of world.nodes)
    await expect.poll(async () => (await send(node, '/alerts', { token: secret })).status).toBe(200)
  return secret
}

test.each(['/roster', '/roster/people', '/audit', '/policies/1'])(
  '%s without a tenant: the one that the caller reaches, at every hub; where there are several it has to be said',
  async (path) => {
    const own = await Promise.all([tenants[0], tenants[1]].map((one) => reachOnly(one)))
    const both = await reachOnly(tenants[0], tenants[1])
    for (const node of world.nodes) {
      const answers = await Promise.all([...own, both].map((token) => send(node, path, { token })))
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 400])
      for (const [index, tenant] of [tenants[0], tenants[1]].entries()) {
        const named = await send(node, `${path}?tenant=${tenant}`, { token: adminToken })
        if (path !== '/audit') expect(answers[index]!.text).toBe(named.text)
        else
          expect(tenantsOf(answers[index]!.json<{ entries: { tenant: string }[] }>().entries)).toEqual([
            tenant,
          ])
      }
    }
  },
)

test('release of everybody takes back what every hub wrote, for whom the caller reaches', async () => {
  const owners = await world.owners()
  const reached = [...new Map(owners.map(({ node, tenant }) => [node, tenant])).values()].sort()
  expect(reached).toHaveLength(2)
  const token = await reachOnly(...reached)
  const own = people.filter(({ tenant }) => reached.includes(tenant))
  let noted = 0
  for (const node of world.nodes) {
    for (const { upn } of own) await expect.poll(() => world.shown(upn)).toBe(IN_A_CALL)
    const answer = await send(node, '/release', { method: 'POST', body: { all: true }, token })
    const report = answer.json<{ readonly released: { readonly tenant: string }[] }>()
    expect(report).toMatchObject({ remaining: 0 })
    expect(report).not.toHaveProperty('unanswered')
    expect(tenantsOf(report.released)).toEqual(reached)
    expect(report).toMatchObject({
      tenants: expect.toSatisfy((done) => `${[...done].sort()}` === `${reached}`),
    })
    noted += 1
    for (const tenant of reached) {
      const seen = await send(node, `/audit?tenant=${tenant}&what=release`, { token })
      expect(seen.json<{ entries: unknown[] }>().entries).toHaveLength(noted)
    }
    // What was released is written again with the next call.
    for (const { extension, upn } of own) {
      await world.hangUp(extension)
      await expect.poll(async () => (await node.ask('GET', `people/${upn}`)).text).not.toContain('inACall')
      await world.call(extension)
    }
  }
})

test('a program connects at any hub, and goes on when the one that has its connector stops', async () => {
  const owner = await world.owner(tenants[0])
  const other = world.nodes.find((node) => node !== owner)!
  const states: string[] = []
  const clients = world.nodes.map((node) => {
    const { name } = node
    return new AgentClient({
      ...{ url: `${node.url}/hooks/${tenants[0]}/desks`, agent: name, token: `${token}-${name}` },
      source: { snapshot: () => [] },
      retryMs: { first: 100, longest: 500 },
      status: ({ state }) => void states.push(`${name} ${state}`),
    })
  })
  const lastOf = ({ name }: ClusterNode) => states.findLast((one) => one.startsWith(`${name} `))
  const isConnected = (node: ClusterNode) => () => lastOf(node) === `${node.name} connected`
  try {
    for (const client of clients) client.start()
    for (const node of world.nodes)
      await until(isConnected(node), () => `both to be connected: ${states}`, busyMachineMs)
    await owner.child!.stop()
    await until(
      () => states.includes(`${other.name} lost`) && isConnected(other)(),
      () => `the program at ${other.name} to be back: ${states}\n${world.output()}`,
      busyMachineMs,
    )
  } finally {
    for (const client of clients) client.stop()
  }
})
