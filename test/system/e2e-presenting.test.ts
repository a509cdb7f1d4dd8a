import { afterEach, test } from 'vitest'
import { startWorld, type World } from './e2e/world.ts'
import { doNotDisturbAsPresenting, nothingPicked } from './scenarios/presenting.ts'

let world: World | undefined
afterEach(async () => {
  await world?.stop()
  world = undefined
})

for (const aggregation of ['documented', 'observed'] as const) {
  test(`SW-03, SW-12, VO-24, VO-25: do not disturb shown as Presenting is taken back on either side (${aggregation})`, async () => {
    world = await startWorld({ stopped: true, switches: { aggregation }, teams: { dndAs: 'presenting' } })
    await doNotDisturbAsPresenting(world)
  })

  test(`G-04: beside Presenting, what is no choice leaves the phone as it is (${aggregation})`, async () => {
    world = await startWorld({ stopped: true, switches: { aggregation }, teams: { dndAs: 'presenting' } })
    await nothingPicked(world)
  })
}
