import { setTimeout as wait } from 'node:timers/promises'
import { until } from '../support/child.ts'
import { MachineLoad } from './machine.ts'
import { busyMachineMs, type ClusterNode } from './node.ts'
import { pickOf, type Random } from './oracle/random.ts'
import type { ClusterSite } from './site.ts'
import type { ClusterWorld } from './world.ts'

/** How long tenants had nobody, and what others took of the machine then (0 to 1). */
export interface Gap {
  readonly ms: number
  readonly others: number
}

export interface Gaps {
  readonly killed: Gap[]
  /** The process stands still, or nobody reaches it. */
  readonly lost: Gap[]
}

export interface Scene {
  readonly world: ClusterWorld
  readonly site: ClusterSite
  /** Whether somebody at the site is in a call. */
  readonly isTalking: () => boolean
  readonly random: Random
  readonly gaps: Gaps
}

/** How late the write of an owner that is gone arrives, milliseconds. */
const lateMs = 8_000
const frozenMs = 20_000
/** So long at most a write is waited for, milliseconds. */
const quietMs = 15_000

/** Waits until all that the node had is another's; answers how long that took. */
async function takenOver(world: ClusterWorld, node: ClusterNode, had: readonly string[]): Promise<Gap> {
  const [begun, load] = [performance.now(), new MachineLoad()]
  await until(
    async () => {
      const owners = await world.owners()
      return had.every((tenant) =>
        owners.some((row) => row.tenant === tenant && !['', node.name].includes(row.node)),
      )
    },
    () => `the tenants of ${node.name} to be taken over\n${world.output()}`,
    busyMachineMs,
  )
  return { ms: performance.now() - begun, others: load.take().others }
}

/** What the node has, as soon as it has something: it may just have come back. */
async function tenantsOf(world: ClusterWorld, node: ClusterNode): Promise<readonly string[]> {
  const look = async () =>
    (await world.owners()).filter((row) => row.node === node.name).map(({ tenant }) => tenant)
  await until(
    async () => (await look()).length > 0,
    () => `${node.name} to have a tenant\n${world.output()}`,
    busyMachineMs,
  )
  return look()
}

async function kill({ world, gaps }: Scene, node: ClusterNode): Promise<void> {
  const had = await tenantsOf(world, node)
  await node.child!.kill()
  gaps.killed.push(await takenOver(world, node, had))
}

/** Each leaves everything running again. */
export const faults: Readonly<Record<string, (scene: Scene) => Promise<void>>> = {
  'a hub is killed': async (scene) => {
    const node = pickOf(scene.world.nodes, scene.random)
    await kill(scene, node)
    await wait(500 + scene.random() * 2_000)
    await node.start()
  },
  'a hub stands still for 20 s': async ({ world, random, gaps }) => {
    const node = pickOf(world.nodes, random)
    const had = await tenantsOf(world, node)
    const begun = performance.now()
    node.child!.freeze()
    gaps.lost.push(await takenOver(world, node, had))
    await wait(Math.max(0, frozenMs - (performance.now() - begun)))
    node.child!.thaw()
  },
  'a hub is cut off': async ({ world, gaps }) => {
    const node = world.nodes.find(({ isolation }) => isolation)!
    const had = await tenantsOf(world, node)
    node.isolation!.cut()
    try {
      gaps.lost.push(await takenOver(world, node, had))
    } finally {
      node.isolation!.heal()
    }
  },
  'a hub is stopped in order': async ({ world, random }) => {
    const node = pickOf(world.nodes, random)
    await node.child!.stop()
    await wait(random() * 2_000)
    await node.start()
  },
  'a NATS server is killed': async ({ world, random }) => {
    const server = pickOf(world.nats, random)
    await server.kill()
    await wait(1_000 + random() * 3_000)
    await server.start()
  },
  'PostgreSQL is stopped': async ({ world, random }) => {
    await world.postgresql.stop(random() < 0.5 ? 'fast' : 'immediate')
    await wait(500 + random() * 4_000)
    await world.postgresql.start()
  },
  'what a hub wrote arrives 8 s late, and the hub is killed': async (scene) => {
    const node = pickOf(scene.world.nodes, scene.random)
    await tenantsOf(scene.world, node)
    const caught = node.graph!.holdNext(lateMs)
    // Whatever it has may just be quiet: then it is killed all the same.
    const held = await Promise.race([caught, wait(quietMs).then(() => [])])
    await kill(scene, node)
    await Promise.all(held.map(({ delivered }) => delivered))
    await node.start()
  },
  'Graph is slow': async ({ world, random }) => {
    const slowMs = 1_000 + random() * 3_000
    for (const { graph } of world.nodes) graph!.slowMs = slowMs
    await wait(5_000 + random() * 5_000)
    for (const { graph } of world.nodes) graph!.slowMs = 0
  },
  'the link of a site is cut in mid-call': async ({ site, random, isTalking }) => {
    await until(isTalking, 'somebody at the site to be in a call', busyMachineMs)
    if (random() < 0.5) site.cut()
    else site.stall()
    await wait(5_000 + random() * 5_000)
    site.heal()
  },
  'the wall clock of a hub is set': async ({ world, random }) => {
    const node = pickOf(world.nodes, random)
    node.setClock((random() < 0.5 ? 1 : -1) * (60_000 + random() * 7_200_000))
    await wait(3_000 + random() * 5_000)
    node.setClock(0)
    await wait(1_000)
  },
}
