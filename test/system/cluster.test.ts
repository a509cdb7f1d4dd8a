import { afterAll, beforeAll, expect, test } from 'vitest'
import { busyMachineMs, type ClusterNode, ClusterWorld, people, tenants } from './cluster/world.ts'
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
