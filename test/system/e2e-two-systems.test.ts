import { afterEach, expect, test } from 'vitest'
import { bothWays } from './e2e/config.ts'
import { callOf, DND, FREE, IN_A_CALL, teamsWrites } from './e2e/lab-people.ts'
import { samplePeople, startWorld, type World } from './e2e/world.ts'

const settledMs = 17_000

let world: World | undefined
afterEach(async () => {
  await world?.stop()
  world = undefined
})

/** The same phones seen by AMI and by their lamps. */
async function openBoth(links = [...bothWays, { from: 'lamps', to: 'teams' }]): Promise<World> {
  world = await startWorld({
    stopped: true,
    people: samplePeople().map(({ upn, addresses }) => ({
      upn,
      addresses: { ...addresses, lamps: addresses.pbx! },
    })),
    lamps: { events: ['dialog'], linesOf: 'pbx' },
    sipStyle: 'asterisk',
    links,
  })
  return world
}

test('G-01: the lamp that do not disturb lights is never a call, whoever set it', async () => {
  const { pass, passUntil, person, phone, lab, view } = await openBoth()
  const teams = person('anna')
  const desk = phone('1001')
  const never = () => {
    expect(teams.sessions()).toBe(0)
    expect(view('anna').state.label).not.toBe('In a call')
  }
  desk.pressDnd(true)
  await passUntil(() => teams.shown() === DND, 'Teams to follow', 3_000)
  await pass(settledMs, never)
  desk.pressDnd(false)
  await passUntil(() => teams.preferred() === undefined, 'Teams to follow back', 3_000)
  await pass(settledMs, never)
  teams.status(DND)
  await passUntil(() => desk.dnd() === 'on', 'the phone to follow', 5_000)
  await pass(settledMs, never)
  teams.status(null)
  await passUntil(() => desk.dnd() === 'off', 'the phone to follow back', 5_000)
  await pass(60_000, never)
  expect(teamsWrites(lab, 0, teams.upn).map(callOf)).toEqual([
    'setUserPreferredPresence',
    'clearUserPreferredPresence',
  ])
})

test('G-05: one call seen by two systems is one call, and do not disturb in it changes nothing', async () => {
  const { pass, passUntil, person, phone, lab } = await openBoth()
  const teams = person('anna')
  const desk = phone('1001')
  desk.dial()
  await passUntil(() => teams.shown() === IN_A_CALL, 'In a call', 3_000)
  await pass(settledMs)
  desk.pressDnd(true)
  await passUntil(() => teams.shown() === DND, 'do not disturb above the call', 3_000)
  await pass(settledMs)
  desk.pressDnd(false)
  await passUntil(() => teams.shown() === IN_A_CALL, 'the call to show again', 3_000)
  await pass(settledMs)
  desk.hangup()
  await passUntil(() => teams.shown() === FREE, 'Available', 3_000)
  await pass(60_000, () => expect(teams.sessions()).toBe(0))
  expect(teamsWrites(lab, 0, teams.upn).map(callOf)).toEqual([
    ...['setPresence', 'setUserPreferredPresence', 'clearUserPreferredPresence', 'clearPresence'],
  ])
})

test('G-02: while AMI cannot be heard the lamps speak, and a call that began there ends there', async () => {
  const { ami, pass, passUntil, person, phone, system } = await openBoth()
  const teams = person('anna')
  const desk = phone('1001')
  ami.refuse(true)
  await passUntil(() => !system('anna', 'pbx').synced, 'the PBX to be missed', 60_000)
  desk.ring()
  await pass(1_000)
  desk.answer()
  await passUntil(() => teams.shown() === IN_A_CALL, 'In a call, by the lamp', 5_000)
  await pass(30_000, () => expect(teams.shown()).toBe(IN_A_CALL))
  ami.refuse(false)
  await passUntil(() => system('anna', 'pbx').synced, 'the PBX to be heard again', 60_000)
  await pass(10_000, () => expect(teams.shown()).toBe(IN_A_CALL))
  desk.hangup()
  await passUntil(() => teams.shown() === FREE, 'Available', 3_000)
  await pass(settledMs, () => expect(teams.shown()).toBe(FREE))
})
