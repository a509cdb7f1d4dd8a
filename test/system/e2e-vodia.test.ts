import { afterEach, expect, test } from 'vitest'
import { callOf, DND, FREE, IN_A_CALL, teamsWrites } from './e2e/lab-people.ts'
import { startVodiaHub, type VodiaHub } from './e2e/vodia-hub.ts'
import { followBothWays, loseInMidCall, settledMs } from './scenarios/phone-system.ts'

let world: VodiaHub
afterEach(() => world.stop())

const teamsCalls = (name: string) => teamsWrites(world.lab, 0, world.person(name).upn).map(callOf)

test('VO-06, VO-22, VO-23: an external call, ringing or connected, is In a call; at its end it is cleared and what was there before comes back', async () => {
  world = await startVodiaHub()
  const { phones, passUntil, pass, person } = world
  const david = person('david')
  expect(david.shown()).toBe('Away/Away')
  phones.start({ extension: '1004', direction: 'inbound', answer: false })
  await passUntil(() => david.shown() === IN_A_CALL, 'In a call while it rings', 3_000)
  phones.answer('1004')
  phones.hold('1004', true)
  await pass(settledMs, () => expect(david.shown()).toBe(IN_A_CALL))
  phones.hangup('1004')
  await passUntil(() => david.shown() === 'Away/Away', 'Away again', 5_000)
  await pass(settledMs)
  expect(david.shown()).toBe('Away/Away')
  expect(teamsCalls('david')).toEqual(['setPresence', 'clearPresence'])
  expect(world.writes()).toEqual([])

  const anna = person('anna')
  phones.start({ extension: '1001' })
  await passUntil(() => anna.shown() === IN_A_CALL, 'In a call while dialling', 3_000)
  phones.hangup('1001')
  await passUntil(() => anna.shown() === FREE, 'Available again', 5_000)
})

test('VO-26: internal calls, star codes and short numbers that nobody has do not count', async () => {
  world = await startVodiaHub()
  const { phones, pass, person } = world
  phones.start({ extension: '1001', to: '1003' })
  phones.start({ extension: '1004', to: '*97', party: 'external' })
  phones.start({ extension: '1005', to: '700', party: 'external' })
  phones.start({ extension: '1006', to: '112', party: 'external' })
  await pass(settledMs)
  expect(['anna', 'chiara', 'david', 'elif', 'farid'].map((name) => person(name).sessions())).toEqual([
    0, 0, 0, 0, 0,
  ])
  const legs = world.view('anna').systems.find(({ connector }) => connector === 'pbx')
  expect(legs?.native?.activity).toBe('inACall')
})

test('VO-03, VO-04, VO-24, VO-25: do not disturb goes both ways with reason and end, and is cleared on either side', async () => {
  world = await startVodiaHub()
  await followBothWays(world, { phone: 5_000, teams: 5_000 })
  expect(world.writes()[0]!.body).toEqual({ state: true, reason: 'Hookswitch', expires: '3600' })
  expect(world.writes().map(({ body }) => (body as { state: boolean }).state)).toEqual([true, false, true])
})

test('VO-04, VO-08, VO-16, G-07: a Teams call and Busy silence the extension by the preset, a meeting does not', async () => {
  world = await startVodiaHub()
  const { passUntil, pass, person, dnd } = world
  const anna = person('anna')
  anna.status('Busy/Busy')
  await passUntil(() => dnd('1001'), 'silenced by Busy', 5_000)
  await pass(settledMs)
  anna.status(null)
  await passUntil(() => !dnd('1001'), 'Busy to release it', 5_000)
  await pass(settledMs)
  anna.teamsCall(true)
  await passUntil(() => dnd('1001'), 'silenced by a Teams call', 5_000)
  await pass(settledMs)
  anna.teamsCall(false)
  await passUntil(() => !dnd('1001'), 'the call to release it', 5_000)
  await pass(settledMs)
  anna.client('Busy/InAMeeting')
  await pass(settledMs, () => expect(dnd('1001')).toBe(false))
})

test('VO-17, CT-09: nothing goes to Teams before the tenant has that link, then only for who opted in; Teams to the PBX needs neither', async () => {
  const link = (config: Parameters<Parameters<typeof startVodiaHub>[0] & object>[0]) =>
    config.tenants[0]!.links
  world = await startVodiaHub((config) => {
    link(config).splice(0, 2, { from: 'teams', to: 'pbx', preset: 'vodia' })
  })
  const { phones, pass, passUntil, person, dnd } = world
  phones.start({ extension: '1001' })
  await pass(5_000)
  expect(person('anna').sessions()).toBe(0)
  person('ben').status(DND)
  await passUntil(() => dnd('1002'), 'Teams to silence the extension all the same', 5_000)

  await world.stopHub()
  await world.startHub((config) => {
    link(config).push({ from: 'pbx', to: 'teams', preset: 'vodia', optedInOnly: true })
    for (const one of config.tenants[0]!.people) if (one.upn === person('anna').upn) one.optedIn = true
  })
  phones.start({ extension: '1003' })
  await passUntil(() => person('anna').shown() === IN_A_CALL, 'the call of who opted in', 5_000)
  await pass(5_000)
  expect(person('chiara').sessions()).toBe(0)
})

test('G-02: a PBX that cannot be reached in mid-call: the call stays, and what became of it counts when it is back', async () => {
  world = await startVodiaHub()
  await loseInMidCall(world, {
    refuse: (on) => world.pbx.refuse(on),
    within: { call: 3_000, loss: 300_000, back: 60_000 },
  })
})

test('G-02: what was written is prolonged while it is wanted, ends by itself when the hub is gone, and is taken back by release', async () => {
  world = await startVodiaHub((config) => {
    for (const one of config.tenants[0]!.connectors) if (one.type === 'vodia') one.dndMinutes = 10
  })
  const { pass, passUntil, person, dnd } = world
  person('anna').status(DND)
  person('chiara').status(DND)
  await passUntil(() => dnd('1001') && dnd('1003'), 'both extensions to follow', 5_000)
  await pass(20 * 60_000, () => expect(dnd('1001')).toBe(true))
  expect(world.writes().length).toBeGreaterThanOrEqual(6)

  const { released, remaining } = await world.hub().port.release(person('chiara').upn)
  expect([released.length, remaining, dnd('1003'), dnd('1001')]).toEqual([1, 0, false, true])

  await world.stopHub()
  expect(dnd('1001')).toBe(true)
  await world.pass(11 * 60_000)
  expect(dnd('1001')).toBe(false)
})
