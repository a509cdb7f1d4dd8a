import { afterEach, expect, test } from 'vitest'
import type { Clock } from '../../src/core/ports.ts'
import { withWallOff } from '../contract/set-wall-clock.ts'
import { callOf, DND, FREE, IN_A_CALL, phoneWrites, teamsWrites } from './e2e/lab-people.ts'
import { startWorld, type World } from './e2e/world.ts'

const hourMs = 3_600_000

let world: World
afterEach(async () => {
  await world.stop()
})

/** The lab's clock with a wall clock that somebody sets. */
function settable() {
  const wall = { stepMs: 0 }
  const clock = (lab: Clock): Clock => withWallOff(lab, () => wall.stepMs)
  return { wall, clock }
}

for (const [direction, stepMs] of [
  ['forward', hourMs],
  ['back', -hourMs],
] as const) {
  test(`G-03: the wall clock steps an hour ${direction} in mid-call: nothing is withdrawn, sessions are refreshed, all ends right`, async () => {
    const { wall, clock } = settable()
    world = await startWorld({ stopped: true, clock })
    const anna = world.person('anna')
    const chiara = world.person('chiara')
    const phone = world.phone('1003')
    const written = () => teamsWrites(world.lab, 0, anna.upn).map(callOf)
    world.phone('1001').dial()
    chiara.status(DND)
    await world.passUntil(
      () => anna.shown() === IN_A_CALL && phone.dnd() === 'on',
      'the call and do not disturb',
      5_000,
    )
    await world.pass(20_000)
    const atPhones = phoneWrites(world.lab).length

    wall.stepMs = stepMs
    const holds = () => {
      expect(anna.shown()).toBe(IN_A_CALL)
      expect([chiara.shown(), phone.dnd()]).toEqual([DND, 'on'])
    }
    await world.pass(60_000, holds)
    expect(world.log.join('')).toContain('clock stepped')
    // What may have run out is asserted once more; nothing else is written.
    expect(written().every((call) => call === 'setPresence')).toBe(true)
    expect(written().length).toBeLessThanOrEqual(2)
    expect(phoneWrites(world.lab).length - atPhones).toBeLessThanOrEqual(2)
    await world.pass(20 * 60_000, holds)
    expect(written().length).toBeGreaterThanOrEqual(3)
    expect(world.view('anna').systems.every(({ synced }) => synced)).toBe(true)

    world.phone('1001').hangup()
    chiara.status(null)
    await world.passUntil(() => anna.shown() === FREE && phone.dnd() === 'off', 'the end', 6_000)
    await world.pass(20_000)
    // A new call and a new choice after the step are as ever.
    world.phone('1001').dial()
    phone.pressDnd(true)
    await world.passUntil(() => anna.shown() === IN_A_CALL && chiara.shown() === DND, 'both', 3_000)
    world.phone('1001').hangup()
    phone.pressDnd(false)
    await world.passUntil(() => anna.shown() === FREE && chiara.preferred() === undefined, 'none', 3_000)
  })

  test(`G-02, G-03: the clock is set an hour ${direction} while the hub is down: what was ours is still ours`, async () => {
    const { wall, clock } = settable()
    world = await startWorld({ stopped: true, clock })
    const anna = world.person('anna')
    const chiara = world.person('chiara')
    const phone = world.phone('1003')
    world.phone('1001').dial()
    chiara.status(DND)
    await world.passUntil(
      () => anna.shown() === IN_A_CALL && phone.dnd() === 'on',
      'the call and do not disturb',
      5_000,
    )
    await world.pass(20_000)
    await world.stopHub()
    wall.stepMs = stepMs
    await world.restartHub()
    await world.ready()
    await world.pass(60_000, () => {
      expect([anna.shown(), chiara.shown(), phone.dnd()]).toEqual([IN_A_CALL, DND, 'on'])
    })
    world.phone('1001').hangup()
    chiara.status(null)
    await world.passUntil(() => anna.shown() === FREE && phone.dnd() === 'off', 'the end', 20_000)
    expect([anna.sessions(), chiara.preferred()]).toEqual([0, undefined])
  })
}
