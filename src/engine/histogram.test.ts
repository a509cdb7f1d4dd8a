import { describe, expect, it } from 'vitest'
import { Histogram } from './histogram.ts'

const minute = 60_000

describe('times over the last hour and day', () => {
  it('gives the middle, the 95th of a hundred and the longest, each at most a fifth off', () => {
    const times = new Histogram()
    for (let ms = 1; ms <= 1000; ms++) times.add(ms, 0)
    const { count, p50, p95, max } = times.hour(0)
    expect([count, max]).toEqual([1000, 1000])
    expect(p50).toBeGreaterThan(400)
    expect(p50).toBeLessThan(600)
    expect(p95).toBeGreaterThan(855)
    expect(p95).toBeLessThanOrEqual(1000)
  })

  it('never says more than the longest time there was', () => {
    const times = new Histogram()
    times.add(150, 0)
    times.add(0, 0)
    expect(times.hour(0)).toMatchObject({ count: 2, max: 150 })
    expect(times.hour(0).p95).toBeLessThanOrEqual(150)
  })

  it('says nothing without a time', () => {
    expect(new Histogram().hour(0)).toEqual({ count: 0 })
  })

  it('forgets after an hour, and after a day', () => {
    const times = new Histogram()
    times.add(10, 0)
    times.add(20, 30 * minute)
    expect(times.hour(59 * minute).count).toBe(2)
    expect(times.hour(60 * minute).count).toBe(1)
    expect(times.day(60 * minute).count).toBe(2)
    expect(times.day(24 * 60 * minute).count).toBe(1)
    expect(times.day(25 * 60 * minute).count).toBe(0)
  })

  it('uses a place again when its time comes round', () => {
    const times = new Histogram()
    for (let hour = 0; hour < 100; hour++) times.add(5, hour * 60 * minute)
    expect(times.hour(99 * 60 * minute).count).toBe(1)
    expect(times.day(99 * 60 * minute).count).toBe(24)
  })

  it('takes the longest and the silliest times', () => {
    const times = new Histogram()
    times.add(1e9, 0)
    times.add(-5, 0)
    times.add(Number.NaN, 0)
    expect(times.hour(0)).toMatchObject({ count: 2, max: 1e9 })
  })
})
