import { describe, expect, it } from 'vitest'
import { settingOf } from '../../test/sim/exhaust.ts'
import { judge } from '../../test/sim/oracle.ts'
import { calmMs } from '../../test/sim/scenario.ts'
import { Simulation } from '../../test/sim/simulation.ts'

const setting = settingOf(0, { mode: 'observed', policy: 'plain' })

async function chosenInTeams(): Promise<Simulation> {
  const world = new Simulation({ setting })
  await world.start()
  await world.run(calmMs(setting))
  world.act('teamsDnd')
  await world.run(calmMs(setting))
  return world
}

describe('a clearance whose answer does not come', () => {
  it('is sent again, and choices made after it are heard', async () => {
    const world = await chosenInTeams()
    world.teams.fault = { kind: 'failing' }
    world.act('phoneDndOff')
    await world.run(500)
    world.teams.fault = undefined
    await world.run(calmMs(setting))
    expect(world.teams.preferred('anna')).toBeUndefined()
    world.act('teamsDnd')
    await world.run(calmMs(setting))
    expect(world.standing()).toMatchObject({ dnd: true, anna: 'doNotDisturb/doNotDisturb' })
    expect(judge({ ...world.result(), setting: { ...setting, delayMs: 3000 } }).wrong).toEqual([])
  })

  it('covers nothing: do not disturb, chosen anew elsewhere, is written', async () => {
    const world = await chosenInTeams()
    world.act('phoneDndOff')
    // The request arrives, and the process dies before the answer.
    await world.run(100)
    await world.restart('intact', 2000)
    world.act('phoneDndOn')
    await world.run(calmMs(setting))
    expect(world.standing()).toMatchObject({ dnd: true, anna: 'doNotDisturb/doNotDisturb' })
  })
})
