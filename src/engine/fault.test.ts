import { expect, it } from 'vitest'
import { settingOf } from '../../test/sim/exhaust.ts'
import { tenant } from '../../test/sim/hub.ts'
import { CALL } from '../../test/sim/pairs.ts'
import { Simulation } from '../../test/sim/simulation.ts'

it('G-02: a turn that fails is told and tried again, and the hub goes on', async () => {
  const world = new Simulation({ setting: settingOf(500, { mode: 'observed', policy: 'plain' }) })
  await world.start()
  await world.run(60_000)
  const { engine } = world.hub
  const whole = engine.policy(tenant)
  const broken = whole.links.map((link) => ({ ...link, rows: undefined as never }))
  engine.setPolicy(tenant, { ...whole, links: broken })
  world.act('callStart')
  await world.run(10_000)
  expect(world.complaints[0]).toContain('could not be worked out')
  const before = world.complaints.length
  engine.setPolicy(tenant, whole)
  await world.run(61_000)
  expect(world.complaints).toHaveLength(before)
  expect(world.teams.shown('anna')).toBe(CALL)
})
