import { expect, test } from 'vitest'
import type { Clock } from '../core/ports.ts'
import { Starts } from './starts.ts'

/** A clock whose timers are fired by hand. */
function handClock() {
  const due: (() => void)[] = []
  const now = { ms: 0 }
  const clock: Clock = {
    wall: () => 0,
    monotonic: () => now.ms,
    after(_, callback) {
      due.push(callback)
      return { cancel() {} }
    },
  }
  /** All timers there are, so many times. */
  const fire = (times: number) => {
    for (let round = 0; round < times; round += 1) for (const one of due.splice(0)) one()
  }
  return { clock, fire, now }
}

const looks = 10

/** So many starts, each of which ends when told. */
function begin(many: number, hasMuchToDo = () => false) {
  const { clock, fire, now } = handClock()
  const starts = new Starts(clock, hasMuchToDo)
  const begun: number[] = []
  const ends = Array.from({ length: many }, () => Promise.withResolvers<void>())
  const over = ends.map(({ promise }, number) =>
    starts.run(() => {
      begun.push(number)
      return promise
    }),
  )
  return { begun, ends, over, fire, now }
}

test('fifty start at once, the others one by one in their order', async () => {
  const { begun, ends, over } = begin(53)
  expect(begun).toHaveLength(50)
  ends[7]!.resolve()
  await over[7]
  ends[9]!.reject(new Error('refused'))
  await expect(over[9]).rejects.toThrow('refused')
  expect(begun.slice(50)).toEqual([50, 51])
  for (const { resolve } of ends) resolve()
  await Promise.all(over.filter((_, number) => number !== 9))
  expect(begun).toHaveLength(53)
})

test('who does not answer holds nobody up, and makes no more room when it does', async () => {
  const { begun, ends, over, fire } = begin(102)
  fire(looks)
  for (let tick = 0; tick < 5; tick += 1) await Promise.resolve()
  expect(begun).toHaveLength(100)
  for (const { resolve } of ends.slice(0, 50)) resolve()
  await Promise.all(over.slice(0, 50))
  expect(begun).toHaveLength(100)
  ends[50]!.resolve()
  await over[50]
  expect(begun.slice(100)).toEqual([100])
})

test('while the process itself is late, nobody is taken for one who does not answer', async () => {
  const { begun, fire, now } = begin(51)
  for (let look = 0; look < 100; look += 1) {
    now.ms += 500
    fire(1)
  }
  for (let tick = 0; tick < 5; tick += 1) await Promise.resolve()
  expect(begun).toHaveLength(50)
  for (let look = 0; look < looks; look += 1) {
    now.ms += 310
    fire(1)
  }
  for (let tick = 0; tick < 5; tick += 1) await Promise.resolve()
  expect(begun).toHaveLength(51)
})

test('while much of what was told waits for its turn, none of those in line begins, unless none is under way', async () => {
  let busy = true
  const { begun, ends, over, fire } = begin(53, () => busy)
  expect(begun).toHaveLength(50)
  ends[0]!.resolve()
  await over[0]
  expect(begun).toHaveLength(50)
  for (const { resolve } of ends.slice(1, 50)) resolve()
  await Promise.all(over.slice(0, 50))
  expect(begun).toHaveLength(51)
  busy = false
  fire(1)
  for (let tick = 0; tick < 5; tick += 1) await Promise.resolve()
  expect(begun).toHaveLength(53)
})
