import { afterEach, beforeEach, expect, test } from 'vitest'
import { callOf, DND, FREE, IN_A_CALL, phoneWrites, teamsWrites } from './e2e/lab-people.ts'
import { startWorld, type World } from './e2e/world.ts'

const settledMs = 18_000

let world: World
beforeEach(async () => {
  world = await startWorld({ stopped: true })
})
afterEach(async () => {
  await world.stop()
})

const written = (upn: string) => teamsWrites(world.lab, 0, upn).map(callOf)
const inACall = (name: string) => () => world.person(name).shown() === IN_A_CALL
const free = (name: string) => () => world.person(name).shown() === FREE

test('SW-06, G-01: on a Teams call and a phone call at once: in a call until the last of them ends, whichever it is', async () => {
  const teams = world.person('anna')
  const phone = world.phone('1001')
  teams.teamsCall(true)
  await world.passUntil(
    () => phone.dnd() === 'off' && world.view('anna').state.label === 'In a call',
    'the Teams call to be seen',
    5_000,
  )
  phone.dial()
  await world.pass(settledMs)
  phone.hangup()
  await world.pass(60_000, () => expect(teams.shown()).toBe(IN_A_CALL))
  expect(world.view('anna').state.label).toBe('In a call')
  expect(teams.sessions()).toBe(0)
  teams.teamsCall(false)
  await world.passUntil(
    () => world.view('anna').state.label === 'Available',
    'the end of the Teams call',
    5_000,
  )

  // The other way round: the phone call outlives the Teams call.
  phone.dial()
  await world.passUntil(inACall('anna'), 'In a call', 3_000)
  await world.pass(settledMs)
  teams.teamsCall(true)
  await world.pass(settledMs)
  teams.teamsCall(false)
  await world.pass(60_000, () => expect(teams.shown()).toBe(IN_A_CALL))
  phone.hangup()
  await world.passUntil(free('anna'), 'Available', 3_000)
  await world.pass(settledMs)
  expect([world.view('anna').state.label, teams.sessions()]).toEqual(['Available', 0])
})

test('G-01: a Teams call that begins in the shadow of our own ends when it ends', async () => {
  const teams = world.person('anna')
  const phone = world.phone('1001')
  phone.dial()
  await world.passUntil(inACall('anna'), 'In a call', 3_000)
  await world.pass(settledMs)
  teams.teamsCall(true)
  await world.pass(5_000)
  phone.hangup()
  // Nothing of ours is left, and the native call is found out when the settle time is over.
  await world.pass(settledMs, () => expect(teams.shown()).toBe(IN_A_CALL))
  expect([teams.sessions(), world.view('anna').state.label]).toEqual([0, 'In a call'])
  teams.teamsCall(false)
  await world.passUntil(() => world.view('anna').state.label === 'Available', 'the end', 5_000)
})

test('G-01: the own echo does not lift do not disturb at the phone', async () => {
  const teams = world.person('anna')
  const phone = world.phone('1001')
  teams.status(DND)
  await world.passUntil(() => phone.dnd() === 'on', 'the phone to follow', 5_000)
  await world.pass(settledMs)
  const atPhone = phoneWrites(world.lab).length
  phone.dial()
  await world.pass(60_000, () => expect([teams.shown(), phone.dnd()]).toEqual([DND, 'on']))
  phone.hangup()
  await world.pass(60_000, () => expect([teams.shown(), phone.dnd()]).toEqual([DND, 'on']))
  expect(phoneWrites(world.lab)).toHaveLength(atPhone)

  // The same for a do not disturb that came from the phone.
  teams.status(null)
  await world.passUntil(() => phone.dnd() === 'off', 'the phone to follow back', 5_000)
  await world.pass(settledMs)
  phone.pressDnd(true)
  await world.passUntil(() => teams.shown() === DND, 'Teams to follow', 3_000)
  phone.dial()
  await world.pass(60_000, () => expect([teams.shown(), phone.dnd()]).toEqual([DND, 'on']))
  phone.hangup()
  await world.pass(60_000, () => expect([teams.shown(), phone.dnd()]).toEqual([DND, 'on']))
})

