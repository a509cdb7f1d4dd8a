import { describe, expect, it } from 'vitest'
import { settingOf } from './exhaust.ts'
import { judge } from './oracle.ts'
import { AWAY, CALL, DND, FREE } from './pairs.ts'
import { calmMs } from './scenario.ts'
import { deskExtension, extension, Simulation } from './simulation.ts'
import type { Run } from './trace.ts'
import { describe as tell } from './trace.ts'

const setting = settingOf(500, { mode: 'observed', policy: 'plain' })
const calm = calmMs(setting)

async function begin(
  options: Partial<ConstructorParameters<typeof Simulation>[0]> = {},
): Promise<Simulation> {
  const world = new Simulation({ setting, ...options })
  await world.start()
  await world.run(calm)
  return world
}

function writesTo(run: Run, system: string) {
  return run.entries.filter((entry) => entry.kind === 'write').filter((entry) => entry.system === system)
}

function expectRight(world: Simulation): void {
  const run = world.result()
  const wrong = [...judge(run).wrong, ...world.complaints]
  expect(wrong.length === 0 ? '' : `${tell(run)}\n${wrong.join('\n')}`).toBe('')
}

describe('the wall clock is set', () => {
  it.each([-3_600_000, 3_600_000])('by %i ms: calls and choices run on', async (step) => {
    const world = await begin()
    world.act('callStart')
    await world.run(calm)
    world.clock.stepWall(step)
    const before = writesTo(world.result(), 'teams').length
    world.hub.engine.doubtTime()
    await world.run(calm)
    expect(world.teams.session('anna')).toBe(CALL)
    // Whether it is still there is not sure: it is asserted once more, and only once.
    expect(writesTo(world.result(), 'teams').length).toBe(before + 1)
    world.act('callEnd')
    await world.run(calm)
    world.act('teamsDnd')
    await world.run(calm)
    world.clock.stepWall(-step)
    world.hub.engine.doubtTime()
    world.act('teamsAvailable')
    await world.run(calm)
    expectRight(world)
  })

  it.each([-3_600_000, 3_600_000])('by %i ms while the hub is down', async (step) => {
    const world = await begin()
    world.act('phoneDndOn')
    world.act('callStart')
    await world.run(calm)
    world.hub.kill()
    world.clock.stepWall(step)
    await world.restart('intact', 2000)
    await world.run(calm)
    world.act('phoneDndOff')
    await world.run(calm)
    world.act('callEnd')
    await world.run(calm)
    expectRight(world)
  })
})

describe('under way', () => {
  it('a burst: only the newest desired state is written', async () => {
    const world = await begin()
    for (let turn = 0; turn < 101; turn++) {
      world.act(turn % 2 === 0 ? 'phoneDndOn' : 'phoneDndOff')
      await world.run(1)
    }
    await world.run(calm)
    expect(writesTo(world.result(), 'teams').length).toBeLessThanOrEqual(3)
    expect(world.teams.preferred('anna')?.pair).toBe(DND)
    expectRight(world)
  })

  it('G-03: a long call is refreshed before its session runs out', async () => {
    const world = await begin()
    world.act('callStart')
    for (let minute = 0; minute < 60; minute++) {
      await world.run(60_000)
      expect(world.teams.session('anna')).toBe(CALL)
    }
    const refreshed = writesTo(world.result(), 'teams').filter((write) => write.refresh)
    expect(refreshed.length).toBeGreaterThanOrEqual(8)
    expect(refreshed.length).toBeLessThanOrEqual(12)
    world.act('callEnd')
    await world.run(calm)
    expectRight(world)
  })

  it('G-03: when the hub dies for good, its call session runs out by itself', async () => {
    const world = await begin()
    world.act('callStart')
    await world.run(calm)
    world.hub.kill()
    world.act('callEnd')
    await world.run(720_000)
    expect(world.teams.shown('anna')).toBe(FREE)
  })
})

