import { expect } from 'vitest'
import type { Pair } from '../../../src/lab/microsoft/states.ts'
import { DND, FREE, IN_A_CALL } from '../e2e/lab-people.ts'
import type { World } from '../e2e/world.ts'
import { inMs, outMs, settledMs } from './waits.ts'

const PRESENTING: Pair = 'DoNotDisturb/Presenting'

/** What stands above a session of ours in Teams, by how Teams aggregates. */
const picks: Readonly<Record<'documented' | 'observed', readonly Pair[]>> = {
  documented: ['Away/Away', 'Available/Available', 'Busy/Busy', 'BeRightBack/BeRightBack', 'Offline/OffWork'],
  observed: ['Away/Away', 'BeRightBack/BeRightBack', 'Offline/OffWork'],
}

async function calm(world: World): Promise<void> {
  await world.pass(settledMs(world) + 5_000)
}

/** Do not disturb of the phone as Presenting, taken back at either side, for `dndAs: presenting`. */
export async function doNotDisturbAsPresenting(world: World): Promise<void> {
  const teams = world.person('anna')
  const phone = world.phone('1001')
  const press = async (shown: Pair) => {
    phone.pressDnd(true)
    await world.passUntil(
      () => teams.sessions() === 1 && teams.shown() === shown,
      `Teams to show ${shown}`,
      outMs(world),
    )
    await calm(world)
    expect([phone.dnd(), teams.shown()]).toEqual(['on', shown])
  }
  const free = async (what: string, ms: number) => {
    await world.passUntil(() => phone.dnd() === 'off' && teams.sessions() === 0, what, ms)
    await calm(world)
    expect([phone.dnd(), teams.sessions()], what).toEqual(['off', 0])
  }

  await press(PRESENTING)
  phone.pressDnd(false)
  await free('the key of the phone takes Presenting away', outMs(world))
  expect(teams.shown()).toBe(FREE)

  teams.status(DND)
  await world.passUntil(
    () => phone.dnd() === 'on',
    'the phone to follow do not disturb in Teams',
    inMs(world),
  )
  await calm(world)
  teams.status(null)
  await free('the phone to follow the reset in Teams', inMs(world))

  teams.status(DND)
  await world.passUntil(() => phone.dnd() === 'on', 'the phone to follow do not disturb again', inMs(world))
  await calm(world)
  phone.pressDnd(false)
  await world.passUntil(
    () => teams.preferred() === undefined,
    'Teams to lose what was set in Teams',
    outMs(world),
  )
  await free('the key of the phone', outMs(world))

  for (const pick of picks[world.lab.switches.aggregation]) {
    await press(PRESENTING)
    teams.status(pick)
    await free(`${pick} picked over Presenting frees the phone`, inMs(world))
    expect([teams.shown(), teams.preferred()], pick).toEqual([pick, pick])
    teams.status(null)
    await calm(world)
    expect([phone.dnd(), teams.shown()], pick).toEqual(['off', FREE])
  }
}

/** What is no pick against Presenting leaves the phone as it is. */
export async function nothingPicked(world: World): Promise<void> {
  const teams = world.person('anna')
  const phone = world.phone('1001')
  teams.status('Away/Away')
  await calm(world)
  phone.pressDnd(true)
  await calm(world)
  expect([phone.dnd(), teams.shown()], 'Away stood there before').toEqual(['on', 'Away/Away'])
  teams.status(null)
  await calm(world)
  expect([phone.dnd(), teams.shown()], 'Away taken back').toEqual(['on', PRESENTING])
  phone.dial()
  await calm(world)
  phone.hangup()
  await calm(world)
  expect([phone.dnd(), teams.shown()], 'after a call on the phone').toEqual(['on', PRESENTING])
  phone.pressDnd(false)
  await calm(world)
  phone.dial()
  await calm(world)
  expect(teams.shown()).toBe(IN_A_CALL)
  teams.status('Away/Away')
  await calm(world)
  expect([phone.dnd(), teams.shown()], 'picked during a call').toEqual(['off', 'Away/Away'])
  phone.hangup()
  teams.status(null)
  await calm(world)
  expect([phone.dnd(), teams.shown(), teams.sessions()]).toEqual(['off', FREE, 0])
}
