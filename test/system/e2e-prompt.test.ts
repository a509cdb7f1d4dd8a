import { afterEach, expect, test } from 'vitest'
import { DND, FREE } from './e2e/lab-people.ts'
import { startWorld, type World } from './e2e/world.ts'

/** Requirement SW-12: a change in Teams reaches the phone within five seconds. */
const inMs = 5_000

let world: World | undefined
afterEach(async () => {
  await world?.stop()
  world = undefined
})

for (const readLagMs of [0, 1_000]) {
  test(`SW-12: a choice changed in Teams right after a write of ours reaches the phone in 5 s (reads ${readLagMs} ms late)`, async () => {
    world = await startWorld({ stopped: true, switches: { readLagMs } })
    const teams = world.person('anna')
    const phone = world.phone('1001')
    const seen = () => world!.system('anna', 'teams').native?.note === 'hidden by our own write'

    phone.pressDnd(true)
    await world.passUntil(() => teams.shown() === DND && seen(), 'our write to be read back', 5_000)
    teams.status(null)
    await world.passUntil(() => phone.dnd() === 'off', 'the phone to follow', inMs)

    await world.pass(20_000)
    phone.pressDnd(true)
    await world.passUntil(() => teams.shown() === DND && seen(), 'our write to be read back', 5_000)
    phone.pressDnd(false)
    await world.passUntil(() => teams.shown() === FREE && !seen(), 'our write to be taken back', 5_000)
    teams.status(DND)
    await world.passUntil(() => phone.dnd() === 'on', 'the phone to follow', inMs)
    await world.pass(30_000)
    expect([teams.shown(), phone.dnd(), world.view('anna').state.label]).toEqual([
      DND,
      'on',
      'Do not disturb',
    ])
  })
}

test('VO-25: what was taken back at the phone is told as cleared until Teams shows it', async () => {
  world = await startWorld({ stopped: true, switches: { readLagMs: 4_000 } })
  const teams = world.person('anna')
  const phone = world.phone('1001')
  teams.status(DND)
  await world.passUntil(() => phone.dnd() === 'on', 'the phone to follow', 10_000)
  await world.pass(20_000)
  phone.pressDnd(false)
  await world.passUntil(() => teams.shown() === FREE, 'Teams to follow', 5_000)
  const shown = () => world!.system('anna', 'teams').native
  await world.passUntil(() => shown()?.note !== 'being cleared by us', 'the answer', 1_000)
  expect(shown()).toMatchObject({ label: 'Do not disturb', note: 'cleared by us, not read back yet' })
  const why = await world.hub().port.explain(teams.upn)
  expect(why?.signals.find(({ connector }) => connector === 'teams')?.note).toMatch(/^cleared by us/)
  await world.passUntil(() => shown()?.label === 'Available', 'Teams to show it', 4_000 + 2_000)
  expect(shown()?.note).toBeUndefined()
})
