import { expect, test } from 'vitest'
import { settingOf } from '../../test/sim/exhaust.ts'
import { tenant } from '../../test/sim/hub.ts'
import { CALL } from '../../test/sim/pairs.ts'
import { calmMs } from '../../test/sim/scenario.ts'
import { extension, Simulation } from '../../test/sim/simulation.ts'
import { findPutOff } from './put-off.ts'

const setting = settingOf(500, { mode: 'observed', policy: 'plain' })
const calm = calmMs(setting)

async function begin(): Promise<Simulation> {
  const world = new Simulation({ setting })
  await world.start()
  await world.run(calm)
  return world
}

const repairsAt = (world: Simulation, connector: string) => world.hub.engine.repairs.of(tenant, connector)

test('a day on which all goes well has nothing mended', async () => {
  const world = await begin()
  for (const deed of ['callStart', 'callEnd', 'teamsDnd', 'phoneDndOff', 'teamsAway'] as const) {
    world.act(deed)
    await world.run(calm)
  }
  expect(repairsAt(world, 'teams')).toEqual({ counts: [], latest: [] })
  expect(repairsAt(world, 'phone')).toEqual({ counts: [], latest: [] })
})

test('a write that is not answered is put off; answered at the second attempt it is mended, with when and for whom', async () => {
  const world = await begin()
  world.teams.fault = { kind: 'failing' }
  world.act('callStart')
  await world.run(500)
  const { people } = world.hub.engine
  const teams = { tenant, id: 'teams' }
  const putOff = findPutOff(people.all())(teams)
  expect(putOff.depth).toBe(1)
  expect(Math.abs(putOff.oldestAt! - world.clock.wall())).toBeLessThan(1000)
  world.teams.fault = undefined
  await world.run(calm)
  expect(world.teams.session('anna')).toBe(CALL)
  expect(findPutOff(people.all())(teams)).toEqual({ depth: 0, oldestAt: undefined })
  const { counts, latest } = repairsAt(world, 'teams')
  expect(counts).toEqual([{ kind: 'unanswered', count: 1 }])
  expect(latest).toEqual([{ kind: 'unanswered', at: expect.any(Number), person: 'anna', address: 'anna' }])
  expect(Math.abs(latest[0]!.at - world.clock.wall())).toBeLessThan(2 * calm)
})

test('a session that vanished and was put back is mended', async () => {
  const world = await begin()
  world.act('callStart')
  await world.run(calm)
  world.teams.change('anna', { client: undefined, app: undefined })
  await world.run(calm)
  expect(world.teams.session('anna')).toBe(CALL)
  expect(repairsAt(world, 'teams').counts).toEqual([{ kind: 'vanished', count: 1 }])
})

test('a session from before the memory was lost is a leftover', async () => {
  const world = await begin()
  world.act('callStart')
  await world.run(calm)
  world.hub.kill()
  world.act('callEnd')
  await world.restart('lost', 2000)
  await world.run(2 * calm)
  expect(world.teams.session('anna')).toBeUndefined()
  expect(repairsAt(world, 'teams').counts).toEqual([{ kind: 'leftover', count: 1 }])
})

test('what happened while a system could not be heard was missed; a break in which nothing happened mends nothing', async () => {
  const world = await begin()
  const interrupt = async (meanwhile: () => void) => {
    world.phone.fault = { kind: 'down' }
    await world.run(30_000)
    meanwhile()
    world.phone.fault = undefined
    await world.run(calm)
  }
  await interrupt(() => {})
  expect(repairsAt(world, 'phone').counts).toEqual([])
  await interrupt(() => world.act('callStart'))
  expect(world.teams.session('anna')).toBe(CALL)
  expect(repairsAt(world, 'phone')).toMatchObject({
    counts: [{ kind: 'missed', count: 1 }],
    latest: [{ kind: 'missed', person: 'anna', address: extension }],
  })
})

test('of each system the newest are told one by one, all are counted; a system that is gone is forgotten', async () => {
  const { repairs } = (await begin()).hub.engine
  const one = { kind: 'missed', connector: 'pbx', address: '7' } as const
  for (let at = 1; at <= 30; at++) repairs.note({ tenant: 'a', id: 'anna' }, [one], at)
  const { counts, latest } = repairs.of('a', 'pbx')
  expect(counts).toEqual([{ kind: 'missed', count: 30 }])
  expect([latest.length, latest[0]!.at]).toEqual([20, 30])
  repairs.forget('a', 'pbx')
  expect(repairs.of('a', 'pbx')).toEqual({ counts: [], latest: [] })
})
