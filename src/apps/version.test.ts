import { expect, test } from 'vitest'
import { compareVersions } from './version.ts'

test('versions are compared by their numbers, not as text', () => {
  expect(compareVersions('0.9.0', '0.10.0')).toBeLessThan(0)
  expect(compareVersions('1.0.0', '0.10.9')).toBeGreaterThan(0)
  expect(compareVersions('1.2.3', '1.2.3-rc.1')).toBe(0)
  expect(compareVersions('whatever', '0.0.0')).toBe(0)
})
