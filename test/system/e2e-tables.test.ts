import { afterEach, expect, test } from 'vitest'
import { bothWays } from './e2e/config.ts'
import { callOf, DND, FREE, IN_A_CALL, phoneWrites, teamsWrites } from './e2e/lab-people.ts'
import { startWorld, type World } from './e2e/world.ts'

const settledMs = 17_000

let world: World | undefined
afterEach(async () => {
  await world?.stop()
  world = undefined
})

/** Vodia's table: what keeps a person from the phone in Teams silences the phone. */
const silencing = [
  { when: { activity: 'inACall' }, act: 'set', state: 'doNotDisturb/doNotDisturb' },
  { when: { activity: 'inAConferenceCall' }, act: 'set', state: 'doNotDisturb/doNotDisturb' },
  { when: { availability: 'doNotDisturb' }, act: 'set', state: 'doNotDisturb/doNotDisturb' },
  { when: { activity: 'busy' }, act: 'set', state: 'doNotDisturb/doNotDisturb' },
  { when: {}, act: 'release' },
]
const links = [
  { from: 'pbx', to: 'teams' },
  { from: 'teams', to: 'pbx', table: silencing },
]

for (const readLagMs of [0, 10_000]) {
  test(`VO-04, VO-16, G-01: a Teams call silences the phone, a phone call shown in Teams does not (read lag ${readLagMs} ms)`, async () => {
    world = await startWorld({
      stopped: true,
      links,
      switches: { readLagMs, sequenceNumber: readLagMs === 0 },
    })
    const teams = world.person('anna')
    const phone = world.phone('1001')
    const settle = (look?: () => void) => world!.pass(settledMs + readLagMs, look)

    // The loop that must not form: phone call, shown in Teams, read back, do not disturb at the phone.
    phone.dial()
    await world.passUntil(() => teams.shown() === IN_A_CALL, 'In a call', 3_000)
    await settle(() => expect(phone.dnd()).toBe('off'))
    phone.hangup()
    await settle(() => expect(phone.dnd()).toBe('off'))
    await settle(() => expect(phone.dnd()).toBe('off'))
    expect(phoneWrites(world.lab)).toEqual([])

    teams.teamsCall(true)
    await world.passUntil(() => phone.dnd() === 'on', 'the phone to be silenced', 5_000 + readLagMs)
    await settle()
    // It lights no call in Teams, and outlasts a phone call beside it.
    phone.dial()
    await settle(() => expect(phone.dnd()).toBe('on'))
    phone.hangup()
    await settle(() => expect(phone.dnd()).toBe('on'))
    teams.teamsCall(false)
    await world.passUntil(() => phone.dnd() === 'off', 'the phone to ring again', 5_000 + readLagMs)
    await settle()
    expect([teams.shown(), phone.dnd(), teams.preferred()]).toEqual([FREE, 'off', undefined])

    teams.status('Busy/Busy')
    await world.passUntil(() => phone.dnd() === 'on', 'Busy to silence the phone', 5_000 + readLagMs)
    await settle()
    teams.status(null)
    await world.passUntil(() => phone.dnd() === 'off', 'the phone to ring again', 5_000 + readLagMs)
    await settle()
    expect(phone.dnd()).toBe('off')
  })
}

test('VO-04: a Teams call that began in the shadow of our own silences the phone when the phone call ends', async () => {
  world = await startWorld({ stopped: true, links })
  const teams = world.person('anna')
  const phone = world.phone('1001')
  phone.dial()
  await world.passUntil(() => teams.shown() === IN_A_CALL, 'In a call', 3_000)
  await world.pass(settledMs)
  teams.teamsCall(true)
  await world.pass(settledMs)
  phone.hangup()
  await world.passUntil(() => phone.dnd() === 'on', 'the phone to be silenced', 1_000 + settledMs + 5_000)
  teams.teamsCall(false)
  await world.passUntil(() => phone.dnd() === 'off', 'the phone to ring again', 5_000)
})

test('X-16, G-04: do not disturb that the person had at the phone before a Teams call stays after it', async () => {
  world = await startWorld({ stopped: true, links })
  const teams = world.person('anna')
  const phone = world.phone('1001')
  phone.pressDnd(true)
  await world.passUntil(() => teams.shown() === DND, 'Teams to follow', 3_000)
  await world.pass(settledMs)
  teams.teamsCall(true)
  await world.pass(settledMs)
  teams.teamsCall(false)
  await world.pass(settledMs, () => expect(phone.dnd()).toBe('on'))
  expect(teams.shown()).toBe(DND)
})

test('VO-22, VO-26, X-14, X-15: external calls only, from ringing on, where the link says so', async () => {
  world = await startWorld({
    stopped: true,
    links: [{ from: 'pbx', to: 'teams', ringing: true, parties: ['external'] }, bothWays[1]!],
  })
  const teams = world.person('anna')
  const phone = world.phone('1001')
  phone.ring()
  await world.passUntil(() => teams.shown() === IN_A_CALL, 'In a call while it rings', 3_000)
  phone.answer()
  await world.pass(10_000, () => expect(teams.shown()).toBe(IN_A_CALL))
  phone.hangup()
  await world.passUntil(() => teams.shown() === FREE, 'Available', 3_000)
  phone.dial('1003')
  await world.pass(10_000, () =>
    expect([teams.shown(), world!.person('chiara').shown()]).toEqual([FREE, FREE]),
  )
  phone.hangup()
  world.lab.phones.start({ extension: '1001', to: '*97', party: 'internal' })
  await world.pass(5_000)
  phone.hangup()
  await world.pass(5_000)
  expect(teamsWrites(world.lab, 0, teams.upn).map(callOf)).toEqual(['setPresence', 'clearPresence'])
})
