import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decide } from '../../src/core/decide.ts'
import { settingOf } from './exhaust.ts'
import { seed } from './random-run.ts'
import { calmMs } from './scenario.ts'
import { extension, policyOf, Simulation } from './simulation.ts'
import type { Action, Setting } from './trace.ts'

const deeds: readonly Action[] = [
  'callStart',
  'callHold',
  'callEnd',
  'teamsCallStart',
  'teamsCallEnd',
  'teamsDnd',
  'teamsAway',
  'teamsAvailable',
]

/** What the hub decides for a target: by link, kind, act and state. */
function decided(target: string, world: Simulation, setting: Setting): string[] {
  const actor = [...world.hub.engine.people.all()].find((each) => each.presentity.id === 'anna')!
  const { voices } = decide(target, {
    points: actor.presentity.points,
    policy: policyOf({ setting, desk: true }),
    now: world.hub.engine.now(),
    start: world.hub.engine.start,
  })
  return voices.map(
    ({ link, kind, act, ...rest }) => `${link}: ${kind} ${act} ${'state' in rest ? rest.state.activity : ''}`,
  )
}

async function begin(setting: Setting, observeOnly: boolean): Promise<Simulation> {
  const world = new Simulation({ setting, observeOnly, desk: true })
  await world.start()
  await world.run(calmMs(setting))
  return world
}

/**
 * Two hubs live through the same day; one never writes to Teams. What they decide for every target must be the same,
 * except where something was done in Teams behind a call session of the hub's own: that is censored, as declared.
 */
it('G-01: the hub’s own contributions, removed from a trace, leave every decision equal', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...deeds), { minLength: 1, maxLength: 8 }),
      fc.constantFrom(0, 5000, 15_000),
      fc.constantFrom('documented' as const, 'observed' as const),
      async (actions, lagMs, mode) => {
        const setting = settingOf(lagMs, { mode, policy: 'silence' })
        const both = [await begin(setting, false), await begin(setting, true)] as const
        let censored = false
        for (const action of [...actions, 'callEnd', 'callEnd', 'callEnd', 'callEnd', 'callEnd'] as const) {
          for (const world of both) {
            world.act(action)
            await world.run(calmMs(setting))
          }
          const [writing, silent] = both
          censored = writing.teams.session('anna') !== undefined && (censored || action.startsWith('teams'))
          if (censored) continue
          for (const target of ['teams', 'phone', 'desk']) {
            expect([target, ...decided(target, writing, setting)]).toEqual([
              target,
              ...decided(target, silent, setting),
            ])
          }
          expect(writing.phone.dnd(extension).on).toBe(silent.phone.dnd(extension).on)
        }
        for (const world of both) world.hub.kill()
      },
    ),
    { numRuns: 400, seed },
  )
})
