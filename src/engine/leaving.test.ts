import { expect, it } from 'vitest'
import { settingOf } from '../../test/sim/exhaust.ts'
import { tenant } from '../../test/sim/hub.ts'
import { DND } from '../../test/sim/pairs.ts'
import { Simulation } from '../../test/sim/simulation.ts'

const setting = settingOf(500, { mode: 'observed', policy: 'plain' })

async function silencedByTeams(): Promise<Simulation> {
  const world = new Simulation({ setting })
  await world.start()
  await world.run(60_000)
  world.act('teamsDnd')
  await world.run(60_000)
  expect(world.standing().dnd).toBe(true)
  return world
}

it('G-03: what rested on an address that is given up is taken back, although that address takes no writes', async () => {
  const world = await silencedByTeams()
  world.teams.fault = { kind: 'down' }
  world.phone.startCall('1001')
  await world.run(1000)
  const people = world
    .people()
    .map((one) => ({ ...one, addresses: one.addresses.filter(({ connector }) => connector !== 'teams') }))
  world.hub.engine.setPeople(people)
  await world.run(10_000)
  expect(world.standing().dnd).toBe(false)
})

it.each(['running', 'stopped'])(
  'G-03: an extension that moves with our do not disturb on it, the hub %s, leaves the choice of its new owner alone',
  async (hub) => {
    const world = await silencedByTeams()
    world.teams.prefer('ben', DND, 'person')
    await world.run(60_000)
    // The PBX can be read before it takes a write.
    world.phone.fault = { kind: 'throttled', retryAfterMs: 3000 }
    if (hub === 'stopped') world.hub.kill()
    world.act('moveExtension')
    await world.run(2000)
    if (hub === 'stopped') await world.start(() => false)
    await world.run(4000)
    world.phone.fault = undefined
    await world.run(100_000)
    expect(world.standing()).toEqual({ dnd: true, anna: DND, ben: DND })
  },
)

it('G-06: a person without any address stays; one whom nobody names goes', async () => {
  const world = new Simulation({ setting })
  await world.start()
  const ben = { tenant, id: 'carl', upn: 'carl@contoso.example', displayName: 'Carl', addresses: [] }
  world.hub.engine.setPeople([...world.people(), ben])
  world.hub.engine.setPolicy(tenant, world.hub.engine.policy(tenant))
  await world.run(1000)
  expect(world.hub.engine.people.get(tenant, 'carl')).toBeDefined()
  world.hub.engine.setPeople(world.people())
  await world.run(1000)
  expect(world.hub.engine.people.get(tenant, 'carl')).toBeUndefined()
})

it('G-06: who was taken out of the configuration while the hub was down is forgotten, the others are not', async () => {
  const world = new Simulation({ setting })
  await world.start()
  await world.run(60_000)
  const stored = () => [...world.store.snapshot().presentities.values()].map(({ id }) => id).sort()
  expect(stored()).toEqual(['anna', 'ben'])
  world.hub.kill()
  world.act('removePerson')
  await world.start(() => false)
  await world.run(1000)
  expect(stored()).toEqual(['ben'])
})

it('G-06: who was taken out while the hub was down, with our do not disturb on the phone, is forgotten after it is taken back', async () => {
  const world = await silencedByTeams()
  world.hub.kill()
  world.act('removePerson')
  await world.start(() => false)
  await world.run(60_000)
  expect(world.standing().dnd).toBe(false)
  expect([...world.store.snapshot().presentities.values()].map(({ id }) => id)).toEqual(['ben'])
})

it('G-02: an address that comes to a person later is waited for from then on', async () => {
  const world = new Simulation({ setting, desk: true })
  const withDesk = world.people()
  const without = withDesk.map((one) => ({
    ...one,
    addresses: one.addresses.filter(({ connector }) => connector !== 'desk'),
  }))
  await world.start()
  world.hub.engine.setPeople(without)
  world.desk.fault = { kind: 'down' }
  await world.run(120_000)
  world.hub.engine.setPeople(withDesk)
  await world.run(1000)
  world.act('callStart')
  await world.run(10_000)
  expect(world.teams.session('anna')).toBeUndefined()
  await world.run(25_000)
  expect(world.teams.session('anna')).toBe('busy/inACall')
})
