import { expect, it } from 'vitest'
import { settingOf } from '../../../test/sim/exhaust.ts'
import { tenant } from '../../../test/sim/hub.ts'
import { Simulation } from '../../../test/sim/simulation.ts'
import { viewPerson } from '../../engine/views.ts'
import { viewContext } from './port.ts'

it('whoever looks as soon as a turn is over sees what it left, between two whole milliseconds too', async () => {
  const setting = settingOf(500, { mode: 'observed', policy: 'plain' })
  const world = new Simulation({ setting, wall: Date.UTC(2026, 10, 22) + 0.25 })
  await world.start()
  await world.run(60_000)
  const { engine } = world.hub
  const shown: string[] = []
  engine.watch((actor) => {
    if (actor.presentity.id !== 'anna') return
    const { activity } = viewPerson(actor, viewContext(engine, tenant)).state
    if (shown.at(-1) !== activity) shown.push(activity)
  })
  world.act('callStart')
  await world.run(10_000)
  world.act('callEnd')
  await world.run(10_000)
  expect(shown).toEqual(['inACall', 'available'])
})
