import { expect, it } from 'vitest'
import { settingOf } from '../../test/sim/exhaust.ts'
import { Simulation } from '../../test/sim/simulation.ts'

const setting = settingOf(500, { mode: 'observed', policy: 'plain' })

async function silencedByTeams(strike?: () => boolean): Promise<Simulation> {
  const world = new Simulation({ setting, ...(strike && { strike }) })
  await world.start()
  await world.run(60_000)
  world.act('teamsDnd')
  await world.run(60_000)
  expect(world.standing().dnd).toBe(true)
  return world
}

function openRows(world: Simulation): string[] {
  const rows = [...world.store.snapshot().ledger.values()].filter((row) => row.open)
  return rows.map((row) => `${row.connector} ${row.slot} ${JSON.parse(row.body).act}`)
}

it.each([{ kind: 'throttled', retryAfterMs: 3000 } as const, { kind: 'down' } as const])(
  'G-02: a do not disturb cleared at the phone while Teams is $kind leaves nothing behind that hides the next one',
  async (fault) => {
    const world = await silencedByTeams()
    world.teams.fault = fault
    world.act('phoneDndOff')
    await world.run(20_000)
    world.teams.fault = undefined
    await world.run(200_000)
    expect(world.standing()).toMatchObject({ dnd: false, anna: undefined })
    expect(openRows(world)).toEqual([])
    world.act('teamsDnd')
    await world.run(100_000)
    expect(world.standing().dnd).toBe(true)
  },
)

it('G-02: a clearance that was on its way when the hub died is over after the restart', async () => {
  let struck = false
  let armed = false
  const world = await silencedByTeams()
  world.hub.kill()
  await world.start((boundary) => {
    struck ||= armed && boundary === 'send'
    return struck
  })
  await world.run(60_000)
  armed = true
  world.act('phoneDndOff')
  await world.run(2000)
  expect(struck).toBe(true)
  expect(openRows(world)).toContain('teams preferred clear')
  await world.start(() => false)
  await world.run(100_000)
  expect(openRows(world)).toEqual([])
  world.act('teamsDnd')
  await world.run(100_000)
  expect(world.standing().dnd).toBe(true)
})
