import { afterEach, beforeEach, expect, test } from 'vitest'
import { bothWays, type HubSettings } from './e2e/config.ts'
import { DND, FREE, IN_A_CALL, phoneWrites, teamsWrites } from './e2e/lab-people.ts'
import { samplePeople, startWorld, type World } from './e2e/world.ts'

const settledMs = 17_000

let world: World
beforeEach(async () => {
  world = await startWorld({ stopped: true })
})
afterEach(async () => {
  await world.stop()
})

/** Anna's phone silenced from Teams, Ben's Teams silenced from the phone, Chiara in a phone call. */
async function writeEverywhere() {
  world.person('anna').status(DND)
  world.phone('1002').pressDnd(true)
  world.phone('1003').dial()
  await world.passUntil(
    () =>
      world.phone('1001').dnd() === 'on' &&
      world.person('ben').shown() === DND &&
      world.person('chiara').shown() === IN_A_CALL,
    'all to be written',
    5_000,
  )
  await world.pass(settledMs)
}

const restart = async (change: Partial<HubSettings>) => {
  await world.restartHub(change)
  await world.ready()
  await world.pass(settledMs)
}
const standing = () => ({
  annasPhone: world.phone('1001').dnd(),
  bensTeams: world.person('ben').shown(),
  chiarasTeams: world.person('chiara').shown(),
})

test('G-02: a link that is taken out of the configuration takes with it what it wrote, and nothing else', async () => {
  await writeEverywhere()
  await restart({ links: [{ from: 'pbx', to: 'teams' }] })
  expect(standing()).toEqual({ annasPhone: 'off', bensTeams: DND, chiarasTeams: IN_A_CALL })
  // What the person chose is the person's own, on both sides.
  expect([world.person('anna').preferred(), world.phone('1002').dnd()]).toEqual([DND, 'on'])
  await restart({ links: [{ from: 'teams', to: 'pbx' }] })
  expect(standing()).toMatchObject({ bensTeams: FREE, chiarasTeams: FREE })
})

test('G-02: links that only observe write nothing, and take back what they wrote before', async () => {
  await writeEverywhere()
  await restart({ links: bothWays.map((link) => ({ ...link, observeOnly: true })) })
  expect(standing()).toEqual({ annasPhone: 'off', bensTeams: FREE, chiarasTeams: FREE })
  const before = [teamsWrites(world.lab).length, phoneWrites(world.lab).length]
  world.phone('1005').dial()
  world.person('farid').status(DND)
  await world.pass(30_000)
  expect([teamsWrites(world.lab).length, phoneWrites(world.lab).length]).toEqual(before)
  // "Why?" tells all the same what would have been shown.
  expect(world.view('elif').state.label).toBe('In a call')
})

test('CT-14: a person who opts out is released and left alone from then on; who opts in again is kept in step at once', async () => {
  await writeEverywhere()
  const people = samplePeople().map((one) => ({ ...one, sync: false }))
  await world.restartHub({ people })
  await world.passUntil(
    () =>
      JSON.stringify(standing()) ===
      JSON.stringify({ annasPhone: 'off', bensTeams: FREE, chiarasTeams: FREE }),
    'everyone to be released',
    90_000,
  )
  const before = [teamsWrites(world.lab).length, phoneWrites(world.lab).length]
  world.phone('1005').dial()
  await world.pass(30_000)
  expect([teamsWrites(world.lab).length, phoneWrites(world.lab).length]).toEqual(before)
  // The call goes on.
  await world.restartHub({ people: samplePeople() })
  await world.passUntil(() => world.person('elif').shown() === IN_A_CALL, 'the call to be shown', 90_000)
})

test('G-03: do not disturb that runs out in Teams by itself ends at the phone', async () => {
  const { tenant, person } = world.lab.people.find('anna@contoso.example')!
  tenant.setPreferred(person, 'DoNotDisturb/DoNotDisturb', 10 * 60_000)
  await world.passUntil(() => world.phone('1001').dnd() === 'on', 'the phone to follow', 5_000)
  await world.pass(9 * 60_000)
  expect(world.phone('1001').dnd()).toBe('on')
  await world.passUntil(() => world.phone('1001').dnd() === 'off', 'the phone to ring again', 70_000)
})

test('G-04: Presenting, Focusing and a meeting in Teams: the phone is silent for the first two, and rings after each', async () => {
  const anna = world.person('anna')
  const phone = world.phone('1001')
  for (const [state, silent] of [
    ['DoNotDisturb/Presenting', true],
    ['DoNotDisturb/Focusing', true],
    ['Busy/InAMeeting', false],
    ['Busy/InAConferenceCall', false],
    ['Away/Away', false],
  ] as const) {
    anna.client(state)
    await world.pass(8_000)
    expect(phone.dnd(), state).toBe(silent ? 'on' : 'off')
    anna.client('Available/Available')
    await world.pass(8_000)
    expect(phone.dnd(), `after ${state}`).toBe('off')
  }
})

test('G-04: a client that signs out in mid-call or in do not disturb invents nothing at the phone', async () => {
  const anna = world.person('anna')
  const phone = world.phone('1001')
  anna.client(null)
  phone.dial()
  await world.pass(settledMs)
  phone.hangup()
  await world.pass(settledMs)
  anna.client('Available/Available')
  await world.pass(settledMs)
  expect([anna.shown(), anna.sessions(), phone.dnd()]).toEqual([FREE, 0, 'off'])

  // Signed out, a choice does not show; signed in again, it does.
  anna.status(DND)
  await world.passUntil(() => phone.dnd() === 'on', 'the phone to follow', 5_000)
  await world.pass(settledMs)
  anna.client(null)
  await world.pass(60_000)
  anna.client('Available/Available')
  await world.pass(settledMs)
  expect([anna.shown(), phone.dnd()]).toEqual([DND, 'on'])
  anna.status(null)
  await world.passUntil(() => phone.dnd() === 'off', 'the phone to follow back', 5_000)
})
