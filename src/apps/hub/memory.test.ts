import { expect, test } from 'vitest'
import { VirtualClock } from '../../../test/sim/virtual-clock.ts'
import { watchMemory } from './memory.ts'

test('memory is saved where little is to do and little is stored, and no longer than that', async () => {
  const clock = new VirtualClock(0)
  const flags: string[] = []
  let stored = 0
  let starting = true
  const work = { hasMuchToDo: () => starting, stored: () => stored }
  const stop = watchMemory(clock, work, (flag) => flags.push(flag))
  await clock.advance(60_000)
  expect(flags).toEqual([])
  starting = false
  await clock.advance(10_000)
  expect(flags).toEqual([])
  await clock.advance(10_000)
  expect(flags).toEqual(['--memory-saver-mode'])
  stored += 99
  await clock.advance(1_000)
  expect(flags).toEqual(['--memory-saver-mode'])
  stored += 100
  await clock.advance(1_000)
  expect(flags).toEqual(['--memory-saver-mode', '--no-memory-saver-mode'])
  stop()
})
