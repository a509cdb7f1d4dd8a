import { expect } from 'vitest'
import { callOf, DND, FREE, IN_A_CALL, phoneWrites, teamsWrites } from '../e2e/lab-people.ts'
import type { World } from '../e2e/world.ts'
import { answersMs, inMs, outMs, settledMs } from './waits.ts'

/** What happens in calls on phones and in Teams, on a clock that stands until the test lets it go on. */

const written = (world: World, upn: string) => teamsWrites(world.lab, 0, upn).map(callOf)
const inACall = (world: World, name: string) => () => world.person(name).shown() === IN_A_CALL
const free = (world: World, name: string) => () => world.person(name).shown() === FREE

export async function teamsCallAndPhoneCall(world: World): Promise<void> {
  const teams = world.person('anna')
  const phone = world.phone('1001')
  teams.teamsCall(true)
  await world.passUntil(
    () => phone.dnd() === 'off' && world.view('anna').state.label === 'In a call',
    'the Teams call to be seen',
    inMs(world),
  )
  phone.dial()
  await world.pass(settledMs(world))
  phone.hangup()
  await world.pass(60_000, () => expect(teams.shown()).toBe(IN_A_CALL))
  const isNative = () => teams.sessions() === 0 && world.view('anna').state.label === 'In a call'
  await world.passUntil(isNative, 'the native call alone', 1_000)
  teams.teamsCall(false)
  await world.passUntil(
    () => world.view('anna').state.label === 'Available',
    'the end of the Teams call',
    inMs(world),
  )

  // The other way round: the phone call outlives the Teams call.
  phone.dial()
  await world.passUntil(inACall(world, 'anna'), 'In a call', outMs(world))
  await world.pass(settledMs(world))
  teams.teamsCall(true)
  await world.pass(settledMs(world))
  teams.teamsCall(false)
  await world.pass(60_000, () => expect(teams.shown()).toBe(IN_A_CALL))
  phone.hangup()
  await world.passUntil(free(world, 'anna'), 'Available', outMs(world))
  await world.pass(settledMs(world))
  expect([world.view('anna').state.label, teams.sessions()]).toEqual(['Available', 0])
}

export async function teamsCallInOurShadow(world: World): Promise<void> {
  const teams = world.person('anna')
  const phone = world.phone('1001')
  phone.dial()
  await world.passUntil(inACall(world, 'anna'), 'In a call', outMs(world))
  await world.pass(settledMs(world))
  teams.teamsCall(true)
  await world.pass(5_000)
  phone.hangup()
  // Nothing of ours is left, and the native call is found out when the settle time is over.
  await world.pass(settledMs(world), () => expect(teams.shown()).toBe(IN_A_CALL))
  const isNative = () => teams.sessions() === 0 && world.view('anna').state.label === 'In a call'
  await world.passUntil(isNative, 'the native call to be found out', 1_000)
  teams.teamsCall(false)
  await world.passUntil(() => world.view('anna').state.label === 'Available', 'the end', inMs(world))
}

export async function ownEchoAndDoNotDisturb(world: World): Promise<void> {
  const teams = world.person('anna')
  const phone = world.phone('1001')
  teams.status(DND)
  await world.passUntil(() => phone.dnd() === 'on', 'the phone to follow', inMs(world))
  await world.pass(settledMs(world))
  const atPhone = phoneWrites(world.lab).length
  phone.dial()
  await world.pass(60_000, () => expect([teams.shown(), phone.dnd()]).toEqual([DND, 'on']))
  phone.hangup()
  await world.pass(60_000, () => expect([teams.shown(), phone.dnd()]).toEqual([DND, 'on']))
  expect(phoneWrites(world.lab)).toHaveLength(atPhone)

  // The same for a do not disturb that came from the phone.
  teams.status(null)
  await world.passUntil(() => phone.dnd() === 'off', 'the phone to follow back', inMs(world))
  await world.pass(settledMs(world))
  phone.pressDnd(true)
  await world.passUntil(() => teams.shown() === DND, 'Teams to follow', outMs(world))
  phone.dial()
  await world.pass(60_000, () => expect([teams.shown(), phone.dnd()]).toEqual([DND, 'on']))
  phone.hangup()
  await world.pass(60_000, () => expect([teams.shown(), phone.dnd()]).toEqual([DND, 'on']))
}

