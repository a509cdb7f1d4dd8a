import type { StoreCopy } from './memory-store.ts'
import { emptyCopy } from './memory-store.ts'
import { epoch, Simulation } from './simulation.ts'
import type { Action, Ledger, Run, Setting } from './trace.ts'

/** A hub that is killed is down for so long. */
const downMs = 2000
const hourMs = 3_600_000
/** A gap in which a hub need not see anything. */
export const shortMs = 1000

/** When the hub is killed, relative to the two deeds. */
export type Moment = 'never' | 'before first' | 'between' | 'after second' | 'in mid-settle'

export interface Scenario {
  readonly setting: Setting
  readonly first: Action
  readonly second: Action
  readonly gapMs: number
  readonly moment: Moment
  readonly ledger: Ledger
}

/** What has to be so before a deed means anything. */
const needs: Partial<Record<Action, Action>> = {
  callEnd: 'callStart',
  callHold: 'callStart',
  teamsCallEnd: 'teamsCallStart',
  phoneDndOff: 'phoneDndOn',
  teamsAvailable: 'teamsDnd',
}

export function preparation(first: Action, second: Action): Action[] {
  const wanted = [needs[first], needs[second] === first ? undefined : needs[second]]
  const unique = [...new Set(wanted.filter((each): each is Action => each !== undefined))]
  return unique.filter((each) => each !== first)
}

/** The hub's memory of an hour ago, in the middle of a call and of do not disturb, and of now, when all is over. */
export interface Memories {
  readonly old: StoreCopy
  readonly recent: StoreCopy
}

export async function remember(setting: Setting): Promise<Memories> {
  const world = new Simulation({ setting })
  await world.start()
  const calm = calmMs(setting)
  await world.run(calm)
  world.act('callStart')
  await world.run(calm)
  world.act('teamsDnd')
  await world.run(calm)
  const old = world.store.snapshot()
  world.act('callEnd')
  await world.run(calm)
  world.teams.prefer('anna', undefined, 'person')
  await world.run(hourMs)
  const recent = world.store.snapshot()
  world.hub.kill()
  return { old, recent }
}

/** Until everything is seen, written, settled and read again. */
export function calmMs({ lagMs, pollMs, settleMs }: Setting): number {
  return lagMs + 2 * pollMs + 2 * settleMs + 10_000
}

export async function play(scenario: Scenario, memories: Memories): Promise<Simulation> {
  const { setting, first, second, gapMs, moment, ledger } = scenario
  const { lagMs, settleMs } = setting
  const calm = calmMs(setting)
  const world = new Simulation({ setting, store: memories.recent, wall: epoch + 2 * hourMs })
  const strike = () => world.restart(ledger, downMs, memories.old)
  await world.start()
  await world.run(calm)
  for (const action of preparation(first, second)) {
    world.act(action)
    await world.run(calm)
  }
  if (moment === 'before first') {
    await strike()
    await world.run(gapMs <= shortMs ? 3000 : calm)
  }
  world.act(first)
  if (moment === 'between') {
    await world.run(gapMs / 2)
    await strike()
    await world.run(Math.max(0, gapMs / 2 - downMs))
  } else await world.run(gapMs)
  world.act(second)
  if (moment === 'after second') {
    await world.run(500)
    await strike()
  }
  if (moment === 'in mid-settle') {
    await untilMidSettle(world, setting)
    await strike()
  }
  // With its memory gone the hub waits for its sessions to run out, and no longer than its lost hold.
  const late = lagMs > settleMs ? 3 * lagMs : 0
  await world.run((ledger === 'intact' || moment === 'never' ? calm + 20_000 : calm + 920_000) + late)
  world.hub.kill()
  return world
}

/** Half a settle time after the hub's answer to the last deed, or after the deed when it writes nothing. */
async function untilMidSettle(world: Simulation, { lagMs, pollMs, settleMs }: Setting): Promise<void> {
  const from = world.entries.length
  const wrote = () => world.entries.slice(from).some((entry) => entry.kind === 'write')
  await world.clock.until(wrote, lagMs + pollMs + 1000)
  const last = world.entries.at(-1)
  const half = last?.kind === 'write' && last.system === 'phone' ? 1000 : settleMs / 2
  await world.run(half)
}

export async function run(scenario: Scenario, memories: Memories): Promise<Run & { complaints: string[] }> {
  const world = await play(scenario, memories)
  return { ...world.result(), complaints: world.complaints }
}

export const noMemories: Memories = { old: emptyCopy, recent: emptyCopy }
