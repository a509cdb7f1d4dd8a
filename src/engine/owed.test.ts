import { expect, it } from 'vitest'
import { settingOf } from '../../test/sim/exhaust.ts'
import { MemoryStore } from '../../test/sim/memory-store.ts'
import { Simulation } from '../../test/sim/simulation.ts'

it('G-03: a ledger row that the store could not close is closed as soon as it can', async () => {
  const world = new Simulation({ setting: settingOf(500, { mode: 'observed', policy: 'plain' }) })
  await world.start()
  await world.run(60_000)
  world.act('teamsDnd')
  await world.run(60_000)
  const open = () => [...world.store.snapshot().ledger.values()].filter((row) => row.open)
  expect(open()).toHaveLength(1)
  const whole = world.store.commit.bind(world.store)
  let refused = 0
  // The withdrawal's intent is stored; its outcome is not.
  world.store.commit = async (changes) => {
    const closes = changes.some((one) => 'put' in one && one.put === 'ledger' && !one.entry.open)
    if (!closes || refused >= 3) return whole(changes)
    refused += 1
    throw new Error('the disk is full')
  }
  world.act('teamsAvailable')
  await world.run(30_000)
  expect(refused).toBe(3)
  expect(world.standing().dnd).toBe(false)
  expect(open()).toEqual([])
  expect(world.store).toBeInstanceOf(MemoryStore)
})
