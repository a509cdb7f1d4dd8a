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

/** Each hub has a file of its own; a stream does not end; reading the audit log is noted in it. */
const apart = ['/config', '/config/versions', '/events', '/audit', '/audit/export']
/** Below a person. */
const ofAnna = ['', '/reachability', '/own', '/consent'].map((path) => `/people/${anna.upn}${path}`)

interface Described {
  readonly parameters?: readonly { readonly name: string; readonly required?: boolean }[]
}

test('whatever can be read without naming the tenant is read the same at both', async () => {
  const described = await send(world.nodes[0]!, '/openapi.json', { token: adminToken })
  const { paths } = described.json<{ readonly paths: Record<string, { readonly get?: Described }> }>()
  const read = Object.entries(paths)
    .filter(([path, { get }]) => get && path.startsWith('/api/v1/') && !path.includes('{'))
    .filter(([, { get }]) => !get?.parameters?.some(({ required }) => required))
    .map(([path]) => path.slice('/api/v1'.length))
    // Pages for a browser that comes back from somewhere else; each leads on to the hub that shows it.
    .filter((path) => !apart.includes(path) && !path.endsWith('/callback'))
  expect(read.length).toBeGreaterThan(15)
  const ofPlace = ['/policies/1', '/roster/places?connector=pbx', `/ring/pbx/${anna.extension}`]
  for (const path of [...read, ...ofPlace, ...ofAnna]) {
    // Figures grow between the two, and the second hub may not have been told of everyone yet.
    const differ = async () => {
      const [one, two] = await askBoth(path)
      return one === two && one?.startsWith('200 ')
        ? ''
        : `${path}:\n${one?.slice(0, 500)}\n${two?.slice(0, 500)}`
    }
    await expect.poll(differ, { timeout: busyMachineMs }).toBe('')
  }
  for (const path of ['/audit?what=policy.change', '/audit/export?what=policy.change'])
    for (const answer of await askBoth(path)) expect(answer).toMatch(/^200 .*policy\.change/s)
})

test('a star code, a change of the rules and what is left of somebody who has gone are taken by either', async () => {
  const pauses = await askBoth(`/pause/pbx/${anna.extension}?for=5`, 'POST')
  expect(pauses.map((one) => JSON.parse(one.slice(4)).id)).toEqual([anna.upn, anna.upn])
  const resumed = await askBoth(`/pause/pbx/${anna.extension}?for=off`, 'POST')
  expect(resumed.map((one) => one.slice(0, 3))).toEqual(['200', '200'])
  for (const answer of await askBoth('/policies/unpin', 'POST', {}))
    expect(answer).toContain(`No version of the rules of ${tenant} is pinned.`)
  // Nothing is left of this one; that somebody looked is noted by the hub that would have it.
  const erased = await askBoth('/people/gone@contoso.example/data', 'DELETE')
  expect(erased.map((one) => one.slice(0, 3))).toEqual(['404', '404'])
  const [noted] = await askBoth('/audit?what=person.erase')
  expect((JSON.parse(noted!.slice(4)) as { readonly entries: unknown[] }).entries).toHaveLength(2)
})
