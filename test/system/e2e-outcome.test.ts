import { afterAll, expect, test } from 'vitest'
import { DND, FREE, IN_A_CALL, teamsWrites } from './e2e/lab-people.ts'
import { report } from './e2e/measure.ts'
import { startWorld, type World } from './e2e/world.ts'
import { until } from './support/child.ts'

/** Vendors' promises: Swyx 3 s towards Teams, 5 s from Teams (requirements SW-30, SW-12). */
const outMs = 3_000
const inMs = 5_000
/** Longer than any write needs to settle. */
const settledMs = 17_000

const worlds: World[] = []
afterAll(async () => {
  for (const world of worlds) await world.stop()
})
async function open(...options: Parameters<typeof startWorld>): Promise<World> {
  const world = await startWorld(...options)
  worlds.push(world)
  return world
}

for (const aggregation of ['documented', 'observed'] as const) {
  test(`SW-06, SW-30, CT-16, CT-18, VO-03, VO-06, X-07, X-17: a call on a phone shows in Teams and is taken back (${aggregation})`, async () => {
    const world = await open({ switches: { aggregation } })
    const starts: number[] = []
    const ends: number[] = []
    for (const [name, extension] of [
      ['anna', '1001'],
      ['ben', '1052'],
      ['chiara', '1003'],
      ['david', '1004'],
    ] as const) {
      const teams = world.person(name)
      const phone = world.phone(extension)
      const before = teams.shown()
      starts.push(
        await world.timed(
          () => phone.dial(),
          () => teams.shown() === IN_A_CALL,
          { name, what: 'In a call', ms: outMs },
        ),
      )
      expect(world.view(name).state.label).toBe('In a call')
      ends.push(
        await world.timed(
          () => phone.hangup(),
          () => teams.shown() === before && teams.sessions() === 0,
          { name, what: `${before} again`, ms: outMs },
        ),
      )
    }
    report(`phone call begins, ${aggregation}: Teams shows it`, starts, outMs)
    report(`phone call ends, ${aggregation}: Teams shows it`, ends, outMs)
    expect(Math.max(...starts, ...ends)).toBeLessThanOrEqual(outMs)
  })

  test(`SW-03, SW-10, SW-12, MM-02, VO-05, VO-24, VO-25: do not disturb goes both ways and is cleared on either side (${aggregation})`, async () => {
    const world = await open({ switches: { aggregation } })
    const teams = world.person('anna')
    const phone = world.phone('1001')
    const toPhone: number[] = []
    const toTeams: number[] = []
    const follow = async (into: number[], act: () => void, seen: () => boolean, what: string) => {
      into.push(await world.timed(act, seen, { name: 'anna', what, ms: inMs }))
      await world.pass(settledMs)
      expect(seen()).toBe(true)
    }

    await follow(
      toPhone,
      () => teams.status(DND),
      () => phone.dnd() === 'on',
      'the phone to follow do not disturb in Teams',
    )
    await follow(
      toPhone,
      () => teams.status(null),
      () => phone.dnd() === 'off',
      'the phone to follow the reset in Teams',
    )
    await follow(
      toTeams,
      () => phone.pressDnd(true),
      () => teams.shown() === DND,
      'Teams to follow the key of the phone',
    )
    await follow(
      toTeams,
      () => phone.pressDnd(false),
      () => teams.shown() === FREE && teams.preferred() === undefined,
      'Teams to follow the key of the phone, off',
    )
    await follow(
      toPhone,
      () => teams.status(DND),
      () => phone.dnd() === 'on',
      'the phone to follow do not disturb in Teams again',
    )
    await follow(
      toTeams,
      () => phone.pressDnd(false),
      () => teams.shown() === FREE && teams.preferred() === undefined,
      'Teams to lose what was set in Teams',
    )
    await follow(
      toTeams,
      () => phone.pressDnd(true),
      () => teams.shown() === DND,
      'Teams to follow the key of the phone again',
    )
    await follow(
      toPhone,
      () => teams.status(null),
      () => phone.dnd() === 'off',
      'the phone to lose what was set at the phone',
    )
    report(`a choice in Teams, ${aggregation}: the phone follows`, toPhone, inMs)
    report(`a choice at the phone, ${aggregation}: Teams follows`, toTeams, outMs)
    expect(Math.max(...toTeams)).toBeLessThanOrEqual(outMs)
    expect(Math.max(...toPhone)).toBeLessThanOrEqual(inMs)
    const writes = teamsWrites(world.lab, 0, teams.upn).length
    await world.pass(120_000)
    expect(teamsWrites(world.lab, 0, teams.upn)).toHaveLength(writes)
  })
}

test('CT-17, CT-19, VO-23, X-16: ringing alone shows nothing; answered on the phone it does; Available is never written', async () => {
  const world = await open()
  const teams = world.person('chiara')
  const phone = world.phone('1003')
  phone.ring()
  await until(() => world.system('chiara', 'pbx').native?.ringing === true, 'the hub to hear it ring')
  await world.pass(5_000, () => expect(teams.shown()).toBe(FREE))
  phone.answer()
  await world.passUntil(() => teams.shown() === IN_A_CALL, 'In a call', 3_000)
  phone.hangup()
  await world.passUntil(() => teams.shown() === FREE, 'Available again', 3_000)
  const written = teamsWrites(world.lab, 0, teams.upn)
  expect(written.map(({ body }) => (body as { availability?: string }).availability)).toEqual([
    'Busy',
    undefined,
  ])
})
