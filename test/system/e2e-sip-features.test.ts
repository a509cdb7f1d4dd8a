import { afterEach, expect, test } from 'vitest'
import { DND, FREE, IN_A_CALL } from './e2e/lab-people.ts'
import { samplePeople, startWorld, type World } from './e2e/world.ts'

const settledMs = 17_000
const soonMs = 6_000

let world: World
afterEach(() => world.stop())

/** People have addresses at the SIP connector only, at a PBX whose lamps are lit by do not disturb as well. */
async function open(lamps: Readonly<Record<string, unknown>> = {}) {
  world = await startWorld({
    ...{ stopped: true, sipStyle: 'asterisk' },
    people: samplePeople().map(({ upn, addresses }) => ({ upn, addresses: { lamps: addresses.pbx! } })),
    links: [
      { from: 'teams', to: 'lamps' },
      { from: 'lamps', to: 'teams' },
    ],
    lamps: { doNotDisturb: true, ...lamps },
  })
  await world.ready()
  return { ...world, phones: world.lab.phones, dnd: () => world.lab.phones.phone('1001')!.dnd }
}

test('CT-03, VO-24, VO-25: do not disturb goes from Teams to the phone and back by as-feature-event, and is cleared on either side', async () => {
  const { person, phones, dnd, pass, passUntil } = await open()
  const anna = person('anna')
  anna.status(DND)
  await passUntil(dnd, 'the phone to follow', soonMs)
  await pass(settledMs)
  anna.status(null)
  await passUntil(() => !dnd(), 'the phone to follow back', soonMs)
  await pass(settledMs, () => expect(anna.shown()).toBe(FREE))

  phones.setDnd('1001', true)
  await passUntil(() => anna.shown() === DND, 'Teams to follow', soonMs)
  await pass(settledMs)
  phones.setDnd('1001', false)
  await passUntil(() => anna.shown() === FREE, 'Teams to follow back', soonMs)
  await pass(settledMs)

  anna.status(DND)
  await passUntil(dnd, 'the phone to follow again', soonMs)
  await pass(settledMs)
  phones.setDnd('1001', false)
  await passUntil(() => anna.shown() === FREE, 'Teams to be cleared at the phone', soonMs)
  await pass(settledMs, () => expect([dnd(), anna.shown()]).toEqual([false, FREE]))
})

test('CT-03: the lamp that do not disturb has lit is no call; a call is one', async () => {
  const { person, phones, pass, passUntil } = await open()
  const anna = person('anna')
  phones.setDnd('1001', true)
  await passUntil(() => anna.shown() === DND, 'Teams to follow', soonMs)
  await pass(settledMs, () => expect([anna.shown(), anna.sessions()]).toEqual([DND, 0]))
  phones.setDnd('1001', false)
  await passUntil(() => anna.shown() === FREE, 'Teams to follow back', soonMs)
  await pass(settledMs)
  phones.start({ extension: '1001' })
  await passUntil(() => anna.shown() === IN_A_CALL, 'the call', soonMs)
})

test('CT-03, G-02: do not disturb set by SIP is released with the hub running, and after a restart', async () => {
  const { person, dnd, pass, passUntil, target, hub, restartHub } = await open({ publish: true })
  const anna = person('anna')
  anna.status(DND)
  await passUntil(dnd, 'the phone to follow', soonMs)
  // Do not disturb is set at the phone, and not only shown.
  expect(target('anna', 'lamps', 'presence')?.status).not.toBe('applied')
  await pass(settledMs)
  await restartHub()
  await pass(settledMs, () => expect(dnd()).toBe(true))
  expect((await hub().port.release(anna.upn)).remaining).toBe(0)
  expect(dnd()).toBe(false)
})
