import { afterEach, expect, test } from 'vitest'
import { startCsta } from '../../src/lab/csta/server.ts'
import { startLabHub } from './e2e/lab-hub.ts'
import { callOf, FREE, IN_A_CALL, teamsWrites } from './e2e/lab-people.ts'
import { followBothWays, loseInMidCall, releaseOneOfTwo, settledMs } from './scenarios/phone-system.ts'

const start = (change?: Parameters<typeof startLabHub>[2]) => startLabHub('csta', startCsta, change)
let world: Awaited<ReturnType<typeof start>>
afterEach(() => world.stop())

const teamsCalls = (name: string) => teamsWrites(world.lab, 0, world.person(name).upn).map(callOf)
/** What was written at the system: extension and value. */
const dndWrites = () =>
  world.lab.requests
    .since(0)
    .filter(({ target, method }) => target === 'csta' && method === 'SetDoNotDisturb')
    .map(({ path, body }) => `${path} ${(body as { doNotDisturbOn: string }).doNotDisturbOn}`)

test('UN-05, G-04: a call at the phone is In a call in Teams, held or not; at its end what was there before comes back', async () => {
  world = await start()
  const { phones, passUntil, pass, person } = world
  const david = person('david')
  expect(david.shown()).toBe('Away/Away')
  phones.start({ extension: '1004', direction: 'inbound' })
  await passUntil(() => david.shown() === IN_A_CALL, 'In a call', 3_000)
  phones.hold('1004', true)
  await pass(settledMs, () => expect(david.shown()).toBe(IN_A_CALL))
  phones.hangup('1004')
  await passUntil(() => david.shown() === 'Away/Away', 'Away again', 5_000)
  await pass(settledMs)
  expect(david.shown()).toBe('Away/Away')
  expect(teamsCalls('david')).toEqual(['setPresence', 'clearPresence'])

  // Both ends of an internal call, by the default rules.
  phones.start({ extension: '1001', to: '1003' })
  await passUntil(
    () => person('anna').shown() === IN_A_CALL && person('chiara').shown() === IN_A_CALL,
    'both in a call',
    3_000,
  )
  phones.hangup('1003')
  await passUntil(
    () => person('anna').shown() === FREE && person('chiara').shown() === FREE,
    'both free',
    5_000,
  )
  await pass(settledMs)
  expect(dndWrites()).toEqual([])
})

test('UN-05, G-01: do not disturb goes both ways, is cleared on either side, and is read back at the system', async () => {
  world = await start()
  await followBothWays(world, { phone: 5_000, teams: 5_000 })
  expect(dndWrites()).toEqual(['1001 true', '1001 false', '1001 true'])
})

test('G-02: the connection is cut in mid-call: the call stays, and what became of it counts when it is back', async () => {
  world = await start()
  await loseInMidCall(world, {
    refuse: (on) => world.system.refuse(on),
    within: { call: 3_000, loss: 120_000, back: 60_000 },
  })
})

test('G-02: release takes back what was written; a hub that was gone finds the person has done so meanwhile', async () => {
  world = await start()
  const { person, dnd, phones, pass } = world
  await releaseOneOfTwo(world, 5_000)

  await world.stopHub()
  expect(dnd('1001')).toBe(true)
  phones.setDnd('1001', false)
  person('anna').status(null)
  await world.startHub()
  await pass(settledMs)
  expect([dnd('1001'), person('anna').shown()]).toEqual([false, FREE])
})
