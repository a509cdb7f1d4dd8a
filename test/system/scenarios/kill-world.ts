import { rmSync } from 'node:fs'
import type { HubSettings } from '../e2e/config.ts'
import { type HubProcess, startHubProcess, writeConfigFile } from '../e2e/hub-process.ts'
import { startWorld, type World, type WorldOptions } from '../e2e/world.ts'
import { answersMs } from './waits.ts'

/** A lab in this process, and the hub in one of its own, so that it can be killed. */
export interface KillWorld {
  readonly world: World
  /** Whom a scenario with one person is about. */
  readonly who: { readonly name: string; readonly extension: string }
  start(change?: Partial<HubSettings>): Promise<HubProcess>
  /** The hub that was started last. */
  kill(): Promise<void>
  loseLedger(): void
  /** How long the other side may take, real milliseconds. */
  readonly soon: number
  stop(): Promise<void>
}

/** `patienceMs`: how long what follows at once may take in real time, beside what the setting delays. */
export async function openKillWorld(options: WorldOptions = {}, patienceMs = 60_000): Promise<KillWorld> {
  const world = await startWorld({ ...options, withoutHub: true })
  const hubs: HubProcess[] = []
  return {
    world,
    who: { name: 'anna', extension: '1001' },
    async start(change = {}) {
      const hub = await startHubProcess(
        writeConfigFile(world.data, world.text({ data: './store', ...change })),
      )
      hubs.push(hub)
      await hub.ready()
      return hub
    },
    async kill() {
      await hubs.at(-1)?.child.kill()
    },
    loseLedger: () => rmSync(`${world.data}/store`, { recursive: true, force: true }),
    soon: patienceMs + world.lab.switches.readLagMs + answersMs(world),
    async stop() {
      for (const hub of hubs) await hub.child.kill()
      await world.stop()
    },
  }
}

/** Acts when so many have asked for it, and answers all of them. */
function meeting<T>(count: number, act: () => Promise<T>): () => Promise<T> {
  let waiting = 0
  let met = Promise.withResolvers<T>()
  return () => {
    const { promise, resolve, reject } = met
    waiting += 1
    if (waiting === count) {
      waiting = 0
      met = Promise.withResolvers<T>()
      act().then(resolve, reject)
    }
    return promise
  }
}

/** Runs scenarios with one person each, and no configuration of their own, on one hub: it is started and killed when all have come so far. */
export async function runTogether(
  opened: KillWorld,
  scenarios: readonly ((one: KillWorld) => Promise<void>)[],
): Promise<void> {
  const people = [
    { name: 'anna', extension: '1001' },
    { name: 'chiara', extension: '1003' },
    { name: 'elif', extension: '1005' },
    { name: 'farid', extension: '1006' },
  ]
  const start = meeting(scenarios.length, () => opened.start())
  const kill = meeting(scenarios.length, opened.kill)
  const run = (scenario: (one: KillWorld) => Promise<void>, at: number) =>
    scenario({ ...opened, start, kill, who: people[at]! })
  await Promise.all(scenarios.map(run))
}
