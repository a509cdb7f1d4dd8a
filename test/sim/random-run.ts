import fc from 'fast-check'
import { systemKey } from '../../src/engine/system.ts'
import { actions, lags, settingOf } from './exhaust.ts'
import { tenant } from './hub.ts'
import { calmMs } from './scenario.ts'
import { Simulation } from './simulation.ts'
import type { Action, Run, Setting } from './trace.ts'

/** One seed for every run, so that a build says the same twice; another one with HOOKSWITCH_SEED. */
export const seed = Number(process.env.HOOKSWITCH_SEED ?? 20_261_121)

/** A day in the life: deeds with pauses, and the hub killed here and there. */
export interface Script {
  readonly setting: Setting
  readonly steps: readonly { readonly action: Action; readonly pauseMs: number; readonly restart: boolean }[]
  /** Reads are late by so much, in turn: never later than the setting's lag. */
  readonly lateness: readonly number[]
}

const pauses = [300, 1000, 3000, 8000, 20_000, 60_000, 200_000]

export const scripts: fc.Arbitrary<Script> = fc
  .record({
    lagMs: fc.constantFrom(...lags),
    mode: fc.constantFrom('documented' as const, 'observed' as const),
    policy: fc.constantFrom('plain' as const, 'silence' as const),
    unnumbered: fc.boolean(),
    steps: fc.array(
      fc.record({
        action: fc.constantFrom(...actions),
        pauseMs: fc.constantFrom(...pauses),
        restart: fc.nat(9).map((die) => die === 0),
      }),
      { minLength: 1, maxLength: 7 },
    ),
    lateness: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 5 }),
  })
  .map(({ lagMs, mode, policy, unnumbered, steps, lateness }) => ({
    setting: settingOf(lagMs, { mode, policy, unnumbered }),
    steps,
    lateness: lateness.map((share) => share * lagMs),
  }))

export async function perform(script: Script): Promise<Run & { readonly complaints: readonly string[] }> {
  const { setting, steps, lateness } = script
  let read = 0
  const lagMs = () => {
    read += 1
    return lateness[read % lateness.length]!
  }
  const world = new Simulation({ setting, lagMs })
  const alarms = new Set<string>()
  const look = () => {
    if (findSecondHub(world)) alarms.add('a second hub with the same application was seen, and there is none')
  }
  const calm = calmMs(setting)
  await world.start()
  await world.run(calm)
  for (const { action, pauseMs, restart } of steps) {
    world.act(action)
    await world.run(pauseMs)
    look()
    if (restart) await world.restart('intact', 2000)
  }
  await world.run(calm + 20_000)
  look()
  world.hub.kill()
  return { ...world.result(), complaints: [...world.complaints, ...alarms] }
}

/** As in a tenant of one person, where the fewest signs are enough. */
function findSecondHub({ hub: { engine } }: Simulation) {
  return engine.sessions.find(systemKey(tenant, 'teams'), { now: engine.now(), followed: 1 })
}
