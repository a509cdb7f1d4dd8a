import { afterEach, expect, test } from 'vitest'
import { phoneWrites } from './e2e/lab-people.ts'
import { startWorld, type World } from './e2e/world.ts'

let world: World
afterEach(async () => {
  await world.stop()
})

/** A native Teams call silences the phone (VO-04), unless it is the phone system's own. */
const links = [
  { from: 'pbx', to: 'teams', preset: 'vodia' },
  { from: 'teams', to: 'pbx', preset: 'vodia' },
]
/** There ringing shows in Teams as a call of ours, which hides what is beneath; here it does not. */
const quietRinging = [{ ...links[0], ringing: false }, links[1]!]

const cases = [
  { about: 'ringing shows in Teams', links, readLagMs: 0 },
  { about: 'ringing shows in Teams, reads 5 s late', links, readLagMs: 5_000 },
  { about: 'ringing does not show', links: quietRinging, readLagMs: 0 },
]

for (const { about, readLagMs, ...settings } of cases) {
  for (const order of ['the phone stops ringing first', 'Teams is first'] as const) {
    test(`X-12: a call forked to Teams and answered there does not silence its own line (${order}, ${about})`, async () => {
      const switches = { readLagMs, sequenceNumber: readLagMs === 0 }
      world = await startWorld({ ...settings, switches, stopped: true })
      const teams = world.person('anna')
      const phone = world.phone('1001')
      phone.ring()
      await world.pass(8_000)
      if (order === 'Teams is first') {
        teams.teamsCall(true)
        await world.pass(1_500)
        phone.hangup()
      } else {
        phone.hangup()
        await world.pass(1_500)
        teams.teamsCall(true)
      }
      await world.pass(120_000, () => expect(phone.dnd()).toBe('off'))
      const explained = await world.hub().port.explain(teams.upn)
      const decision = explained!.decisions.find(({ target }) => target === 'pbx 1001')!
      expect(decision.lost.map(({ because }) => because).join()).toContain('one call')
      // Also when the hub starts anew in the middle of it.
      await world.restartHub()
      await world.ready()
      await world.pass(30_000, () => expect(phone.dnd()).toBe('off'))
      teams.teamsCall(false)
      await world.pass(30_000)
      expect(phoneWrites(world.lab)).toEqual([])

      // The next call is one of Teams' own.
      teams.teamsCall(true)
      await world.passUntil(() => phone.dnd() === 'on', 'the phone to be silenced', 5_000 + readLagMs)
    })
  }
}

test('VO-16: a Teams call without a phone that rang silences the phone, also when another’s rang', async () => {
  world = await startWorld({ links })
  world.phone('1003').ring()
  await world.pass(3_000)
  world.person('anna').teamsCall(true)
  await world.passUntil(() => world.phone('1001').dnd() === 'on', 'the phone to be silenced', 5_000)
  expect(world.phone('1003').dnd()).toBe('off')
})
