import { afterEach, test } from 'vitest'
import { startWorld, type World } from './e2e/world.ts'
import { chosenByHand } from './scenarios/by-hand.ts'

let world: World | undefined
afterEach(async () => {
  await world?.stop()
  world = undefined
})

for (const aggregation of ['documented', 'observed'] as const) {
  test(`SW-32, SW-33, G-04: a state chosen by hand during a phone call, or before it (${aggregation})`, async () => {
    world = await startWorld({ stopped: true, switches: { aggregation } })
    await chosenByHand(world)
  })
}
