import { describe, expect, it } from 'vitest'
import { settingOf } from '../../test/sim/exhaust.ts'
import { CALL, FREE } from '../../test/sim/pairs.ts'
import { calmMs } from '../../test/sim/scenario.ts'
import { extension, Simulation } from '../../test/sim/simulation.ts'
import type { Action } from '../../test/sim/trace.ts'

const setting = settingOf(500, { mode: 'observed', policy: 'silence' })
const calm = calmMs(setting)
/** Polls until the first word, and the clearance. */
const soon = 2 * setting.pollMs + setting.lagMs + 2000

async function begin(observeOnly = false) {
  const world = new Simulation({ setting, observeOnly })
  await world.start()
  await world.run(calm)
  return world
}

/** A hub that loses its memory after these, and `whileDown` happens before it is back. */
async function forgetAfter(deeds: readonly Action[], whileDown: readonly Action[] = [], observeOnly = false) {
  const world = await begin(observeOnly)
  for (const deed of deeds) {
    world.act(deed)
    await world.run(calm)
  }
  world.hub.kill()
  for (const deed of whileDown) world.act(deed)
  await world.restart('lost', 2000)
  await world.run(soon)
  return world
}

const clears = (world: Simulation) =>
  world.entries.filter(
    (entry) => entry.kind === 'write' && entry.slot === 'session' && entry.act === 'withdraw',
  )

describe('a hub that has lost its memory', () => {
  it('G-02: takes a session that it left behind for its own, and clears it: no call in Teams silences the phone', async () => {
    const world = await forgetAfter(['callStart'], ['callEnd'])
    expect(world.teams.shown('anna')).toBe(FREE)
    await world.run(calm)
    expect(world.phone.dnd(extension).on).toBe(false)
  })

  it('G-02: goes on with a call that is still under way, which silences nothing', async () => {
    const world = await forgetAfter(['callStart'])
    await world.run(calm)
    expect([world.teams.session('anna'), world.phone.dnd(extension).on]).toEqual([CALL, false])
    world.act('callEnd')
    await world.run(soon)
    expect(world.teams.shown('anna')).toBe(FREE)
  })

  it('knows a call in Teams as one when the clearance of what was not there is settled', async () => {
    const world = await forgetAfter([], ['teamsCallStart'])
    expect(clears(world)).toHaveLength(1)
    expect(world.phone.dnd(extension).on).toBe(false)
    await world.run(setting.settleMs)
    expect(world.phone.dnd(extension).on).toBe(true)
    world.act('teamsCallEnd')
    await world.run(calm)
    expect(world.phone.dnd(extension).on).toBe(false)
  })

  it('writes nothing where it only observes', async () => {
    const world = await forgetAfter([], ['teamsCallStart'], true)
    const writes = world.entries.filter((entry) => entry.kind === 'write' && entry.system === 'teams')
    expect(writes).toEqual([])
  })
})

describe('a hub that is given an old copy of its memory', () => {
  it('G-02: takes a session from after the copy for its own: no call in Teams silences the phone', async () => {
    const world = await begin()
    const old = world.store.snapshot()
    world.act('callStart')
    await world.run(calm)
    await world.restart('stale', 2000, old)
    await world.run(soon + calm)
    expect([world.teams.session('anna'), world.phone.dnd(extension).on]).toEqual([CALL, false])
    world.act('callEnd')
    await world.run(soon)
    expect(world.teams.shown('anna')).toBe(FREE)
  })

  it('asks for nothing where it remembers the call in Teams', async () => {
    const world = await begin()
    world.act('teamsCallStart')
    await world.run(calm)
    await world.restart('intact', 2000)
    await world.run(calm)
    expect(clears(world)).toEqual([])
    expect(world.phone.dnd(extension).on).toBe(true)
  })
})

describe('do not disturb found on a phone by a hub without a memory', () => {
  it('G-02: goes with the call that would have silenced it', async () => {
    const world = await forgetAfter(['teamsCallStart'])
    await world.run(calm)
    expect(world.phone.dnd(extension).on).toBe(true)
    world.act('teamsCallEnd')
    await world.run(calm)
    expect(world.phone.dnd(extension).on).toBe(false)
  })

  it('stays where nothing asks for it, also through a call that comes later', async () => {
    const world = await forgetAfter([], ['phoneDndOn'])
    await world.run(calm)
    world.act('teamsCallStart')
    await world.run(calm)
    world.act('teamsCallEnd')
    await world.run(calm)
    expect(world.phone.dnd(extension).on).toBe(true)
  })

  it('goes when it is taken back in Teams, and when its key is pressed', async () => {
    const inTeams = await forgetAfter(['teamsDnd'])
    inTeams.act('teamsAvailable')
    await inTeams.run(calm)
    expect(inTeams.phone.dnd(extension).on).toBe(false)
    const atPhone = await forgetAfter(['teamsCallStart'])
    atPhone.act('phoneDndOff')
    await atPhone.run(calm)
    expect(atPhone.phone.dnd(extension).on).toBe(false)
  })
})
