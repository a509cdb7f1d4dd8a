import { expect, test } from 'vitest'
import { syncProblem } from './vendor-sync.ts'

const words = { missing: { text: 'missing', fix: 'on' }, double: { text: 'double', fix: 'off' } }

test.each([
  [true, 'hub', 'double'],
  [true, undefined, 'double'],
  [true, 'vendor', undefined],
  [false, 'vendor', 'missing'],
  [false, 'hub', undefined],
  [false, undefined, undefined],
  [undefined, 'vendor', undefined],
] as const)('on: %s, teamsSync: %s', (on, teamsSync, expected) => {
  expect(syncProblem(on, teamsSync, words)?.text).toBe(expected)
})
