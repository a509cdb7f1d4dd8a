import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Priority, RequestBudget } from './budget.ts'

const takeAll = (budget: RequestBudget, priority: Priority, now: number, contested = false) => {
  let taken = 0
  while (budget.take(priority, now, contested)) taken += 1
  return taken
}

describe('request budget', () => {
  it('keeps a quarter for the sweep while others take all they can', () => {
    const budget = new RequestBudget({ start: 1200, ceiling: 1200 }, 0)
    budget.reserveSweep(600)
    expect(takeAll(budget, 'write', 0)).toBe(875)
    let swept = 0
    for (let now = 0; now < 29_500; now += 100) if (budget.take('sweep', now, true)) swept += 1
    expect(swept).toBeGreaterThanOrEqual(290)
    expect(swept).toBeLessThanOrEqual(320)
  })

  it('never starves the sweep, whatever the others ask for and however long', () => {
    const budget = new RequestBudget({ start: 1200, ceiling: 1200 }, 0)
    budget.reserveSweep(585)
    const times: number[] = []
    for (let now = 0; now < 120_000; now += 50) {
      const pressed = now > 10_000
      if (pressed) takeAll(budget, 'write', now)
      if (budget.take('sweep', now, pressed)) times.push(now)
    }
    for (let from = 10_000; from < 116_000; from += 500) {
      const inFour = times.filter((at) => at >= from && at < from + 4_000).length
      expect(inFour).toBeGreaterThanOrEqual(39)
    }
  })

  it('leaves to others what a small sweep does not need', () => {
    const budget = new RequestBudget({ start: 1200, ceiling: 1200 }, 0)
    budget.reserveSweep(15)
    expect(takeAll(budget, 'write', 0)).toBe(1183)
  })

  it('keeps room for writes when reads take all they can: hot ones less than those that were asked for', () => {
    const budget = new RequestBudget({ start: 1200, ceiling: 1200 }, 0)
    budget.reserveSweep(15)
    const hot = takeAll(budget, 'hot', 0)
    const settle = takeAll(budget, 'settle', 0)
    const written = takeAll(budget, 'write', 0)
    expect([hot, settle, written]).toEqual([1063, 60, 60])
  })

  it('lets 33 writes a second, in bursts as they come, pass at once beside the reads that follow them', () => {
    const budget = new RequestBudget({ start: 1200, ceiling: 1200 }, 0)
    budget.reserveSweep(30)
    let dice = 1
    const chance = () => {
      dice = (dice * 16_807) % 2_147_483_647
      return dice / 2_147_483_647
    }
    let refused = 0
    for (let now = 0; now < 180_000; now += 10) {
      for (let each = 0; each < 10; each += 1) {
        if (chance() < 0.033 && !budget.take('write', now)) refused += 1
      }
      if (now % 300 === 0) budget.take('settle', now)
      if (now % 1_750 === 0) for (const _ of [1, 2]) budget.take('hot', now)
      if (now % 1_000 === 0) budget.take('sweep', now)
    }
    expect(refused).toBe(0)
  })

  it('never lets more than the limit leave in any 30 s', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ gap: fc.nat(3_000), many: fc.nat(400), sweep: fc.boolean(), contested: fc.boolean() }),
        ),
        (steps) => {
          const budget = new RequestBudget({ start: 600, ceiling: 600 }, 0)
          budget.reserveSweep(300)
          const sent: number[] = []
          let now = 0
          for (const step of steps) {
            now += step.gap
            for (let at = 0; at < step.many; at += 1) {
              if (budget.take(step.sweep ? 'sweep' : 'write', now, step.contested)) sent.push(now)
            }
          }
          for (const from of sent) {
            expect(sent.filter((at) => at >= from && at < from + 30_000).length).toBeLessThanOrEqual(600)
          }
        },
      ),
      { numRuns: 40 },
    )
  })

  it('halves on a refusal once, obeys Retry-After, and grows again to the ceiling', () => {
    const budget = new RequestBudget({ start: 1200, ceiling: 1300 }, 0)
    expect(budget.take('sweep', 1_000)).toBe(true)
    budget.refused(1_000, 2_000, 10_000)
    budget.refused(1_500, 2_100, 10_000)
    expect(budget.limit).toBe(600)
    expect(budget.take('withdraw', 11_000)).toBe(false)
    expect(budget.pausedMs(11_000)).toBe(1_100)
    expect(budget.take('withdraw', 12_200)).toBe(true)
    budget.refused(12_200, 12_300, 0)
    expect(budget.limit).toBe(300)
    budget.take('sweep', 43_000)
    expect(budget.limit).toBe(350)
    budget.take('sweep', 12_300 + 30_000 * 40)
    expect(budget.limit).toBe(1300)
  })

  it('goes on at half the speed after a refusal instead of standing still', () => {
    const budget = new RequestBudget({ start: 1200, ceiling: 1200 }, 0)
    budget.reserveSweep(1)
    for (let now = 0; now < 30_000; now += 25) budget.take('write', now)
    budget.refused(29_900, 30_000, 1_000)
    let taken = 0
    for (let now = 31_000; now < 36_000; now += 25) if (budget.take('write', now)) taken += 1
    expect(taken).toBeGreaterThan(80)
    expect(taken).toBeLessThan(140)
  })

  it('tells what it has used and may grow to, and of a time of refusals from the first until it has recovered', () => {
    const budget = new RequestBudget({ start: 1200, ceiling: 1250 }, 0)
    for (let taken = 0; taken < 5; taken++) budget.take('write', 1_000)
    expect(budget.state(1_000)).toEqual({
      ...{ used: 5, limit: 1200, ceiling: 1250, growth: 50, refusals: 0 },
      ...{ pausedMs: 0, throttled: undefined },
    })
    budget.refused(1_000, 2_000, 10_000)
    budget.refused(12_500, 13_000, 4_000)
    const throttled = { since: 2_000, before: 1200, lastAt: 13_000, retryAfterMs: 4_000 }
    expect(budget.state(14_000)).toMatchObject({ limit: 300, pausedMs: 3_000, refusals: 2, throttled })
    // 300 and 17 times 50 are not yet what it was.
    expect(budget.state(17_000 + 17 * 30_000)).toMatchObject({ limit: 1150, pausedMs: 0, throttled })
    expect(budget.state(17_000 + 19 * 30_000)).toMatchObject({ growth: 0, refusals: 2, throttled: undefined })
  })

  it('goes by the least of what those who spend from it were configured with, as long as they are there', () => {
    const limit = (requests: number) => ({ start: requests, ceiling: requests })
    const budget = new RequestBudget(limit(600), 0)
    const [one, two] = [new AbortController(), new AbortController()]
    budget.agree(limit(600), one.signal)
    expect(takeAll(budget, 'withdraw', 0)).toBeGreaterThan(400)
    budget.agree(limit(300), two.signal)
    expect(budget.limit).toBe(300)
    expect(budget.take('withdraw', 0), 'what was sent before counts').toBe(false)
    one.abort()
    two.abort()
    expect(budget.limit).toBe(300)
    budget.agree(limit(1000), new AbortController().signal)
    expect(budget.limit).toBe(1000)
    budget.agree(limit(100), AbortSignal.abort())
    expect(budget.limit).toBe(1000)
  })

  it('is not raised by a setting above what the service refuses, and grows to the new one', () => {
    const budget = new RequestBudget({ start: 600, ceiling: 600 }, 0)
    budget.refused(0, 1_000, 0)
    expect(budget.limit).toBe(300)
    budget.agree({ start: 900, ceiling: 900 }, new AbortController().signal)
    expect(budget.limit).toBe(300)
    budget.take('sweep', 1_000 + 30_000 * 20)
    expect(budget.state(601_000)).toMatchObject({ limit: 900, throttled: undefined })
  })
})