export async function lateReadOfOwnCall(world: World): Promise<void> {
  const teams = world.person('anna')
  for (const length of [300, 5_000, 25_000]) {
    world.phone('1001').dial()
    await world.pass(length)
    world.phone('1001').hangup()
    await world.pass(2_000 + answersMs(world))
    await world.pass(45_000, () => {
      expect(teams.shown()).toBe(FREE)
      expect(world.view('anna').state.label).toBe('Available')
    })
  }
  expect(world.phone('1001').dnd()).toBe('off')
  expect(phoneWrites(world.lab)).toEqual([])
}

export async function holdAndTransfer(world: World): Promise<void> {
  const teams = world.person('anna')
  const phone = world.phone('1001')
  const first = phone.dial()
  await world.passUntil(inACall(world, 'anna'), 'In a call', outMs(world))
  const stays = () => expect(teams.shown()).toBe(IN_A_CALL)
  phone.hold(true)
  await world.pass(10_000, stays)
  const second = phone.dial('+14255550177')
  await world.pass(5_000, stays)
  phone.hangup(first)
  await world.pass(10_000, stays)
  // A transfer: the old leg ends, the new one begins within the grace.
  phone.hangup(second)
  await world.pass(500, stays)
  phone.dial('+14255550178')
  await world.pass(10_000, stays)
  phone.hold(true)
  phone.hold(false)
  await world.pass(5_000, stays)
  expect(written(world, teams.upn)).toEqual(['setPresence'])
  phone.hangup()
  await world.passUntil(free(world, 'anna'), 'Available', outMs(world))
  expect(written(world, teams.upn)).toEqual(['setPresence', 'clearPresence'])
}

export async function twoExtensions(world: World): Promise<void> {
  const teams = world.person('ben')
  const [desk, mobile] = [world.phone('1002'), world.phone('1052')]
  desk.dial()
  await world.passUntil(inACall(world, 'ben'), 'In a call', outMs(world))
  mobile.dial()
  await world.pass(3_000)
  desk.hangup()
  await world.pass(10_000, () => expect(teams.shown()).toBe(IN_A_CALL))
  mobile.hangup()
  await world.passUntil(free(world, 'ben'), 'Available', outMs(world))
  await world.pass(settledMs(world))

  teams.status(DND)
  await world.passUntil(
    () => desk.dnd() === 'on' && mobile.dnd() === 'on',
    'both phones to follow',
    inMs(world),
  )
  await world.pass(settledMs(world))
  desk.pressDnd(false)
  await world.passUntil(
    () => mobile.dnd() === 'off' && teams.preferred() === undefined,
    'Teams and the other phone to follow the first',
    inMs(world),
  )
  await world.pass(settledMs(world))
  mobile.pressDnd(true)
  await world.passUntil(
    () => desk.dnd() === 'on' && teams.shown() === DND,
    'the first phone and Teams',
    inMs(world),
  )
  await world.pass(30_000)
  expect([desk.dnd(), mobile.dnd(), teams.shown()]).toEqual(['on', 'on', DND])
  mobile.pressDnd(false)
  await world.passUntil(() => desk.dnd() === 'off' && teams.preferred() === undefined, 'all off', inMs(world))
}

export async function internalCall(world: World): Promise<void> {
  world.phone('1001').dial('1003')
  await world.passUntil(
    () => inACall(world, 'anna')() && inACall(world, 'chiara')(),
    'In a call at both ends',
    outMs(world),
  )
  world.phone('1003').hangup()
  await world.passUntil(
    () => free(world, 'anna')() && free(world, 'chiara')(),
    'Available at both ends',
    outMs(world),
  )
}

export async function halfAnHour(world: World): Promise<void> {
  const teams = world.person('anna')
  world.phone('1001').dial()
  await world.passUntil(inACall(world, 'anna'), 'In a call', outMs(world))
  await world.pass(1_800_000, () => expect(teams.shown()).toBe(IN_A_CALL))
  const refreshes = written(world, teams.upn).filter((call) => call === 'setPresence').length - 1
  expect(refreshes).toBeGreaterThanOrEqual(3)
  expect(refreshes).toBeLessThanOrEqual(4)
  world.phone('1001').hangup()
  await world.passUntil(free(world, 'anna'), 'Available', outMs(world))
}
