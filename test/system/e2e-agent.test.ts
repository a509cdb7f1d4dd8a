import { afterEach, expect, test } from 'vitest'
import { AgentClient } from '../../src/agent-client/client.ts'
import { type AgentHub, startAgentHub } from './e2e/agent-hub.ts'
import { callOf, DND, FREE, IN_A_CALL, teamsWrites } from './e2e/lab-people.ts'

const settledMs = 17_000

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
  const { passUntil, pass, person, dnd, phones, writes } = world
  const anna = person('anna')
  anna.status(DND)
  await passUntil(() => dnd('1001'), 'the phone to follow', 5_000)
  await pass(settledMs)
  anna.status(null)
  await passUntil(() => !dnd('1001'), 'the phone to follow back', 5_000)
  await pass(settledMs)

  anna.status(DND)
  await passUntil(() => dnd('1001'), 'the phone to follow again', 5_000)
  await pass(settledMs)
  phones.setDnd('1001', false)
  await passUntil(() => anna.preferred() === undefined, 'Teams to follow the phone', 5_000)
  await pass(settledMs)

  phones.setDnd('1001', true)
  await passUntil(() => anna.shown() === DND, 'Teams to follow the key', 5_000)
  await pass(settledMs)
  phones.setDnd('1001', false)
  await passUntil(() => anna.preferred() === undefined, 'Teams to follow back', 5_000)
  await pass(settledMs)
  expect([anna.shown(), dnd('1001')]).toEqual([FREE, false])
  expect(writes()).toEqual([
    'dnd/1001 doNotDisturb/doNotDisturb',
    'dnd/1001 available/available',
    'dnd/1001 doNotDisturb/doNotDisturb',
  ])
})

test('G-02: an agent that is gone in mid-call is a lost source, not an ended call; what became of it counts when it is back', async () => {
  world = await startAgentHub()
  const { phones, lab, passUntil, pass, person, system } = world
  const anna = person('anna')
  phones.start({ extension: '1001' })
  await passUntil(() => anna.shown() === IN_A_CALL, 'In a call', 3_000)
  lab.faults.add({ target: 'agent', kind: 'refuse' })
  await passUntil(() => !system('anna').synced, 'the agent to be missed', 10_000)
  await pass(10_000, () => expect(anna.shown()).toBe(IN_A_CALL))
  phones.hangup('1001')
  await pass(10_000, () => expect(anna.shown()).toBe(IN_A_CALL))
  lab.faults.clear()
  await passUntil(() => anna.shown() === FREE, 'the end to be seen when the agent is back', 60_000)
  expect(system('anna').synced).toBe(true)
})

test('G-02: release takes back what an agent was given; a hub that was gone repairs it at its start', async () => {
  world = await startAgentHub()
  const { passUntil, pass, person, dnd } = world
  person('anna').status(DND)
  person('chiara').status(DND)
  await passUntil(() => dnd('1001') && dnd('1003'), 'both phones to follow', 5_000)
  await pass(settledMs)
  const { released, remaining } = await world.hub().port.release(person('chiara').upn)
  expect([released.length, remaining, dnd('1003'), dnd('1001')]).toEqual([1, 0, false, true])

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
