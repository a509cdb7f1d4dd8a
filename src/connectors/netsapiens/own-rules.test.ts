import { expect, test } from 'vitest'
import { inMemory } from '../../../test/contract/context.ts'
import { OwnRules } from './own-rules.ts'

const minute = 60_000

test('what is ours is remembered over a restart, with when it began', async () => {
  const memory = inMemory()
  await new OwnRules(memory).add('1001', 'Day', 1_000)
  const own = new OwnRules(memory)
  expect(await own.of('1001')).toEqual({ frames: ['Day'], since: 1_000 })
  await own.add('1001', 'Day', 9_000)
  expect(await own.of('1001')).toEqual({ frames: ['Day'], since: 1_000 })
})

test('the next time frame goes on with it; much later it is a new one', async () => {
  const own = new OwnRules(inMemory())
  await own.add('1001', 'Day', 0)
  await own.drop('1001', 'Day', 10 * minute)
  expect(await own.of('1001')).toMatchObject({ frames: [] })
  await own.add('1001', 'Night', 11 * minute)
  expect(await own.of('1001')).toMatchObject({ frames: ['Night'], since: 0 })
  await own.drop('1001', 'Night', 12 * minute)
  await own.add('1001', 'Day', 60 * minute)
  expect(await own.of('1001')).toMatchObject({ frames: ['Day'], since: 60 * minute })
  await own.forget('1001')
  expect(await own.of('1001')).toBeUndefined()
})

test('what stands in the memory and is not ours is nothing', async () => {
  const memory = inMemory()
  for (const value of [7, 'x', { frames: 'Day' }, { frames: [] }]) {
    await memory.set('dnd 1001', value)
    expect(await new OwnRules(memory).of('1001')).toBeUndefined()
  }
})
