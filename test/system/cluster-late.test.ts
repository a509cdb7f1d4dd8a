import { afterAll, beforeAll, expect, test } from 'vitest'
import { busyMachineMs } from './cluster/node.ts'
import { ClusterWorld } from './cluster/world.ts'
import { until } from './support/child.ts'

/** A hub dies with writes on their way, people change their minds meanwhile, and 8 s later what it wrote arrives all the same. */
const lateMs = 8_000
/** After it has arrived: a read, the settle time of reads, a write. */
const mendedMs = 30_000

let world: ClusterWorld
beforeAll(async () => {
  world = await ClusterWorld.open(['one', 'two'], { proxied: true })
  for (const node of world.nodes) await node.start()
  await world.settled()
}, 5 * busyMachineMs)
afterAll(() => world?.close())

const call = 'Busy/InACall'
const silence = 'DoNotDisturb/DoNotDisturb'

/** Teams and the phone; a session of ours in brackets. */
async function look(upn: string): Promise<string> {
  const { teams, phones } = await world.state(upn)
  const sessions = teams.sessions.length > 0 ? ' (session)' : ''
  return `${teams.shown}${sessions}, phone ${phones.some(({ dnd }) => dnd) ? 'silent' : 'loud'}`
}

async function become(wanted: ReadonlyMap<string, string>, ms: number): Promise<number> {
  const begun = performance.now()
  const found = () => Promise.all([...wanted.keys()].map(look))
  await until(async () => (await found()).join() === [...wanted.values()].join(), '', ms).catch(async () =>
    expect(await found(), world.output()).toEqual([...wanted.values()]),
  )
  return Math.round(performance.now() - begun)
}

test('what a dead hub wrote and what arrives 8 s late does not stand: not a call, not its end, not a choice, not its end', async () => {
  const [node] = world.nodes
  const had = (await world.owners()).filter((row) => row.node === node!.name).map(({ tenant }) => tenant)
  const own = world.people.filter(({ tenant }) => had.includes(tenant))
  const [begins, ends, silenced, loud] = own as [
    (typeof own)[0],
    (typeof own)[0],
    (typeof own)[0],
    (typeof own)[0],
  ]
  const free = new Map(await Promise.all(own.map(async ({ upn }) => [upn, await world.shown(upn)] as const)))
  await world.call(ends.extension)
  await world.pressDnd(loud.extension, true)
  await become(
    new Map([
      [ends.upn, `${call} (session), phone loud`],
      [loud.upn, `${silence}, phone silent`],
    ]),
    busyMachineMs,
  )
  const caught = node!.graph!.holdNext(lateMs, 4)
  await world.call(begins.extension)
  await world.hangUp(ends.extension)
  await world.pressDnd(silenced.extension, true)
  await world.pressDnd(loud.extension, false)
  const held = await caught
  await node!.child!.kill()
  await world.hangUp(begins.extension)
  await world.call(ends.extension)
  await world.pressDnd(silenced.extension, false)
  await world.pressDnd(loud.extension, true)
  const wanted = new Map([
    [begins.upn, `${free.get(begins.upn)}, phone loud`],
    [ends.upn, `${call} (session), phone loud`],
    [silenced.upn, `${free.get(silenced.upn)}, phone loud`],
    [loud.upn, `${silence}, phone silent`],
  ])
  const answers = await Promise.all(held.map(({ delivered }) => delivered))
  expect(answers).toHaveLength(4)
  const before = await Promise.all([...wanted.keys()].map(look))
  console.log(`as the late writes arrive: ${before.join('; ')}`)
  const took = await become(wanted, mendedMs + busyMachineMs)
  console.log(`right again after ${took} ms (promised ${mendedMs})`)
  await node!.start()
  await world.settled()
  await become(wanted, busyMachineMs)
})
