import { describe, expect, it } from 'vitest'
import { callSituations } from './calls.ts'
import { choiceSituations } from './choices.ts'
import { findLies } from './truth.ts'

const situations = [...callSituations, ...choiceSituations]

/**
 * "Why?" is true: without the winner it names something else is shown, without a loser it names nothing changes. Each
 * situation is played again from the start without that one deed, by the real engine.
 */
describe('G-09: the answer to "why?" is true', () => {
  it('in at least thirty situations, each of its own', () => {
    expect(situations.length).toBeGreaterThanOrEqual(30)
    expect(new Set(situations.map(({ title }) => title)).size).toBe(situations.length)
  })

  describe.each(['observed', 'documented'] as const)('Teams aggregates as %s', (mode) => {
    const asked = situations.filter((situation) => (situation.mode ?? mode) === mode)
    it.each(asked.map((situation) => [situation.title, situation] as const))(
      '%s',
      async (_title, situation) => {
        expect(await findLies(situation, mode)).toEqual([])
      },
    )
  })
})
