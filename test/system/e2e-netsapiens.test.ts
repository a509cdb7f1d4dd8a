import { afterEach, expect, test } from 'vitest'
import { releaseFromLedger } from '../../src/apps/release.ts'
import { callOf, DND, FREE, IN_A_CALL, teamsWrites } from './e2e/lab-people.ts'
import { type NetSapiensHub, startNetSapiensHub } from './e2e/netsapiens-hub.ts'
import { clearOnEitherSide, pauseForAWhile } from './scenarios/netsapiens-pause.ts'
import { loseInMidCall, releaseOneOfTwo, settledMs } from './scenarios/phone-system.ts'

/** A post comes within 3 s, a look without one every 3 s; a little for the rest. */
const soonMs = 6_000
const [day, night] = ['Business hours', '*']

let world: NetSapiensHub
afterEach(() => world.stop())

const teamsCalls = (name: string) => teamsWrites(world.lab, 0, world.person(name).upn).map(callOf)

test('CT-16, CT-18, CT-19: off-hook is In a call, on-hook brings back what was there', async () => {
  world = await startNetSapiensHub()
  const { phones, passUntil, pass, person } = world
  const [anna, david] = [person('anna'), person('david')]
  expect(david.shown()).toBe('Away/Away')
  phones.start({ extension: '1004', direction: 'inbound', answer: false })
  await pass(settledMs, () => expect(david.shown()).toBe('Away/Away'))
  phones.answer('1004')
  await passUntil(() => david.shown() === IN_A_CALL, 'In a call when it is answered', soonMs)
  await pass(settledMs, () => expect(david.shown()).toBe(IN_A_CALL))
  phones.hangup('1004')
  await passUntil(() => david.shown() === 'Away/Away', 'Away again', soonMs)
  expect(teamsCalls('david')).toEqual(['setPresence', 'clearPresence'])

  phones.start({ extension: '1001', to: '+14255550199', answer: false })
  await passUntil(() => anna.shown() === IN_A_CALL, 'In a call while dialling', soonMs)
  phones.hangup('1001')
  await passUntil(() => anna.shown() === FREE, 'Available again', soonMs)
  await pass(settledMs)
  expect([anna.shown(), anna.preferred()]).toEqual([FREE, undefined])
  expect(world.writes()).toEqual([])
  expect(world.platform.subscriptions.list().map(({ model, errors }) => [model, errors])).toEqual([
    ['call', 0],
    ['presence', 0],
  ])
})

test('CT-02: do not disturb in Teams pauses inbound calls, and is cleared on either side', async () => {
  world = await startNetSapiensHub()
  const { passUntil, pass, person, dnd } = world
  const anna = person('anna')
  anna.status(DND)
  await passUntil(() => dnd('1001'), 'the phone to follow', soonMs)
  await clearOnEitherSide(world, soonMs)
  anna.teamsCall(true)
  await pass(settledMs)
  anna.teamsCall(false)
  await pass(settledMs)
  expect(dnd('1001')).toBe(true)
})

test('CT-02: the preset pauses for a Teams call and for do not disturb, not for Busy, a meeting or Away', async () => {
  world = await startNetSapiensHub()
  const { passUntil, pass, person, dnd } = world
  const anna = person('anna')
  anna.teamsCall(true)
  await passUntil(() => dnd('1001'), 'paused by a Teams call', soonMs)
  await pass(settledMs)
  anna.teamsCall(false)
  await passUntil(() => !dnd('1001'), 'the call to release it', soonMs)
  anna.status('Busy/Busy')
  await pass(settledMs, () => expect(dnd('1001')).toBe(false))
  anna.status('Away/Away')
  await pass(settledMs, () => expect(dnd('1001')).toBe(false))
  anna.status(null)
  anna.client('Busy/InAMeeting')
  await pass(settledMs, () => expect(dnd('1001')).toBe(false))
})

test('when the time frame changes, do not disturb is set in the new one and is gone from the old one', async () => {
  world = await startNetSapiensHub()
  const { passUntil, pass, person, platform, rules } = world
  person('anna').status(DND)
  await passUntil(() => rules('1001')[day!], 'the rule of the day', soonMs)
  await pass(settledMs)
  platform.rules.activate('1001', night!)
  await passUntil(() => rules('1001')[night!] && !rules('1001')[day!], 'the rule of the night alone', 10_000)
  await pass(settledMs)
  platform.rules.activate('1001', day!)
  await passUntil(() => rules('1001')[day!] && !rules('1001')[night!], 'the rule of the day alone', 10_000)
  await pass(settledMs)
  person('anna').status(null)
  await passUntil(() => !rules('1001')[day!], 'nothing left', soonMs)
  await pass(settledMs)
  expect(rules('1001')).toEqual({ [day!]: false, [night!]: false })
  const bodies = world.writes().map(({ body }) => body as Readonly<Record<string, unknown>>)
  for (const body of bodies) {
    expect(body['simultaneous-ring']).toEqual({ enabled: 'yes', parameters: ['<OwnDevices>'] })
  }
})

test('G-02: the platform gone in mid-call: the call stays, and what became of it counts when it is back', async () => {
  world = await startNetSapiensHub()
  await loseInMidCall(world, {
    refuse: (on) => world.platform.refuse(on),
    within: { call: soonMs, loss: 60_000, back: 60_000 },
  })
})

test('a pause ends after its interval although Teams still says so, and begins with the next event', async () => {
  world = await startNetSapiensHub({ pauseMinutes: 5, rulesSeconds: 20 })
  await pauseForAWhile(world, soonMs)
})

test('G-02: release takes it back, and a hub that was away meanwhile cleans up, in whichever time frame', async () => {
  world = await startNetSapiensHub()
  const { passUntil, person, rules, platform } = world
  await releaseOneOfTwo(world, soonMs)

  await world.stopHub()
  platform.rules.activate('1001', night!)
  person('anna').status(null)
  await world.startHub()
  await passUntil(() => !rules('1001')[day!] && !rules('1001')[night!], 'both rules to be clean', 60_000)
})

test('G-02: release from the ledger alone clears the rule of a time frame that is no longer in force', async () => {
  world = await startNetSapiensHub()
  const { passUntil, pass, person, rules, platform } = world
  person('anna').status(DND)
  await passUntil(() => rules('1001')[day!], 'the phone to follow', soonMs)
  await pass(settledMs)
  await world.stopHub()
  platform.rules.preset('1001', night!, true)
  platform.rules.activate('1001', night!)
  const { released, remaining } = await releaseFromLedger(world.salvage(), { who: 'all' })
  expect([released.length, remaining]).toEqual([1, 0])
  // What somebody else has set in the night stays.
  expect(rules('1001')).toEqual({ [day!]: false, [night!]: true })
})
