import { expect, test } from 'vitest'
import { eachAbreast } from './abreast.ts'

test('in order, so many at a time', async () => {
  let underWay = 0
  let most = 0
  const seen: number[] = []
  await eachAbreast([1, 2, 3, 4, 5], 2, async (item) => {
    seen.push(item)
    underWay += 1
    most = Math.max(most, underWay)
    await Promise.resolve()
    underWay -= 1
    return true
  })
  expect([seen, most]).toEqual([[1, 2, 3, 4, 5], 2])
})

test('false ends it, and an error is passed on', async () => {
  const seen: number[] = []
  await eachAbreast([1, 2, 3], 1, async (item) => seen.push(item) < 2)
  expect(seen).toEqual([1, 2])
  await expect(eachAbreast([1], 4, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
})
