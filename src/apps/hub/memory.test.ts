import { expect, test } from 'vitest'
import { VirtualClock } from '../../../test/sim/virtual-clock.ts'
import { watchMemory } from './memory.ts'

test('memory is saved where little is to do and little is stored, and no longer than that', async () => {
  const clock = new VirtualClock(0)
  const flags: string[] = []
  let stored = 0
  let starting = true
  const work = { hasMuchToDo: () => starting, stored: () => stored }
  const stop = watchMemory(clock, work, { setFlag: (flag) => flags.push(flag), usedHeap: () => 0 })
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

test('the larger the heap, the less it may grow until it is collected, and never more again', async () => {
  const clock = new VirtualClock(0)
  const flags: string[] = []
  let megabytes = 300
  const heap = { setFlag: (flag: string) => flags.push(flag), usedHeap: () => megabytes * 1024 * 1024 }
  const stop = watchMemory(clock, { hasMuchToDo: () => true, stored: () => 0 }, heap)
  for (const next of [500, 700, 900, 500, 300]) {
    megabytes = next
    await clock.advance(1_000)
  }
  expect(flags).toEqual(['--heap-growing-percent=30', '--heap-growing-percent=15'])
  stop()
})
