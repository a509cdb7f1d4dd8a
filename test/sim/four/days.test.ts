import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { days } from './day.ts'
import { Histogram } from './histogram.ts'
import { live } from './live.ts'

/** One seed for every run, so that a build says the same twice; more days, and other ones, by the environment. */
const seed = Number(process.env.HOOKSWITCH_SEED ?? 20_261_121)
const numRuns = Number(process.env.HOOKSWITCH_DAYS ?? 500)

describe('one person across Teams, two phone systems and a CRM', () => {
  it('G-01, G-02, G-03, X-16: whatever happens, each shows what it should when all has come to rest', async () => {
    const histogram = new Histogram()
    await fc.assert(
      fc.asyncProperty(days, async (day) => {
        const { wrong, had } = await live(day)
        if (wrong) throw new Error(wrong)
        histogram.add(had)
      }),
      { numRuns, seed },
    )
    console.info(histogram.toString())
    expect(histogram.rare()).toEqual([])
  })
})