describe('a target in trouble', () => {
  it('down: only itself is late', async () => {
    const world = await begin({ desk: true })
    world.desk.fault = { kind: 'down' }
    await world.run(60_000)
    world.act('teamsDnd')
    await world.run(7000)
    expect(world.phone.dnd(extension).on).toBe(true)
    expect(world.desk.dnd(deskExtension).on).toBe(false)
    world.desk.fault = undefined
    await world.run(100_000)
    expect(world.desk.dnd(deskExtension).on).toBe(true)
  })

  it('down and up again with another wish: nothing of the former arrives', async () => {
    const world = await begin()
    world.teams.fault = { kind: 'down' }
    world.act('phoneDndOn')
    await world.run(20_000)
    world.act('phoneDndOff')
    await world.run(20_000)
    world.teams.fault = undefined
    await world.run(120_000)
    const asserted = writesTo(world.result(), 'teams').filter((write) => write.act === 'assert')
    expect(asserted).toEqual([])
    expect(world.teams.preferred('anna')).toBeUndefined()
  })

  it.each(['removePerson', 'moveExtension'] as const)(
    'G-03: %s while writes fail: taken back once they succeed',
    async (action) => {
      const world = await begin()
      world.act('callStart')
      world.act('phoneDndOn')
      await world.run(calm)
      world.teams.fault = { kind: 'failing' }
      world.act(action)
      await world.run(20_000)
      expect(world.teams.session('anna')).toBe(CALL)
      world.teams.fault = undefined
      await world.run(120_000)
      expect(world.teams.session('anna')).toBeUndefined()
      expect(world.teams.preferred('anna')).toBeUndefined()
    },
  )

  it('Retry-After is obeyed', async () => {
    const world = await begin()
    world.teams.fault = { kind: 'throttled', retryAfterMs: 30_000 }
    world.act('callStart')
    await world.run(100_000)
    const { refusals } = world.teams
    expect(refusals.length).toBeGreaterThanOrEqual(3)
    for (let index = 1; index < refusals.length; index++) {
      expect(refusals[index]! - refusals[index - 1]!).toBeGreaterThanOrEqual(30_000)
    }
    world.teams.fault = undefined
    await world.run(40_000)
    expect(world.teams.session('anna')).toBe(CALL)
  })

  it('a socket cut in a call: the call state runs out or ends, and is not shown for ever', async () => {
    const world = await begin()
    world.act('callStart')
    await world.run(calm)
    world.phone.fault = { kind: 'down' }
    world.phone.endCall(extension)
    await world.run(30_000)
    expect(world.teams.session('anna')).toBe(CALL)
    // Before the hold for lost sources is over: nobody prolonged it.
    await world.run(700_000)
    expect(world.teams.session('anna')).toBeUndefined()
    world.phone.fault = undefined
    await world.run(calm)
    expect(world.teams.shown('anna')).toBe(FREE)
  })
})

describe('three systems, closed transitively', () => {
  it('G-01: a choice reaches the others once and does not run in circles', async () => {
    const world = await begin({ desk: true })
    world.act('phoneDndOn')
    await world.run(calm)
    expect(world.teams.preferred('anna')?.pair).toBe(DND)
    expect(world.desk.dnd(deskExtension).on).toBe(true)
    world.act('teamsAway')
    await world.run(calm)
    expect(world.phone.dnd(extension).on).toBe(false)
    expect(world.desk.dnd(deskExtension).on).toBe(false)
    expect(world.teams.preferred('anna')?.pair).toBe(AWAY)
    const run = world.result()
    expect([writesTo(run, 'desk').length, writesTo(run, 'phone').length]).toEqual([2, 1])
    expect(writesTo(run, 'teams').length).toBe(1)
  })

  it('a schedule that switches do not disturb is followed, and says so', async () => {
    const world = await begin({ desk: true })
    world.desk.setDnd(deskExtension, true, 'schedule')
    await world.run(calm)
    expect(world.teams.preferred('anna')?.pair).toBe(DND)
    expect(world.phone.dnd(extension).on).toBe(true)
    const actor = [...world.hub.engine.people.all()].find((each) => each.presentity.id === 'anna')
    const point = actor?.presentity.points.find((each) => each.connector === 'desk')
    expect([...(point?.effects?.values() ?? [])].map((effect) => effect.origin)).toContain('schedule')
    world.desk.setDnd(deskExtension, false, 'schedule')
    await world.run(calm)
    expect(world.phone.dnd(extension).on).toBe(false)
    expect(world.teams.shown('anna')).toBe(FREE)
  })

  it('what a person does after the schedule stands', async () => {
    const world = await begin({ desk: true })
    world.desk.setDnd(deskExtension, true, 'schedule')
    await world.run(calm)
    world.act('phoneDndOff')
    await world.run(calm)
    expect(world.phone.dnd(extension).on).toBe(false)
    expect(world.desk.dnd(deskExtension).on).toBe(false)
    expect(world.teams.shown('anna')).toBe(FREE)
  })
})
