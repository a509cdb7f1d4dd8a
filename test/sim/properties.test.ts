import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Manifest } from '../../src/core/connector.ts'
import type { Decision } from '../../src/core/decide.ts'
import { decide } from '../../src/core/decide.ts'
import { openAt } from '../../src/core/ledger.ts'
import type { Policy } from '../../src/core/policy.ts'
import type { Point } from '../../src/core/presentity.ts'
import { projectDecision } from '../../src/core/project.ts'
import { reconcile } from '../../src/core/reconcile.ts'
import { order } from '../support/points.ts'
import { people, policies, slotsOf } from './decisions.ts'
import { judge } from './oracle.ts'
import { perform, scripts, seed } from './random-run.ts'
import { describe as tell } from './trace.ts'

const now = fc.nat(200_000)
const states: Manifest['states'] = order

function decisionsFor(points: readonly Point[], policy: Policy, at: number) {
  const targets = [...new Set(points.map((point) => point.connector))].sort()
  return targets.map((to) => decide(to, { points, policy, now: at, start: 0 }))
}

function plansFor(points: readonly Point[], decisions: readonly Decision[]) {
  return points.flatMap((point) => {
    const decision = decisions.find((each) => each.to === point.connector)!
    return projectDecision(decision, {
      point,
      slots: slotsOf(point.connector),
      order: states,
      openIn: (slot) => openAt(point.contributions, slot),
    }).map((plan) => ({ point, plan }))
  })
}

/** What is decided, apart from the order in which equals are listed. */
function essence(points: readonly Point[], policy: Policy, at: number) {
  const decisions = decisionsFor(points, policy, at)
  const wanted = plansFor(points, decisions).map(({ point, plan }) => {
    const { act } = plan.wanted
    const state = 'state' in plan.wanted ? plan.wanted.state : undefined
    return JSON.stringify([point.connector, point.address, plan.slot.slot, act, state, plan.yielded])
  })
  return { decisions, wanted: wanted.sort() }
}

function shuffled<T>(list: readonly T[], seed: readonly number[]): T[] {
  return list
    .map((each, index) => ({ each, key: seed[index % seed.length]! * (index + 1) }))
    .sort((a, b) => (a.key % 97) - (b.key % 97))
    .map(({ each }) => each)
}

describe('decide', () => {
  it('is total: whatever the state of a person, it decides, and reconciling knows what to do', () => {
    fc.assert(
      fc.property(people, policies, now, (points, policy, at) => {
        for (const { point, plan } of plansFor(points, decisionsFor(points, policy, at))) {
          for (const inFlight of [true, false]) {
            const { action } = reconcile({ plan, point, order: states, now: at, inFlight })
            expect(['nothing', 'assert', 'withdraw', 'close']).toContain(action.do)
          }
        }
      }),
      { numRuns: 3000, seed, includeErrorInReport: true },
    )
  })

  it('G-05: any order of points, legs, links and choices gives the same decision', () => {
    const seeds = fc.array(fc.integer({ min: 1, max: 96 }), { minLength: 1, maxLength: 7 })
    fc.assert(
      fc.property(people, policies, fc.record({ at: now, seed: seeds }), (points, policy, { at, seed }) => {
        const other = shuffled(points, seed).map((point) => ({
          ...point,
          legs: shuffled(point.legs, seed),
          feeds: shuffled(point.feeds, seed),
          effects: point.effects && new Map(shuffled([...point.effects], seed)),
        }))
        const otherPolicy = { ...policy, links: shuffled(policy.links, seed) }
        expect(essence(other, otherPolicy, at)).toEqual(essence(points, policy, at))
      }),
      { numRuns: 3000, seed, includeErrorInReport: true },
    )
  })

  it('changes nothing that it is given', () => {
    fc.assert(
      fc.property(people, policies, now, (points, policy, at) => {
        const before = JSON.stringify(points)
        essence(points, policy, at)
        expect(JSON.stringify(points)).toBe(before)
      }),
      { numRuns: 500, seed },
    )
  })
})

/**
 * The oracle judges each day: where everything ends, at most k writes per slot after the last deed (k = 3: one that was
 * on its way, one that puts it right, one asserted anew after a restart), no choice that comes back, no call that
 * outlives its call, no person's choice overwritten.
 */
describe('random days', () => {
  it('G-01, G-02, G-03, X-16: every target converges and comes to rest', async () => {
    await fc.assert(
      fc.asyncProperty(scripts, async (script) => {
        const run = await perform(script)
        const wrong = [...judge(run).wrong, ...run.complaints]
        if (wrong.length > 0) throw new Error(`${tell(run)}\n${wrong.join('\n')}`)
      }),
      { numRuns: 20_000, seed },
    )
  })
})
