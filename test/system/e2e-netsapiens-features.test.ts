import { afterEach, expect, test } from 'vitest'
import { releaseFromLedger } from '../../src/apps/release.ts'
import { DND, FREE, IN_A_CALL } from './e2e/lab-people.ts'
import { type NetSapiensHub, startNetSapiensHub } from './e2e/netsapiens-hub.ts'
import { clearOnEitherSide, pauseForAWhile } from './scenarios/netsapiens-pause.ts'
import { releaseOneOfTwo, settledMs } from './scenarios/phone-system.ts'

const soonMs = 6_000

let world: NetSapiensHub
afterEach(() => world.stop())

const start = (settings: Readonly<Record<string, unknown>> = {}, withoutPreset = false) =>
  startNetSapiensHub(settings, { bySip: true, withoutPreset })

/** SUBSCRIBEs and PUTs of answer rules that reached the platform. */
const asked = () => ({
  subscribed: world.lab.requests
    .since(0)
    .filter(({ target, method }) => target === 'sip' && method === 'SUBSCRIBE').length,
  rules: world.lab.requests.since(0).filter(({ path }) => path.includes('/answerrules')).length,
})

test('CT-02, CT-03: do not disturb in Teams is SetDoNotDisturb at the platform, and is cleared on either side', async () => {
  world = await start()
  const { passUntil, person, dnd, rules } = world
  const anna = person('anna')
  anna.status(DND)
  await passUntil(() => dnd('1001'), 'the phone to follow', soonMs)
  expect(rules('1001')).toEqual({ 'Business hours': true, '*': false })
  await clearOnEitherSide(world, soonMs)
  expect(asked().rules).toBe(0)
  expect(asked().subscribed).toBeGreaterThan(0)
})

test('CT-03, CT-18: a Teams call pauses incoming calls, a phone call is In a call, beside each other', async () => {
  world = await start()
  const { passUntil, pass, person, dnd, phones } = world
  const [anna, david] = [person('anna'), person('david')]
  anna.teamsCall(true)
  await passUntil(() => dnd('1001'), 'paused by a Teams call', soonMs)
  phones.start({ extension: '1004' })
  await passUntil(() => david.shown() === IN_A_CALL, 'In a call', soonMs)
  await pass(settledMs, () => expect(dnd('1004')).toBe(false))
  anna.teamsCall(false)
  await passUntil(() => !dnd('1001'), 'the call to release it', soonMs)
  phones.hangup('1004')
  await passUntil(() => david.shown() !== IN_A_CALL, 'the end of the call', soonMs)
})

test('CT-03, VO-24, VO-25: by the usual rules both ways, the key at the phone is shown in Teams and cleared from either side', async () => {
  world = await start({}, true)
  const { passUntil, pass, person, dnd, phones } = world
  const anna = person('anna')
  phones.setDnd('1001', true)
  await passUntil(() => anna.shown() === DND, 'Teams to follow', soonMs)
  await pass(settledMs)
  phones.setDnd('1001', false)
  await passUntil(() => anna.shown() === FREE, 'Teams to follow back', soonMs)
  await pass(settledMs)
  anna.status(DND)
  await passUntil(() => dnd('1001'), 'the phone to follow', soonMs)
  await pass(settledMs)
  phones.setDnd('1001', false)
  await passUntil(() => anna.shown() === FREE, 'Teams to be cleared by the key', soonMs)
  await pass(settledMs, () => expect(dnd('1001')).toBe(false))
})

test('CT-03: a pause ends after its interval, and begins with the next event', async () => {
  world = await start({ pauseMinutes: 5, rulesSeconds: 20 })
  await pauseForAWhile(world, soonMs)
})

test('CT-03, G-02: release takes it back with the hub running, and from the ledger alone', async () => {
  world = await start()
  const { dnd } = world
  await releaseOneOfTwo(world, soonMs)
  await world.stopHub()
  const rest = await releaseFromLedger(world.salvage(), { who: 'all' })
  expect([rest.released.length, rest.remaining, dnd('1001')]).toEqual([1, 0, false])
})

test('CT-03, G-02: a hub that was away while Teams was cleared takes do not disturb back by SIP', async () => {
  world = await start()
  const { pass, passUntil, person, dnd } = world
  person('anna').status(DND)
  await passUntil(() => dnd('1001'), 'the phone to follow', soonMs)
  await pass(settledMs)
  await world.stopHub()
  person('anna').status(null)
  await world.startHub()
  await passUntil(() => !dnd('1001'), 'the phone to be freed', 60_000)
})
