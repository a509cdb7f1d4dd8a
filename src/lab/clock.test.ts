import { expect, test } from 'vitest'
import { LabClock } from './clock.ts'

test('a stopped clock moves only when told, and calls back in order of time', () => {
  const clock = new LabClock({ running: false, wallStart: 1000 })
  const called: [string, number][] = []
  const note = (name: string) => () => called.push([name, clock.monotonic()])
  clock.after(20, note('late'))
  clock.after(10, () => {
    note('early')()
    clock.after(5, note('between'))
  })
  clock.after(10, note('second'))
  clock.after(15, note('cancelled')).cancel()
  clock.advance(30)
  expect(called).toEqual([
    ['early', 10],
    ['second', 10],
    ['between', 15],
    ['late', 20],
  ])
  expect([clock.monotonic(), clock.wall()]).toEqual([30, 1030])
})

test('a running clock fires by itself, and at once when it jumps past', async () => {
  const clock = new LabClock()
  await clock.sleep(5)
  expect(clock.monotonic()).toBeGreaterThanOrEqual(5)
  const hour = clock.sleep(3_600_000)
  clock.advance(3_600_000)
  await hour
  expect(Math.abs(clock.wall() - Date.now() - 3_600_000)).toBeLessThan(60_000)
})

test('a timer too far away for the machine waits all the same, and a cancelled one keeps nothing alive', async () => {
  const clock = new LabClock()
  const called: string[] = []
  const far = clock.after(2 ** 32, () => called.push('far'))
  clock.after(1_000_000, () => called.push('cancelled')).cancel()
  await clock.sleep(5)
  expect(called).toEqual([])
  clock.advance(2_000_000)
  expect(called).toEqual([])
  far.cancel()
  clock.advance(2 ** 33)
  expect(called).toEqual([])
})

test('thousands of timers are cheap', () => {
  const clock = new LabClock({ running: false })
  let last = 0
  let fired = 0
  for (let number = 0; number < 20_000; number += 1) {
    const due = (number * 7919) % 20_000
    clock.after(due, () => {
      expect(due).toBeGreaterThanOrEqual(last)
      last = due
      fired += 1
    })
  }
  clock.advance(20_000)
  expect(fired).toBe(20_000)
})
