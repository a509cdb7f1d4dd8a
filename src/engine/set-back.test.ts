import { expect, it } from 'vitest'
import { settingOf } from '../../test/sim/exhaust.ts'
import { CALL, FREE } from '../../test/sim/pairs.ts'
import { Simulation } from '../../test/sim/simulation.ts'

const setting = settingOf(500, { mode: 'observed', policy: 'plain' })
const hourMs = 3_600_000

async function restartAnHourEarlier(world: Simulation): Promise<void> {
  world.hub.kill()
  world.clock.stepWall(-hourMs)
  await world.start(() => false)
}

it('G-03: a call that had just ended does not count for an hour when the clock was set back over a restart', async () => {
  const world = new Simulation({ setting })
  await world.start()
  await world.run(60_000)
  world.act('callStart')
  await world.run(30_000)
  world.act('callEnd')
  await world.run(5500)
  await restartAnHourEarlier(world)
  await world.run(20_000)
  expect(world.teams.shown('anna')).toBe(FREE)
})

it('G-03: the session of a long call is prolonged in time when the clock was set back over a restart', async () => {
  const world = new Simulation({ setting })
  await world.start()
  await world.run(60_000)
  world.act('callStart')
  await world.run(2 * hourMs)
  await restartAnHourEarlier(world)
  for (let minute = 0; minute < 60; minute += 1) {
    await world.run(60_000)
    expect(world.teams.shown('anna')).toBe(CALL)
  }
})
