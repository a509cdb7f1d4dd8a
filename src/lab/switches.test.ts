import { expect, test } from 'vitest'
import { changeSwitches, defaultSwitches } from './switches.ts'

test('switches change together or not at all', () => {
  const switches = structuredClone(defaultSwitches)
  expect(changeSwitches(switches, { readLagMs: 75_000, badId: 'omitted' })).toEqual([])
  expect(switches).toMatchObject({ readLagMs: 75_000, badId: 'omitted' })
  const problems = changeSwitches(switches, { readLagMs: 1, latencyMs: [9, 1], toString: 1 })
  expect(problems.map((problem) => problem.split(':')[0])).toEqual(['latencyMs', 'toString'])
  expect(switches.readLagMs).toBe(75_000)
})
