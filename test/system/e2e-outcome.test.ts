import { afterAll, test } from 'vitest'
import { report } from './e2e/measure.ts'
import { startWorld, type World } from './e2e/world.ts'
import { callShown, doNotDisturbBothWays, ringingShowsNothing } from './scenarios/outcome.ts'
import { inMs, outMs } from './scenarios/waits.ts'

const worlds: World[] = []
afterAll(async () => {
  for (const world of worlds) await world.stop()
})
async function open(...options: Parameters<typeof startWorld>): Promise<World> {
  const world = await startWorld(...options)
  worlds.push(world)
  return world
}

for (const aggregation of ['documented', 'observed'] as const) {
  test(`SW-06, SW-30, CT-16, CT-18, VO-03, VO-06, X-07, X-17: a call on a phone shows in Teams and is taken back (${aggregation})`, async () => {
    const world = await open({ switches: { aggregation } })
    const { starts, ends } = await callShown(world)
    report(`phone call begins, ${aggregation}: Teams shows it`, starts, outMs(world))
    report(`phone call ends, ${aggregation}: Teams shows it`, ends, outMs(world))
  })

  test(`SW-03, SW-10, SW-12, VO-24, VO-25: do not disturb goes both ways and is cleared on either side (${aggregation})`, async () => {
    const world = await open({ switches: { aggregation } })
    const { toPhone, toTeams } = await doNotDisturbBothWays(world)
    report(`a choice in Teams, ${aggregation}: the phone follows`, toPhone, inMs(world))
    report(`a choice at the phone, ${aggregation}: Teams follows`, toTeams, outMs(world))
  })
}

test('CT-17, CT-19, VO-23, X-16: ringing alone shows nothing; answered on the phone it does; Available is never written', async () => {
  await ringingShowsNothing(await open())
})
