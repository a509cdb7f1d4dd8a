import { afterEach, expect, test } from 'vitest'
import { DND, phoneWrites } from './e2e/lab-people.ts'
import { startWorld, type World } from './e2e/world.ts'

let world: World
afterEach(async () => {
  await world.stop()
})

const ring = { emergency: { callBack: 5 } }
const minuteMs = 60_000

async function lostAt(name: string): Promise<string[]> {
  const explained = await world.hub().port.explain(`${name}@contoso.example`)
  const decision = explained?.decisions.find(({ target }) => target.startsWith('pbx'))
  return decision?.lost.map(({ because }) => because) ?? []
}

const answersOf = (name: string) =>
  world
    .hub()
    .port.reachability(`${name}@contoso.example`)!
    .channels.map(({ inbound }) => inbound)

test('X-12: after a call to 112 the hub frees the phone, and leaves it free for the time to call back, over a restart', async () => {
  world = await startWorld({ ring })
  const teams = world.person('anna')
  const phone = world.phone('1001')
  teams.status(DND)
  await world.passUntil(() => phone.dnd() === 'on', 'the phone to follow', 5_000)
  await world.pass(17_000)
  expect(await lostAt('anna')).toEqual([])

  phone.dial('112')
  await world.passUntil(() => phone.dnd() === 'off', 'the phone to be freed while the call is on', 2_000)
  expect(teams.shown(), 'what colleagues see is not touched').toBe(DND)
  await world.pass(17_000)
  phone.hangup()
  await world.pass(2_000)
  const [because] = await lostAt('anna')
  expect(because).toMatch(/^emergency call back until \d\d:\d\d UTC$/)
  const explained = await world.hub().port.explain('anna@contoso.example')
  expect(explained!.signals[0]!.what).toContain('help may call back')

  // Neither a new choice nor a restart silences it again.
  const written = phoneWrites(world.lab).length
  teams.status(null)
  await world.pass(10_000)
  teams.status(DND)
  await world.pass(10_000)
  await world.restartHub()
  await world.ready()
  await world.pass(3 * minuteMs, () => expect(phone.dnd()).toBe('off'))
  expect(phoneWrites(world.lab)).toHaveLength(written)
  expect(await lostAt('anna')).toEqual([because])
  const view = world.hub().port.reachability('anna@contoso.example')!
  expect(view.callBackUntil).toBeGreaterThan(world.lab.clock.wall())
  expect(answersOf('anna')).toEqual(expect.arrayContaining(['no', 'yes']))
  const direct = view.channels.find(({ kind, via }) => kind === 'phone' && via === 'direct')!
  expect(direct).toMatchObject({ inbound: 'yes', until: view.callBackUntil })

  await world.passUntil(
    () => phone.dnd() === 'on',
    'do not disturb to come back when the time is over',
    2 * minuteMs,
  )
  expect(world.lab.clock.wall()).toBeGreaterThanOrEqual(view.callBackUntil!)
})

test('X-12: what the person set at the phone is theirs, also after a call for help; other numbers change nothing', async () => {
  world = await startWorld({ ring })
  const phone = world.phone('1001')
  phone.pressDnd(true)
  await world.passUntil(() => world.person('anna').shown() === DND, 'Teams to follow', 3_000)
  phone.dial('911')
  await world.pass(10_000, () => expect(phone.dnd()).toBe('on'))
  phone.hangup()
  expect(world.hub().port.reachability('anna@contoso.example')!.callBackUntil).toBeDefined()

  const chiara = world.phone('1003')
  world.person('chiara').status(DND)
  await world.passUntil(() => chiara.dnd() === 'on', 'the phone to follow', 5_000)
  await world.pass(17_000)
  chiara.dial('+14255550112')
  await world.pass(10_000, () => expect(chiara.dnd()).toBe('on'))
  chiara.hangup()
  expect(world.hub().port.reachability('chiara@contoso.example')!.callBackUntil).toBeUndefined()
})

test('X-12: all phones of the person are freed, whichever called', async () => {
  world = await startWorld({ ring })
  const [desk, mobile] = [world.phone('1002'), world.phone('1052')]
  world.person('ben').status(DND)
  await world.passUntil(() => desk.dnd() === 'on' && mobile.dnd() === 'on', 'both phones to follow', 5_000)
  await world.pass(17_000)
  mobile.dial('0112')
  await world.passUntil(() => desk.dnd() === 'off' && mobile.dnd() === 'off', 'both to be freed', 2_000)
})
