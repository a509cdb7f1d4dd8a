import { describe, expect, test } from 'vitest'
import { startWorld, type World } from './e2e/world.ts'
import { chosenByHand } from './scenarios/by-hand.ts'
import * as calls from './scenarios/calls.ts'
import * as outcome from './scenarios/outcome.ts'
import { nameOf, pairsLeftOut, settings, withStranger } from './scenarios/settings.ts'

test('any two values of two switches meet under the defaults or a setting', () => {
  expect(pairsLeftOut()).toEqual([])
})

const scenarios: Readonly<Record<string, (world: World) => Promise<unknown>>> = {
  ...calls,
  ...outcome,
  chosenByHand,
}

describe.each(settings.map((switches) => ({ switches, named: nameOf(switches) })))(
  'under $named',
  ({ switches }) => {
    test.concurrent.for(Object.entries(scenarios))('%s', async ([, scenario], { onTestFinished }) => {
      const world = await startWorld({ stopped: true, switches, ...withStranger() })
      onTestFinished(world.stop)
      await scenario(world)
    })
  },
)

test.concurrent.for([
  { unlicensed: 'accepted', subscriptions: 'renewable' },
  { unlicensed: 'accepted', subscriptions: 'fixed', preferredMaxHours: 24 },
] as const)(
  'what concerns one kind of request troubles nobody else: %o',
  async (switches, { onTestFinished }) => {
    const world = await startWorld({ stopped: true, switches, ...withStranger() })
    onTestFinished(world.stop)
    world.phone('1013').dial()
    await outcome.doNotDisturbBothWays(world)
  },
)
