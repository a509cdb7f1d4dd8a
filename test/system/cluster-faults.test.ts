import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Deed, Oracle, seededRandom } from './cluster/oracle.ts'
import { busyMachineMs, ClusterWorld, people } from './cluster/world.ts'
import { until } from './support/child.ts'

/**
 * Three hubs, three NATS servers, PostgreSQL and the lab: people make calls and silence their phones while one thing after
 * the other is killed, stopped or frozen, in an order that the seed gives. HOOKSWITCH_SEED runs a seed again,
 * HOOKSWITCH_CLUSTER_SEEDS says how many there are.
 */
const first = Number(process.env.HOOKSWITCH_SEED ?? 1)
const seeds = Array.from(
  { length: Number(process.env.HOOKSWITCH_CLUSTER_SEEDS ?? 2) },
  (_, index) => first + index,
)
/** After the faults; on a machine that is busy with other tests everything takes longer. */
const promisedMs = 30_000

let world: ClusterWorld
let free: ReadonlyMap<string, string>
const gaps: number[] = []
beforeAll(async () => {
  world = await ClusterWorld.open(['one', 'two', 'three'])
  free = new Map(await Promise.all(people.map(async ({ upn }) => [upn, await world.shown(upn)] as const)))
  for (const node of world.nodes) await node.start()
  await world.settled()
}, 5 * busyMachineMs)
afterAll(async () => {
  const sorted = gaps.toSorted((a, b) => a - b)
  if (sorted.length > 0) console.log(`ownership gaps of killed hubs, ms: ${sorted.map(Math.round).join(' ')}`)
  await world?.close()
})

type Random = () => number
const pickOf = <Thing>(things: readonly Thing[], random: Random) =>
  things[Math.floor(random() * things.length)]!

function shuffled<Thing>(things: readonly Thing[], random: Random): readonly Thing[] {
  return things
    .map((thing) => ({ thing, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ thing }) => thing)
}

/** Each leaves everything running again. */
const faults: Readonly<Record<string, (random: Random) => Promise<void>>> = {
  'a hub is killed': async (random) => {
    const node = pickOf(world.nodes, random)
    const had = (await world.owners()).filter((row) => row.node === node.name).map(({ tenant }) => tenant)
    await node.child!.kill()
    const killed = performance.now()
    await until(
      async () => {
        const owners = await world.owners()
        return had.every((tenant) =>
          owners.some((row) => row.tenant === tenant && !['', node.name].includes(row.node)),
        )
      },
      'its tenants to be taken over',
      busyMachineMs,
    )
    gaps.push(performance.now() - killed)
    await wait(500 + random() * 2_000)
    await node.start()
  },
  'a hub is frozen': async (random) => {
    const node = pickOf(world.nodes, random)
    node.child!.freeze()
    await wait(2_000 + random() * 12_000)
    node.child!.thaw()
  },
  'a hub is stopped in order': async (random) => {
    const node = pickOf(world.nodes, random)
    await node.child!.stop()
    await wait(random() * 2_000)
    await node.start()
  },
  'a NATS server is killed': async (random) => {
    const server = pickOf(world.nats, random)
    await server.kill()
    await wait(1_000 + random() * 3_000)
    await server.start()
  },
  'PostgreSQL is stopped': async (random) => {
    await world.postgresql.stop(random() < 0.5 ? 'fast' : 'immediate')
    await wait(500 + random() * 4_000)
    await world.postgresql.start()
  },
}

const acts: Readonly<Record<Deed, (extension: string) => Promise<unknown>>> = {
  call: (extension) => world.call(extension),
  hangUp: (extension) => world.hangUp(extension),
  dndOn: (extension) => world.pressDnd(extension, true),
  dndOff: (extension) => world.pressDnd(extension, false),
}

/** People live on until told to stop; answers how much they did. */
function live(oracle: Oracle, random: Random): { stop(): Promise<number> } {
  let over = false
  const run = async () => {
    let count = 0
    while (!over) {
      const { upn, extension } = pickOf(people, random)
      const deed = pickOf(oracle.possible(upn), random)
      await acts[deed](extension)
      oracle.did(upn, deed)
      count += 1
      await wait(100 + random() * 400)
    }
    return count
  }
  const running = run()
  return {
    stop: () => {
      over = true
      return running
    },
  }
}

async function differences(oracle: Oracle): Promise<readonly string[]> {
  const found = await Promise.all(
    people.map(async ({ upn, tenant }) => {
      const { teams, phones } = await world.state(upn)
      const silent = phones.some(({ dnd }) => dnd)
      const wanted = `${oracle.shown(upn)}${oracle.isSilent(upn) ? ', silent' : ''}`
      const is = `${teams.shown}${silent ? ', silent' : ''}`
      return is === wanted ? [] : [`${upn} of ${tenant} is ${is}, not ${wanted}`]
    }),
  )
  return found.flat()
}

test.each(seeds)(
  'faults in the order of seed %i: afterwards everybody is shown as they are',
  async (seed) => {
    const [order, days] = [seededRandom(seed), seededRandom(seed + 1_000_000)]
    const oracle = new Oracle(free)
    const before = (await world.requestsSince(0)).length
    const life = live(oracle, days)
    for (const name of shuffled(Object.keys(faults), order)) {
      console.log(`seed ${seed}: ${name}`)
      await faults[name]!(order)
      await wait(1_000 + order() * 3_000)
    }
    const deeds = await life.stop()
    const over = performance.now()
    await until(
      async () => (await differences(oracle)).length === 0,
      () => `everybody to be shown as they are\n${world.output()}`,
      promisedMs + busyMachineMs,
    ).catch(async (error: unknown) => {
      throw new Error(`${(await differences(oracle)).join('\n')}\n${String(error)}`)
    })
    const took = performance.now() - over
    const writes = (await world.requestsSince(0))
      .slice(before)
      .filter(({ path }) => path.includes('/presence/'))
    console.log(
      `seed ${seed}: ${deeds} deeds, right again after ${Math.round(took)} ms, ${writes.length} writes at Teams`,
    )
    await world.settled()
    expect(await differences(oracle)).toEqual([])
    for (const { upn, extension } of people) {
      for (const deed of oracle.possible(upn).filter((one) => one === 'hangUp' || one === 'dndOff')) {
        await acts[deed](extension)
        oracle.did(upn, deed)
      }
    }
    await until(
      async () => (await differences(oracle)).length === 0,
      'everybody to be free again',
      busyMachineMs,
    )
  },
  600_000,
)
