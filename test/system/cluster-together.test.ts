import { afterAll, beforeAll, expect, test } from 'vitest'
import { AgentClient } from '../../src/agent-client/client.ts'
import { send } from './cluster/browser.ts'
import { adminToken } from './cluster/config.ts'
import { busyMachineMs, type ClusterNode } from './cluster/node.ts'
import { people, tenants } from './cluster/people.ts'
import { ClusterWorld } from './cluster/world.ts'
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