test('G-01: a late read of our own call, after it was cleared, is no Teams call', async () => {
  world.lab.switches.readLagMs = 10_000
  world.lab.switches.sequenceNumber = false
  const teams = world.person('anna')
  for (const length of [300, 5_000, 25_000]) {
    world.phone('1001').dial()
    await world.pass(length)
    world.phone('1001').hangup()
    await world.pass(2_000)
    await world.pass(45_000, () => {
      expect(teams.shown()).toBe(FREE)
      expect(world.view('anna').state.label).toBe('Available')
    })
  }
  expect(world.phone('1001').dnd()).toBe('off')
  expect(phoneWrites(world.lab)).toEqual([])
})

test('G-05: two calls, hold and a transfer: in a call without a gap, until the last leg ends', async () => {
  const teams = world.person('anna')
  const phone = world.phone('1001')
  const first = phone.dial()
  await world.passUntil(inACall('anna'), 'In a call', 3_000)
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
  expect(written(teams.upn)).toEqual(['setPresence'])
  phone.hangup()
  await world.passUntil(free('anna'), 'Available', 3_000)
  expect(written(teams.upn)).toEqual(['setPresence', 'clearPresence'])
})

test('SW-05, G-05: two extensions of one person: calls count together, do not disturb goes to both', async () => {
  const teams = world.person('ben')
  const [desk, mobile] = [world.phone('1002'), world.phone('1052')]
  desk.dial()
  await world.passUntil(inACall('ben'), 'In a call', 3_000)
  mobile.dial()
  await world.pass(3_000)
  desk.hangup()
  await world.pass(10_000, () => expect(teams.shown()).toBe(IN_A_CALL))
  mobile.hangup()
  await world.passUntil(free('ben'), 'Available', 3_000)
  await world.pass(settledMs)

  teams.status(DND)
  await world.passUntil(() => desk.dnd() === 'on' && mobile.dnd() === 'on', 'both phones to follow', 5_000)
  await world.pass(settledMs)
  desk.pressDnd(false)
  await world.passUntil(
    () => mobile.dnd() === 'off' && teams.preferred() === undefined,
    'Teams and the other phone to follow the first',
    5_000,
  )
  await world.pass(settledMs)
  mobile.pressDnd(true)
  await world.passUntil(
    () => desk.dnd() === 'on' && teams.shown() === DND,
    'the first phone and Teams',
    5_000,
  )
  await world.pass(30_000)
  expect([desk.dnd(), mobile.dnd(), teams.shown()]).toEqual(['on', 'on', DND])
  mobile.pressDnd(false)
  await world.passUntil(() => desk.dnd() === 'off' && teams.preferred() === undefined, 'all off', 5_000)
})

test('SW-05, G-05: an internal call shows at both ends and is taken back at both', async () => {
  world.phone('1001').dial('1003')
  await world.passUntil(() => inACall('anna')() && inACall('chiara')(), 'In a call at both ends', 3_000)
  world.phone('1003').hangup()
  await world.passUntil(() => free('anna')() && free('chiara')(), 'Available at both ends', 3_000)
})

test('G-03: a call of half an hour is refreshed at half life and taken back at its end', async () => {
  const teams = world.person('anna')
  world.phone('1001').dial()
  await world.passUntil(inACall('anna'), 'In a call', 3_000)
  await world.pass(1_800_000, () => expect(teams.shown()).toBe(IN_A_CALL))
  const refreshes = written(teams.upn).filter((call) => call === 'setPresence').length - 1
  expect(refreshes).toBeGreaterThanOrEqual(3)
  expect(refreshes).toBeLessThanOrEqual(4)
  world.phone('1001').hangup()
  await world.passUntil(free('anna'), 'Available', 3_000)
})
