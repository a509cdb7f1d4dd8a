import { afterAll, beforeAll, expect, test } from 'vitest'
import { send } from './cluster/browser.ts'
import { adminToken } from './cluster/config.ts'
import { busyMachineMs } from './cluster/node.ts'
import { people } from './cluster/people.ts'
import { ClusterWorld } from './cluster/world.ts'

const tenant = 'contoso'
const [anna] = people as [(typeof people)[number]]

/** Two hubs for one company: the second is there for the day that the first one dies, and answers until then. */
let world: ClusterWorld
beforeAll(async () => {
  world = await ClusterWorld.open(['one', 'two'], { people: people.map((one) => ({ ...one, tenant })) })
  for (const node of world.nodes) await node.start()
  await world.settled()
}, 5 * busyMachineMs)
afterAll(() => world?.close())

const askBoth = async (path: string, method = 'GET', body?: unknown) => {
  const asked = world.nodes.map((node) => send(node, path, { method, body, token: adminToken }))
  return (await Promise.all(asked)).map(({ status, text }) => `${status} ${text}`)
}

/** Each hub has a file of its own, an event stream does not end, and a page leads back to the hub that shows it. */
const apart = ['/config', '/config/versions', '/events']

test('whatever can be read without naming the tenant is read the same at both', async () => {
  const described = await send(world.nodes[0]!, '/openapi.json', { token: adminToken })
  const { paths } = described.json<{ readonly paths: Record<string, Record<string, unknown>> }>()
  const read = Object.entries(paths)
    .filter(([path, of]) => 'get' in of && path.startsWith('/api/v1/') && !path.includes('{'))
    .map(([path]) => path.slice('/api/v1'.length))
    .filter((path) => !apart.includes(path) && !path.endsWith('/callback'))
  expect(read.length).toBeGreaterThan(20)
  for (const path of [...read, '/policies/1', `/ring/pbx/${anna.extension}`]) {
    // Figures grow between the two, and the second hub may not have been told of everyone yet.
    const differ = async () => {
      const [one, two] = await askBoth(path)
      return one === two ? '' : `${path}:\n${one?.slice(0, 500)}\n${two?.slice(0, 500)}`
    }
    await expect.poll(differ, { timeout: busyMachineMs }).toBe('')
  }
})

test('a star code and a change of the rules are taken by either', async () => {
  const pauses = await askBoth(`/pause/pbx/${anna.extension}?for=5`, 'POST')
  expect(pauses.map((one) => JSON.parse(one.slice(4)).id)).toEqual([anna.upn, anna.upn])
  expect(
    (await askBoth(`/pause/pbx/${anna.extension}?for=off`, 'POST')).map((one) => one.slice(0, 3)),
  ).toEqual(['200', '200'])
  for (const answer of await askBoth('/policies/unpin', 'POST', {}))
    expect(answer).toContain(`No version of the rules of ${tenant} is pinned.`)
})
