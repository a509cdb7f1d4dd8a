import { afterEach, expect, test } from 'vitest'
import { runCommand, writeConfigFile } from './e2e/hub-process.ts'
import { callOf, DND, FREE, IN_A_CALL, teamsWrites } from './e2e/lab-people.ts'
import { startWorld, type World } from './e2e/world.ts'

const settledMs = 17_000
const lostMs = 60_000

let world: World | undefined
afterEach(async () => {
  await world?.stop()
  world = undefined
})

/** People have addresses at the PBX only, and only the PBX is linked; beside it stand the lamps of the same phones. */
async function openWorld(): Promise<World> {
  world = await startWorld({ stopped: true, lamps: {}, sipStyle: 'asterisk' })
  return world
}

const writesOf = ({ lab, person }: World) => teamsWrites(lab, 0, person('anna').upn).map(callOf)

test('G-02, G-05: a call seen over AMI goes on by the lamp while AMI is cut, and is one call all along', async () => {
  const here = await openWorld()
  const { ami, pass, passUntil, person, phone, system, view } = here
  const teams = person('anna')
  const desk = phone('1001')
  const calling = () => {
    expect(teams.shown()).toBe(IN_A_CALL)
    expect(view('anna').state.label).toBe('In a call')
    expect(teams.sessions()).toBe(1)
  }
  expect(system('anna', 'lamps').addresses).toEqual(['1001'])
  expect(view('ben').systems.find((one) => one.connector === 'lamps')?.addresses).toEqual(
    system('ben', 'pbx').addresses,
  )
  desk.dial()
  await passUntil(() => teams.shown() === IN_A_CALL, 'In a call', 3_000)
  await pass(settledMs, calling)
  ami.refuse(true)
  await passUntil(() => !system('anna', 'pbx').synced, 'the PBX to be missed', lostMs)
  await pass(16 * 60_000, calling)
  ami.refuse(false)
  await passUntil(() => system('anna', 'pbx').synced, 'the PBX to be heard again', lostMs)
  await pass(settledMs, calling)
  desk.hangup()
  await passUntil(() => teams.shown() === FREE, 'Available', 3_000)
  await pass(settledMs, () => expect(teams.shown()).toBe(FREE))
  const [first, ...others] = writesOf(here)
  expect(first).toBe('setPresence')
  // The session is prolonged once or twice in this time, and ended once.
  expect(others.filter((one) => one === 'clearPresence')).toHaveLength(1)
  expect(others.at(-1)).toBe('clearPresence')
})

test('G-02: a call that ends while AMI is cut ends in Teams, and AMI coming back does not show it again', async () => {
  const here = await openWorld()
  const { ami, pass, passUntil, person, phone, system, view } = here
  const teams = person('anna')
  const desk = phone('1001')
  desk.dial()
  await passUntil(() => teams.shown() === IN_A_CALL, 'In a call', 3_000)
  ami.refuse(true)
  await passUntil(() => !system('anna', 'pbx').synced, 'the PBX to be missed', lostMs)
  desk.hangup()
  await passUntil(() => teams.shown() === FREE, 'Available, by the lamp', 3_000)
  const free = () => {
    expect(teams.shown()).toBe(FREE)
    expect(view('anna').state.label).toBe('Available')
  }
  await pass(settledMs, free)
  ami.refuse(false)
  await passUntil(() => system('anna', 'pbx').synced, 'the PBX to be heard again', lostMs)
  await pass(settledMs, free)
  expect(writesOf(here)).toEqual(['setPresence', 'clearPresence'])
})

test('G-01: do not disturb lights the lamp and is no call, also over a time without AMI', async () => {
  const here = await openWorld()
  const { ami, pass, passUntil, person, phone, system, view } = here
  const teams = person('anna')
  const desk = phone('1001')
  const silent = () => {
    expect(teams.shown()).toBe(DND)
    expect(teams.sessions()).toBe(0)
    expect(view('anna').state.label).toBe('Do not disturb')
  }
  desk.pressDnd(true)
  await passUntil(() => teams.shown() === DND, 'Teams to follow', 3_000)
  await pass(settledMs, silent)
  ami.refuse(true)
  await passUntil(() => !system('anna', 'pbx').synced, 'the PBX to be missed', lostMs)
  await pass(20 * 60_000, silent)
  ami.refuse(false)
  await passUntil(() => system('anna', 'pbx').synced, 'the PBX to be heard again', lostMs)
  await pass(settledMs, silent)
  desk.pressDnd(false)
  await passUntil(() => teams.shown() === FREE, 'Teams to follow back', 5_000)
  await pass(settledMs, () => expect(teams.sessions()).toBe(0))
  expect(writesOf(here)).toEqual(['setUserPreferredPresence', 'clearUserPreferredPresence'])
})

test('G-01: a do not disturb that is set while AMI is cut is no call, and is shown when AMI is back', async () => {
  const here = await openWorld()
  const { ami, pass, passUntil, person, phone, system, view } = here
  const teams = person('anna')
  const desk = phone('1001')
  ami.refuse(true)
  await passUntil(() => !system('anna', 'pbx').synced, 'the PBX to be missed', lostMs)
  desk.pressDnd(true)
  const free = () => {
    expect(teams.shown()).toBe(FREE)
    expect(view('anna').state.label).toBe('Available')
  }
  await pass(settledMs, free)
  desk.pressDnd(false)
  await pass(settledMs, free)
  desk.pressDnd(true)
  await pass(settledMs, free)
  ami.refuse(false)
  await passUntil(() => teams.shown() === DND, 'Teams to follow', lostMs)
  await pass(settledMs, () => expect(teams.sessions()).toBe(0))
  expect(writesOf(here)).toEqual(['setUserPreferredPresence'])
})

test('check says whose extensions are watched, and can be told otherwise', async () => {
  world = await startWorld({ withoutHub: true, lamps: { probe: '1001' } })
  const { data, text } = world
  const check = (lamps?: Record<string, unknown>) =>
    runCommand('check', '--config', writeConfigFile(data, text(lamps && { lamps })))
  const derived = await check()
  expect(derived.output).toContain('lamps watches the extensions of pbx')
  expect(derived.output).not.toContain('Nobody has an address at lamps')
  expect(derived.code).toBe(0)
  const none = await check({ probe: '1001', extensionsOf: 'none' })
  expect(none.output).not.toContain('watches the extensions')
  expect(none.output).toContain('Nobody has an address at lamps')
})
