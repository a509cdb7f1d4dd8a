import { describe, expect, test } from 'vitest'
import { LabClock } from '../clock.ts'
import { Quota } from './quota.ts'

describe('the quota', () => {
  test('refuses above the limit, and what it tells to wait is enough', () => {
    const clock = new LabClock({ running: false })
    const quota = new Quota(clock)
    for (let second = 0; second < 10; second += 1) {
      for (let number = 0; number < 10; number += 1) expect(quota.take('a', 100)).toBe(0)
      clock.advance(1000)
    }
    const wait = quota.take('a', 100)
    expect(wait).toBe(20)
    expect(quota.take('b', 100)).toBe(0)
    clock.advance(wait * 1000)
    expect(quota.take('a', 100)).toBe(0)
  })

  test('forgets everything after 30 s', () => {
    const clock = new LabClock({ running: false })
    const quota = new Quota(clock)
    expect([quota.take('a', 2), quota.take('a', 2), quota.take('a', 2)]).toEqual([0, 0, 30])
    clock.advance(95_000)
    expect([quota.take('a', 2), quota.take('a', 2)]).toEqual([0, 0])
  })
})
