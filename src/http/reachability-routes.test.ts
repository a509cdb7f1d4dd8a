import { expect, test } from 'vitest'
import { chooseVerdict } from './reachability-routes.ts'

test('of several at one address it rings where it rings for one, and is busy where it is for all', () => {
  expect(chooseVerdict(['busy in a meeting', 'ring', 'unknown'])).toBe('ring')
  expect(chooseVerdict(['busy in a meeting', 'unknown not heard'])).toBe('unknown not heard')
  expect(chooseVerdict(['busy one', 'busy two'])).toBe('busy one')
  expect(chooseVerdict(['busy one', undefined])).toMatch(/^unknown not everybody/)
  expect(chooseVerdict([undefined, 'ring'])).toBe('ring')
})
