import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AlertView } from '../../src/core/alert.ts'
import type { PersonView } from '../../src/core/view.ts'
import { adminToken } from './cluster/config.ts'
import { busyMachineMs, type ClusterNode } from './cluster/node.ts'
import { people, tenants } from './cluster/people.ts'
import { ClusterWorld } from './cluster/world.ts'
import { IN_A_CALL } from './e2e/lab-people.ts'
import { until } from './support/child.ts'

/** Several hubs in processes of their own share one database; each test leaves all of them running and everyone free. */
let world: ClusterWorld
beforeAll(async () => {
  world = await ClusterWorld.open(['one', 'two'])
  for (const node of world.nodes) await node.start()
  await world.settled()
}, 5 * busyMachineMs)
afterAll(() => world?.close())

const isShown = (upn: string, inCall: boolean) =>
  until(
    async () => ((await world.shown(upn)) === IN_A_CALL) === inCall,
    () => `${upn} to be ${inCall ? 'in a call' : 'free'} in Teams\n${world.output()}`,
    busyMachineMs,
  )

/** What the event stream of a hub tells. */
async function openEvents(node: ClusterNode) {
  const abort = new AbortController()
  const { body } = await fetch(`${node.url}/api/v1/events`, {
    headers: { authorization: `Bearer ${adminToken}` },
    signal: abort.signal,
  })
  const seen: PersonView[] = []
  const read = async () => {
    let text = ''
    for await (const chunk of body!) {
      text += Buffer.from(chunk).toString('utf8')
      const blocks = text.split('\n\n')
      text = blocks.pop()!
      for (const block of blocks) {
        const data = /^data: (.*)$/m.exec(block)?.[1]
        if (data !== undefined && /^event: person$/m.test(block)) seen.push(JSON.parse(data) as PersonView)
      }
    }
  }
  read().catch(() => {})
  return {
    labels: (upn: string) => seen.filter((one) => one.upn === upn).map(({ state }) => state.label),
    close: () => abort.abort(),
  }
}

/** A node, the other one, and somebody whose tenant it has. */
async function pick(): Promise<{ node: ClusterNode; other: ClusterNode; anna: (typeof people)[number] }> {
  const anna = people[0]!
  const node = await world.owner(anna.tenant)
  return { node, other: world.nodes.find((one) => one !== node)!, anna }
}

test('every tenant is at one hub, the hubs have as many each, and a call of anybody is shown', async () => {
  const owners = await world.owners()
  expect(owners.map(({ tenant }) => tenant)).toEqual([...tenants])
  for (const { extension } of people) await world.call(extension)
  for (const { upn } of people) await isShown(upn, true)
  for (const { extension } of people) await world.hangUp(extension)
  for (const { upn } of people) await isShown(upn, false)
})

