import { afterEach, expect, test } from 'vitest'
import { AgentClient } from '../../src/agent-client/client.ts'
import { type AgentHub, startAgentHub } from './e2e/agent-hub.ts'
import { callOf, DND, IN_A_CALL, teamsWrites } from './e2e/lab-people.ts'
import { followBothWays, loseInMidCall, releaseOneOfTwo, settledMs } from './scenarios/phone-system.ts'

let world: AgentHub
afterEach(() => world.stop())

test('UN-05, G-04, G-05: a call that an agent tells of is In a call; at its end what was there before comes back', async () => {
  world = await startAgentHub()
  const { phones, passUntil, pass, person } = world
  const david = person('david')
  expect(david.shown()).toBe('Away/Away')
  phones.start({ extension: '1004', direction: 'inbound', answer: false })
  phones.answer('1004')
  await passUntil(() => david.shown() === IN_A_CALL, 'In a call', 3_000)
  phones.hold('1004', true)
  await pass(settledMs, () => expect(david.shown()).toBe(IN_A_CALL))
  phones.hangup('1004')
  await passUntil(() => david.shown() === 'Away/Away', 'Away again', 5_000)
  await pass(settledMs)
  expect(david.shown()).toBe('Away/Away')
  expect(teamsWrites(world.lab, 0, david.upn).map(callOf)).toEqual(['setPresence', 'clearPresence'])
  expect(world.writes()).toEqual([])
})

test('G-01: do not disturb goes both ways without a loop through an agent and is cleared on either side', async () => {
  world = await startAgentHub()
  await followBothWays(world, { phone: 5_000, teams: 5_000 })
  expect(world.writes()).toEqual([
    'dnd/1001 doNotDisturb/doNotDisturb',
    'dnd/1001 available/available',
    'dnd/1001 doNotDisturb/doNotDisturb',
  ])
})

test('G-02: an agent that is gone in mid-call is a lost source, not an ended call; what became of it counts when it is back', async () => {
  world = await startAgentHub()
  await loseInMidCall(world, {
    refuse: (on) =>
      on ? void world.lab.faults.add({ target: 'agent', kind: 'refuse' }) : world.lab.faults.clear(),
    within: { call: 3_000, loss: 10_000, back: 60_000 },
  })
})

test('G-02: release takes back what an agent was given; a hub that was gone repairs it at its start', async () => {
  world = await startAgentHub()
  const { passUntil, pass, person, dnd } = world
  await releaseOneOfTwo(world, 5_000)

  await world.stopHub()
  const stopped = dnd('1001')
  person('anna').status(null)
  await pass(5_000)
  await world.startHub()
  await passUntil(() => !dnd('1001'), 'the phone to follow after the restart', 30_000)
  expect(stopped).toBe(true)
})

test('an answer that was lost is asked for again, and the phone ends as Teams is', async () => {
  world = await startAgentHub()
  const { lab, passUntil, person, dnd, writes } = world
  lab.faults.add({ target: 'agent', kind: 'drop', count: 1 })
  person('anna').status(DND)
  await passUntil(() => dnd('1001'), 'the phone to follow', 5_000)
  await passUntil(
    () => world.system('anna').targets.find(({ slot }) => slot === 'dnd')?.status === 'applied',
    'the write to be known to have arrived',
    60_000,
  )
  expect(writes().length).toBeGreaterThanOrEqual(1)
})

test('a desktop agent speaks for its own extension in the place of the site, until it says goodbye', async () => {
  const token = 'token-of-the-desk-of-ben'
  world = await startAgentHub([{ id: 'desk-ben', token, addresses: ['1002'] }])
  const { passUntil, pass, person, phones, callback, lab, view } = world
  phones.start({ extension: '1002' })
  await passUntil(() => person('ben').shown() === IN_A_CALL, 'the call that the site tells of', 3_000)
  const desk = new AgentClient({
    ...{ url: callback(), agent: 'desk-ben', token, addresses: ['1002'] },
    after: (ms, callBack) => {
      const timer = lab.clock.after(ms, callBack)
      return () => timer.cancel()
    },
    source: { snapshot: () => [{ address: '1002', facet: { kind: 'dnd', on: false } }] },
  })
  desk.start()
  try {
    await passUntil(() => person('ben').shown() !== IN_A_CALL, 'the desk, which knows of no call', 10_000)
  } finally {
    desk.stop()
  }
  await passUntil(() => person('ben').shown() === IN_A_CALL, 'the site to be heard again', 10_000)
  await pass(settledMs)
  expect(view('ben').state.activity).toBe('inACall')
})
