import { expect } from 'vitest'
import { DND, FREE, IN_A_CALL, teamsWrites } from '../e2e/lab-people.ts'
import type { World } from '../e2e/world.ts'
import { inMs, outMs, settledMs } from './waits.ts'

/** Each answers how long the other side took, milliseconds. */

export async function callShown(world: World): Promise<{ starts: number[]; ends: number[] }> {
  const starts: number[] = []
  const ends: number[] = []
  for (const [name, extension] of [
    ['anna', '1001'],
    ['ben', '1052'],
    ['chiara', '1003'],
    ['david', '1004'],
  ] as const) {
    const teams = world.person(name)
    const phone = world.phone(extension)
    const before = teams.shown()
    starts.push(
      await world.timed(
        () => phone.dial(),
        () => teams.shown() === IN_A_CALL,
        { name, what: 'In a call', ms: outMs(world) },
      ),
    )
    await world.passUntil(() => world.view(name).state.label === 'In a call', 'the board to show it', 1_000)
    ends.push(
      await world.timed(
        () => phone.hangup(),
        () => teams.shown() === before && teams.sessions() === 0,
        { name, what: `${before} again`, ms: outMs(world) },
      ),
    )
  }
  expect(Math.max(...starts, ...ends)).toBeLessThanOrEqual(outMs(world))
  return { starts, ends }
}

export async function doNotDisturbBothWays(world: World): Promise<{ toPhone: number[]; toTeams: number[] }> {
  const teams = world.person('anna')
  const phone = world.phone('1001')
  const toPhone: number[] = []
  const toTeams: number[] = []
  const follow = async (into: number[], act: () => void, seen: () => boolean, what: string) => {
    into.push(await world.timed(act, seen, { name: 'anna', what, ms: inMs(world) }))
    await world.pass(settledMs(world))
    expect(seen()).toBe(true)
  }

  await follow(
    toPhone,
    () => teams.status(DND),
    () => phone.dnd() === 'on',
    'the phone to follow do not disturb in Teams',
  )
  await follow(
    toPhone,
    () => teams.status(null),
    () => phone.dnd() === 'off',
    'the phone to follow the reset in Teams',
  )
  await follow(
    toTeams,
    () => phone.pressDnd(true),
    () => teams.shown() === DND,
    'Teams to follow the key of the phone',
  )
  await follow(
    toTeams,
    () => phone.pressDnd(false),
    () => teams.shown() === FREE && teams.preferred() === undefined,
    'Teams to follow the key of the phone, off',
  )
  await follow(
    toPhone,
    () => teams.status(DND),
    () => phone.dnd() === 'on',
    'the phone to follow do not disturb in Teams again',
  )
  await follow(
    toTeams,
    () => phone.pressDnd(false),
    () => teams.shown() === FREE && teams.preferred() === undefined,
    'Teams to lose what was set in Teams',
  )
  await follow(
    toTeams,
    () => phone.pressDnd(true),
    () => teams.shown() === DND,
    'Teams to follow the key of the phone again',
  )
  await follow(
    toPhone,
    () => teams.status(null),
    () => phone.dnd() === 'off',
    'the phone to lose what was set at the phone',
  )
  expect(Math.max(...toTeams)).toBeLessThanOrEqual(outMs(world))
  expect(Math.max(...toPhone)).toBeLessThanOrEqual(inMs(world))
  const writes = teamsWrites(world.lab, 0, teams.upn).length
  await world.pass(120_000)
  expect(teamsWrites(world.lab, 0, teams.upn)).toHaveLength(writes)
  return { toPhone, toTeams }
}

export async function ringingShowsNothing(world: World): Promise<void> {
  const teams = world.person('chiara')
  const phone = world.phone('1003')
  phone.ring()
  await world.passUntil(
    () => world.system('chiara', 'pbx').native?.ringing === true,
    'the hub to hear it ring',
    outMs(world),
  )
  await world.pass(5_000, () => expect(teams.shown()).toBe(FREE))
  phone.answer()
  await world.passUntil(() => teams.shown() === IN_A_CALL, 'In a call', outMs(world))
  phone.hangup()
  await world.passUntil(() => teams.shown() === FREE, 'Available again', outMs(world))
  const written = teamsWrites(world.lab, 0, teams.upn)
  expect(written.map(({ body }) => (body as { availability?: string }).availability)).toEqual([
    'Busy',
    undefined,
  ])
}