test('every hub lists and follows everyone, and answers for whoever is at the other', async () => {
  const { other, node, anna } = await pick()
  const list = async (from: ClusterNode) => {
    const { people: found, total } = (await from.ask('GET', 'people')).json<{
      people: PersonView[]
      total: number
    }>()
    return { total, names: found.map(({ tenant, upn }) => `${tenant} ${upn}`) }
  }
  for (const one of [other, node])
    await until(async () => (await list(one)).total === people.length, 'the list to be whole', busyMachineMs)
  expect(await list(other)).toEqual(await list(node))
  const half = (await other.ask('GET', 'people?offset=5&limit=3')).json<{ people: PersonView[] }>()
  expect(half.people.map(({ tenant, upn }) => `${tenant} ${upn}`)).toEqual(
    (await list(node)).names.slice(5, 8),
  )
  const found = (await other.ask('GET', `people?text=${anna.extension}`)).json<{ people: PersonView[] }>()
  expect(found.people.map(({ upn }) => upn)).toEqual([anna.upn])

  const label = async (from: ClusterNode) => (await from.person(anna.upn))?.state.label
  const free = await label(node)
  await until(async () => (await label(other)) === free, 'both to say the same', busyMachineMs)
  const events = await openEvents(other)
  await world.call(anna.extension)
  await until(async () => (await label(node)) !== free, 'the call to be seen', busyMachineMs)
  const busy = await label(node)
  await until(async () => (await label(other)) === busy, 'the other hub to say so', busyMachineMs)
  await until(() => events.labels(anna.upn).includes(busy!), 'the event to come', busyMachineMs)
  await world.hangUp(anna.extension)
  await until(() => events.labels(anna.upn).at(-1) === free, 'the end of the call to come', busyMachineMs)
  events.close()

  const why = await other.ask('GET', `people/${anna.upn}/explain`)
  expect(why.status, why.text).toBe(200)
  expect(why.json<{ person: PersonView }>().person.upn).toBe(anna.upn)
  const signal = await other.ask('PUT', `people/${anna.upn}/signals/desk`, {
    state: 'doNotDisturb',
    ttl: 600,
  })
  expect(signal.status, signal.text).toBe(200)
  await until(
    async () => (await world.shown(anna.upn)).startsWith('DoNotDisturb'),
    'the signal to be shown',
    busyMachineMs,
  )
  expect((await other.ask('DELETE', `people/${anna.upn}/signals/desk`)).status).toBe(204)
  expect((await other.ask('DELETE', `people/${anna.upn}/signals/desk`)).status).toBe(404)
  expect((await other.ask('PUT', `people/${anna.upn}/signals/desk`, { state: 'no', ttl: 600 })).status).toBe(
    400,
  )
  await isShown(anna.upn, false)
  const { connectors } = (await other.ask('GET', 'connectors')).json<{ connectors: { tenant: string }[] }>()
  expect(new Set(connectors.map(({ tenant }) => tenant))).toEqual(new Set(tenants))
  expect((await other.ask('GET', 'people/nobody@contoso.example')).status).toBe(404)
})

test('a hub that is killed in mid-call is replaced within seconds, and no call is lost or stuck', async () => {
  const { node, other, anna } = await pick()
  const [ben] = people.filter((one) => one.tenant === anna.tenant && one !== anna)
  await world.call(anna.extension)
  await isShown(anna.upn, true)
  await node.child!.kill()
  const killed = performance.now()
  await world.hangUp(anna.extension)
  await world.call(ben!.extension)
  await until(
    async () => (await world.owner(anna.tenant)) === other,
    'the other hub to take over',
    busyMachineMs,
  )
  console.log(`ownership gap after a kill: ${Math.round(performance.now() - killed)} ms`)
  await isShown(anna.upn, false)
  await isShown(ben!.upn, true)
  await world.hangUp(ben!.extension)
  await isShown(ben!.upn, false)
  await node.start()
  await world.settled()
})

test('a tenant whose rows cannot be read keeps no other from coming, and is told of until it comes', async () => {
  const { node, other, anna } = await pick()
  const up = async () => {
    const text = (await other.metrics()).matchAll(/^hookswitch_tenant_up\{tenant="(\w+)"\} 1$/gm)
    return [...text].map(([, tenant]) => tenant)
  }
  const told = async () => {
    const { alerts } = (await other.ask('GET', 'alerts')).json<{ alerts: AlertView[] }>()
    return alerts.filter(({ kind }) => kind === 'tenantDown').map(({ tenant, text }) => ({ tenant, text }))
  }
  const rows = `hookswitch.ledger set body = %s where tenant = '${anna.tenant}' and is_open = 1`
  await world.call(anna.extension)
  await isShown(anna.upn, true)
  // It may write the row once more, as when Teams is read: not while it stands still. What it had begun ends with it.
  node.child!.freeze()
  const spoiled = world.ask(`update ${rows.replace('%s', "'{' || body")}`)
  await Promise.race([spoiled, new Promise((resolve) => setTimeout(resolve, 1_000))])
  await node.child!.kill()
  await spoiled
  await until(async () => (await up()).length === tenants.length - 1, 'all others to come', busyMachineMs)
  expect(await up()).not.toContain(anna.tenant)
  await until(async () => (await told()).length > 0, 'it to be told of', busyMachineMs)
  const text = expect.stringMatching(/^Row \S+ of tenant t\d in the table ledger cannot be read: .*JSON/)
  expect(await told()).toEqual([{ tenant: anna.tenant, text }])
  const release = async () => (await other.ask('POST', 'release', { all: true })).json()
  // While it is tried once more the hub has part of it.
  await expect.poll(release, { timeout: busyMachineMs }).toMatchObject({ unserved: [anna.tenant] })
  await world.ask(`update ${rows.replace('%s', 'substr(body, 2)')}`)
  await world.hangUp(anna.extension)
  await isShown(anna.upn, false)
  await until(async () => (await up()).length === tenants.length, 'it to be up', busyMachineMs)
  await until(async () => (await told()).length === 0, 'it to be over', busyMachineMs)
  await node.start()
  await world.settled()
})

