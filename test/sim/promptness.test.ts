import { expect, it } from 'vitest'
import { settingOf } from './exhaust.ts'
import { judge } from './oracle.ts'
import { calmMs } from './scenario.ts'
import { extension, Simulation } from './simulation.ts'
import type { Action } from './trace.ts'

/** Until a poll has seen it, by a read that is so late, and a phone has taken it. */
const seenMs = ({ lagMs, pollMs }: { lagMs: number; pollMs: number }) => lagMs + pollMs + 1000

/** Deeds, each as soon as the hub has seen the one before, and whether the phone is silent when the last one was seen. */
async function play(deeds: readonly Action[], lagMs: number, unnumbered = false) {
  const setting = settingOf(lagMs, { mode: 'observed', policy: 'plain', unnumbered })
  const world = new Simulation({ setting })
  await world.start()
  await world.run(calmMs(setting))
  for (const deed of deeds) {
    world.act(deed)
    await world.run(seenMs(setting))
  }
  const soon = world.phone.dnd(extension).on
  await world.run(calmMs(setting))
  const late = world.phone.dnd(extension).on
  const wrong = [...judge(world.result()).wrong, ...world.complaints]
  return { soon, late, wrong }
}

const lags = [0, 500, 5000, 75_000]

it.each(lags)(
  'G-01: what the hub has just written is cleared in Teams: seen at once, reads %i ms late',
  async (lag) => {
    const cleared = await play(['phoneDndOn', 'teamsAvailable'], lag)
    expect(cleared).toEqual({ soon: false, late: false, wrong: [] })
  },
)

it.each(lags)(
  'G-01: what the hub has just taken back is chosen again: seen at once, reads %i ms late',
  async (lag) => {
    const chosen = await play(['phoneDndOn', 'phoneDndOff', 'teamsDnd'], lag)
    expect(chosen).toEqual({ soon: true, late: true, wrong: [] })
  },
)

it.each(lags)(
  'G-01: another choice over what the hub has just written: seen at once, reads %i ms late',
  async (lag) => {
    const other = await play(['phoneDndOn', 'teamsAway'], lag)
    expect(other).toEqual({ soon: false, late: false, wrong: [] })
  },
)

it.each(lags)(
  'G-01: do not disturb after a call that no read has shown, cleared again: seen at once, reads %i ms late',
  async (lag) => {
    const setting = settingOf(lag, { mode: 'observed', policy: 'plain' })
    const world = new Simulation({ setting })
    await world.start()
    await world.run(calmMs(setting))
    // Begun and over between two polls.
    world.act('callStart')
    await world.run(400)
    world.act('callEnd')
    await world.run(1500)
    const heard = []
    for (const deed of ['teamsDnd', 'teamsAvailable'] as const) {
      world.act(deed)
      await world.run(seenMs(setting))
      heard.push(world.phone.dnd(extension).on)
    }
    expect(heard).toEqual([true, false])
    await world.run(calmMs(setting))
    expect([...judge(world.result()).wrong, ...world.complaints]).toEqual([])
  },
)

it('reads without numbers are believed after the settle time', async () => {
  const cleared = await play(['phoneDndOn', 'teamsAvailable'], 500, true)
  expect(cleared).toEqual({ soon: true, late: false, wrong: [] })
})

it('G-01: a choice behind a read that is later than declared is asked for again, and followed', async () => {
  const setting = settingOf(75_000, { mode: 'observed', policy: 'plain', settleMs: 15_000 })
  const world = new Simulation({ setting })
  await world.start()
  await world.run(calmMs(setting))
  world.act('phoneDndOn')
  await world.run(calmMs(setting))
  await world.restart('intact', 2000)
  await world.run(3000)
  world.act('phoneDndOff')
  // Between two polls: that the hub's own choice was gone for a second, no read shows.
  await world.run(1000)
  world.act('teamsDnd')
  await world.run(calmMs(setting) + 3 * setting.lagMs)
  expect(world.phone.dnd(extension).on).toBe(true)
})
