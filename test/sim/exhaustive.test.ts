import { afterAll, describe, expect, it } from 'vitest'
import type { Sweep, Tally } from './exhaust.ts'
import { addUp, exhaust, histogram, lags, report } from './exhaust.ts'

const tallies: Tally[] = []

afterAll(() => {
  const { log } = console
  log(histogram(addUp(tallies)))
})

async function expectNone(lagMs: number, sweep: Sweep): Promise<void> {
  const tally = await exhaust(lagMs, sweep)
  tallies.push(tally)
  expect(report(tally)).toBe('')
  expect(tally.count).toBeGreaterThan(700)
}

const modes = ['documented', 'observed'] as const
const gaps = ['short', 'long'] as const

/**
 * All pairs of the twelve deeds, killed and restarted at each step, with the ledger intact, lost and an hour old. In a
 * short gap (1 s) the hub need not have seen the first deed when the second follows; in a long one it has.
 */
describe.each(modes)('G-01, G-02, G-03, X-16: all pairs, aggregation %s', (mode) => {
  describe.each(gaps)('%s gap', (gap) => {
    it.each(lags)('calls are shown as calls, reads %i ms late', async (lagMs) => {
      await expectNone(lagMs, { mode, gap, policy: 'plain' })
    })

    it.each(lags)('G-07: a Teams call silences the phone, reads %i ms late', async (lagMs) => {
      await expectNone(lagMs, { mode, gap, policy: 'silence' })
    })

    it.each(mode === 'observed' ? lags : [])('reads without numbers, %i ms late', async (lagMs) => {
      await expectNone(lagMs, { mode, gap, policy: 'plain', unnumbered: true })
    })
  })
})

/** The other layout of the slots; behind the readings of all others, its memory intact and lost. */
describe.each(modes)('SW-12, G-03: all pairs, do not disturb as Presenting, aggregation %s', (mode) => {
  it.each([0, 500, 5000])('reads %i ms late', async (lagMs) => {
    for (const gap of gaps) {
      await expectNone(lagMs, { mode, gap, policy: 'plain', presenting: true, ledgers: ['intact', 'lost'] })
    }
  })
})