test('a hub that stands still for 20 s loses its tenants, and writes nothing when it goes on', async () => {
  const { node, other, anna } = await pick()
  await world.call(anna.extension)
  await isShown(anna.upn, true)
  node.child!.freeze()
  const frozen = performance.now()
  await until(
    async () => (await world.owner(anna.tenant)) === other,
    'the other hub to take over',
    busyMachineMs,
  )
  const gap = performance.now() - frozen
  console.log(`ownership gap after a stop: ${Math.round(gap)} ms`)
  await world.settled([other])
  await world.hangUp(anna.extension)
  await isShown(anna.upn, false)
  await until(() => performance.now() - frozen > 20_000, 'the 20 s to be over', busyMachineMs)
  const { length } = await world.requestsSince(0)
  node.child!.thaw()
  await until(() => node.child!.output().includes('It starts anew'), 'it to learn of it', busyMachineMs)
  const writes = (await world.requestsSince(0)).slice(length).filter(({ path }) => path.includes('resence/'))
  expect(writes).toEqual([])
  await world.settled()
  expect(await world.shown(anna.upn)).not.toBe(IN_A_CALL)
})

test('a hub that is stopped hands over within 5 s, and nobody notices', async () => {
  const { node, other, anna } = await pick()
  await world.call(anna.extension)
  await isShown(anna.upn, true)
  const stopped = performance.now()
  const ended = node.child!.stop()
  await until(
    async () => (await world.owner(anna.tenant)) === other,
    'the other hub to take over',
    busyMachineMs,
  )
  console.log(`handed over after ${Math.round(performance.now() - stopped)} ms`)
  await ended
  expect(await node.child!.ended).toBe(0)
  await world.settled([other])
  expect(await world.shown(anna.upn)).toBe(IN_A_CALL)
  await world.hangUp(anna.extension)
  await isShown(anna.upn, false)
  await node.start()
  await world.settled()
})

test('PostgreSQL is stopped and started: what changed meanwhile is right afterwards, at the hubs that had it', async () => {
  const before = await world.owners()
  await world.call(people[0]!.extension)
  await isShown(people[0]!.upn, true)
  await world.postgresql.stop('fast')
  await world.hangUp(people[0]!.extension)
  await world.call(people[1]!.extension)
  await until(
    () => world.nodes.every(({ child }) => child!.output().includes('the store waits for its server')),
    'the hubs to notice',
    busyMachineMs,
  )
  await world.postgresql.start()
  await isShown(people[0]!.upn, false)
  await isShown(people[1]!.upn, true)
  await world.hangUp(people[1]!.extension)
  await isShown(people[1]!.upn, false)
  await world.settled()
  expect(await world.owners()).toEqual(before)
})

test('a NATS server is killed: nobody loses a tenant, and calls go on being shown', async () => {
  const before = await world.owners()
  for (const server of world.nats.slice(0, 2)) {
    await server.kill()
    await world.call(people[0]!.extension)
    await isShown(people[0]!.upn, true)
    await world.hangUp(people[0]!.extension)
    await isShown(people[0]!.upn, false)
    await server.start()
  }
  await world.settled()
  expect(await world.owners()).toEqual(before)
})
