import { describe, expect, it } from 'vitest'
import { leaseMs, peopleWithin, pressedRoundMs, roundMs, sweepNeed } from './pace.ts'
import { People, requestBody } from './people.ts'

const ids = (count: number) => Array.from({ length: count }, (_, at) => `id-${at}`)
const nobodyApart = () => false

describe('people', () => {
  it('reads in groups of at most 650 that stay the same while nobody comes or goes', () => {
    const people = new People()
    people.follow(ids(1301), nobodyApart)
    expect(people.batches().map((batch) => batch.people.length)).toEqual([650, 650, 1])
    expect(people.batches()).toBe(people.batches())
    expect(JSON.parse(requestBody(people.batches()[2]!.people))).toEqual({ ids: ['id-1300'] })
  })

  it('follows the whole new set, in any letter case', () => {
    const people = new People()
    people.follow(['A', 'B'], nobodyApart)
    const { added, removed } = people.follow(['b', 'C'], nobodyApart)
    expect(added.map((person) => person.address)).toEqual(['C'])
    expect(removed.map((person) => person.address)).toEqual(['A'])
    expect(people.find('B')).toBe(people.find('b'))
  })

  it('keeps halves over rounds until nobody was refused, and takes people back', () => {
    const people = new People()
    people.follow(ids(4), nobodyApart)
    const [left] = people.split(people.batches()[0]!)
    const [first] = people.split(left)
    people.setApart(first)
    expect(people.batches().map((batch) => batch.people.length)).toEqual([1, 2])
    expect(people.apart().map((person) => person.address)).toEqual(['id-0'])
    people.mend()
    expect(people.batches().map((batch) => batch.people.length)).toEqual([3])
    people.takeBack(people.apart())
    expect(people.batches().map((batch) => batch.people.length)).toEqual([3, 1])
    expect(people.apart()).toEqual([])
  })
})

describe('pace', () => {
  const pace = (people: number, limit = 1200) => ({
    ...{ people, limit, batches: Math.ceil(people / 650) },
    ...{ sweepMs: 2_000, peoplePerSecond: 30_000 },
  })

  it('reckons with 28,000 people in 5 s at the default budget and 100,000 with a raised one, whatever else goes on', () => {
    expect(pressedRoundMs(pace(25_000))).toBeLessThanOrEqual(4_000)
    expect(pressedRoundMs(pace(28_000))).toBeLessThanOrEqual(4_500)
    expect(pressedRoundMs(pace(100_000, 4_250))).toBeLessThanOrEqual(4_500)
    expect(peopleWithin(4_500, 1_200)).toBeGreaterThanOrEqual(28_000)
  })

  it('never goes round faster than every two seconds, nor takes more than half of the budget', () => {
    expect(roundMs(pace(10))).toBe(2_000)
    expect(roundMs(pace(25_000))).toBe(2_000)
    expect(roundMs(pace(100_000))).toBeCloseTo(7_700, -2)
    for (const people of [1, 5_000, 50_000, 200_000])
      expect(sweepNeed(pace(people))).toBeLessThanOrEqual(600.001)
  })

  it('leases three rounds and a margin', () => {
    expect(leaseMs(pace(1))).toBe(21_000)
    expect(leaseMs(pace(28_000))).toBeCloseTo(3 * 4_400 + 15_000, -2)
  })
})
