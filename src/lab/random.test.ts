import { expect, test } from 'vitest'
import { seededRandom } from './random.ts'

test('the same seed gives the same row, spread from 0 up to 1', () => {
  const row = (seed: number) => {
    const next = seededRandom(seed)
    return Array.from({ length: 1000 }, next)
  }
  expect(row(7)).toEqual(row(7))
  expect(row(7)).not.toEqual(row(8))
  expect(Math.min(...row(7))).toBeGreaterThanOrEqual(0)
  expect(Math.max(...row(7))).toBeLessThan(1)
  expect(row(7).filter((number) => number < 0.5).length).toBeGreaterThan(400)
})
