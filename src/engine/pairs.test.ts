import { expect, test } from 'vitest'
import { Pairs } from './pairs.ts'

test('values are found by both names, and forgotten by the first', () => {
  const pairs = new Pairs<number>()
  pairs.set('a', 'x', 1)
  pairs.set('a', 'y', 2)
  pairs.set('b', 'x', 3)
  pairs.set('b', 'x', 4)
  expect([pairs.get('a', 'x'), pairs.get('b', 'x'), pairs.get('b', 'y'), pairs.get('c', 'x')]).toEqual([
    1,
    4,
    undefined,
    undefined,
  ])
  pairs.deleteAll('a')
  expect(pairs.get('a', 'y')).toBeUndefined()
  expect(pairs.get('b', 'x')).toBe(4)
})
