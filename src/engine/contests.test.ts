import { expect, it } from 'vitest'
import { settingOf } from '../../test/sim/exhaust.ts'
import { tenant } from '../../test/sim/hub.ts'
import { Simulation } from '../../test/sim/simulation.ts'
import { viewPerson } from './views.ts'

const minute = 60_000

/** Somebody else switches do not disturb off at the phone, three times right after the hub has set it. */
async function fight(world: Simulation): Promise<void> {
  for (let round = 0; round < 3; round++) {
    world.act('teamsDnd')
    await world.clock.until(() => world.standing().dnd, minute)
    await world.run(4000)
    world.act('phoneDndOff')
    await world.run(25_000)
  }
}

function dndTarget(world: Simulation) {
  const { engine } = world.hub
  const view = viewPerson(engine.people.get(tenant, 'anna')!, {
    now: engine.now(),
    policy: engine.policy(tenant),
    system: (connector) => engine.system(tenant, connector),
  })
  return view.systems
    .find(({ connector }) => connector === 'phone')
    ?.targets.find(({ slot }) => slot === 'dnd')
}

function writesToPhone(world: Simulation): number {
  return world.entries.filter((entry) => entry.kind === 'write' && entry.system === 'phone').length
}

it('G-01: a fight over a slot is not begun again by a restart', async () => {
  const world = new Simulation({ setting: settingOf(500, { mode: 'observed', policy: 'plain' }) })
  await world.start()
  await world.run(minute)
  await fight(world)
  const before = writesToPhone(world)
  await world.restart('intact', 2000)
  await world.run(minute)
  world.act('teamsDnd')
  await world.run(minute)
  expect(writesToPhone(world)).toBe(before)
  expect(dndTarget(world)).toMatchObject({
    status: 'contested',
    detail: expect.stringMatching(/doNotDisturb\/doNotDisturb was changed to available\/available 3 times/),
  })
  // It was left alone for long enough: what is wanted is written again.
  await world.run(15 * minute)
  expect(world.standing().dnd).toBe(true)
  expect(dndTarget(world)?.status).toBe('applied')
  await world.restart('intact', 2000)
  await world.run(minute)
  expect(dndTarget(world)?.status).not.toBe('contested')
})
