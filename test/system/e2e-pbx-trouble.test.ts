import { afterEach, beforeEach, expect, test } from 'vitest'
import { callOf, DND, FREE, IN_A_CALL, phoneWrites, teamsWrites } from './e2e/lab-people.ts'
import { startWorld, type World } from './e2e/world.ts'

let world: World
beforeEach(async () => {
  world = await startWorld({ stopped: true })
})
afterEach(async () => {
  await world.stop()
})

const anna = () => world.person('anna')
const phone = () => world.phone('1001')
const heard = () => world.system('anna', 'pbx').synced
const written = () => teamsWrites(world.lab, 0, anna().upn).map(callOf)

async function inACall() {
  phone().dial()
  await world.passUntil(() => anna().shown() === IN_A_CALL, 'In a call', 3_000)
}

test('G-02: the socket to the PBX is cut in mid-call: the call stays shown, and nothing is written for it', async () => {
  await inACall()
  world.ami.dropConnections()
  await world.pass(30_000, () => expect(anna().shown()).toBe(IN_A_CALL))
  expect(heard()).toBe(true)
  expect(written()).toEqual(['setPresence'])
  phone().hangup()
  await world.passUntil(() => anna().shown() === FREE, 'the end', 3_000)
})

test('G-02: the PBX is away while the call ends: shown until the PBX is back, then taken back', async () => {
  await inACall()
  world.ami.refuse(true)
  await world.passUntil(() => !heard(), 'the PBX to be missed', 60_000)
  phone().hangup()
  await world.pass(4 * 60_000, () => expect(anna().shown()).toBe(IN_A_CALL))
  expect(world.target('anna', 'teams', 'session')).toMatchObject({ status: 'lost' })
  world.ami.refuse(false)
  await world.passUntil(() => anna().shown() === FREE, 'the end', 65_000)
  expect(written()).toEqual(['setPresence', 'clearPresence'])
})

test('G-02, G-03: the PBX stays away: the session runs out by itself, and nothing is refreshed', async () => {
  await inACall()
  world.ami.refuse(true)
  await world.passUntil(() => anna().shown() === FREE, 'the session to run out', 16 * 60_000)
  expect(written().filter((call) => call === 'setPresence')).toHaveLength(1)
  // The call goes on all the while: when the PBX is back it is shown again.
  world.ami.refuse(false)
  await world.passUntil(() => anna().shown() === IN_A_CALL, 'In a call', 65_000)
})

test('G-02: a connection that is open and says nothing is noticed, and what was missed is made up for', async () => {
  await inACall()
  world.ami.mute(true)
  phone().hangup()
  await world.passUntil(() => !heard(), 'the silence to be noticed', 120_000)
  expect(anna().shown()).toBe(IN_A_CALL)
  world.ami.mute(false)
  await world.passUntil(() => anna().shown() === FREE, 'the end', 120_000)
})

test('G-02, SW-12: do not disturb chosen in Teams while the PBX is away reaches the phone when it is back', async () => {
  world.ami.refuse(true)
  await world.passUntil(() => !heard(), 'the PBX to be missed', 60_000)
  anna().status(DND)
  await world.pass(60_000)
  expect(phone().dnd()).toBe('off')
  world.ami.refuse(false)
  await world.passUntil(() => phone().dnd() === 'on', 'the phone to follow', 90_000)
  await world.pass(20_000)
  // And taken back in the same way.
  world.ami.refuse(true)
  await world.passUntil(() => !heard(), 'the PBX to be missed', 60_000)
  anna().status(null)
  await world.pass(60_000)
  world.ami.refuse(false)
  await world.passUntil(() => phone().dnd() === 'off', 'the phone to follow back', 90_000)
})

test('G-02: the key of the phone is pressed while the PBX cannot be heard: Teams follows when it can', async () => {
  world.ami.refuse(true)
  await world.passUntil(() => !heard(), 'the PBX to be missed', 60_000)
  phone().pressDnd(true)
  await world.pass(20_000)
  expect(anna().shown()).toBe(FREE)
  world.ami.refuse(false)
  await world.passUntil(() => anna().shown() === DND, 'Teams to follow', 65_000)
  await world.pass(20_000)
  expect(phone().dnd()).toBe('on')
})

test('G-02: the PBX restarts in mid-call: its calls have ended, and do not disturb is as it keeps it', async () => {
  anna().status(DND)
  await world.passUntil(() => phone().dnd() === 'on', 'the phone to follow', 5_000)
  const ben = world.person('ben')
  world.phone('1002').dial()
  await world.passUntil(() => ben.shown() === IN_A_CALL, 'In a call', 3_000)
  const before = phoneWrites(world.lab).length
  world.phone('1002').hangup()
  world.ami.shutdown()
  await world.passUntil(() => ben.shown() === FREE, 'the end', 65_000)
  await world.pass(30_000)
  expect([phone().dnd(), anna().shown()]).toEqual(['on', DND])
  expect(phoneWrites(world.lab)).toHaveLength(before)
})

test('G-02: the PBX takes 2 s for each answer about one phone: calls of others show at once all the same', async () => {
  world.lab.faults.add({ target: 'ami', kind: 'slow', ms: 2_000, path: 'DND/1001' })
  anna().status(DND)
  await world.pass(3_000)
  world.phone('1002').dial()
  await world.passUntil(() => world.person('ben').shown() === IN_A_CALL, 'In a call', 1_000)
  await world.passUntil(() => phone().dnd() === 'on', 'the slow phone', 30_000)
})
