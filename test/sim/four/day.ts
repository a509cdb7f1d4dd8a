import fc from 'fast-check'
import type { Aggregation } from '../teams-world.ts'
import type { Deed } from './deeds.ts'
import { deeds } from './deeds.ts'
import type { Wiring } from './wiring.ts'
import { wirings } from './wiring.ts'

/** What befalls the hub or a line between the deeds of a round. */
export type Trouble =
  | { readonly kind: 'none' }
  /** Killed some time after the n-th deed; longer than a session lives, too. */
  | { readonly kind: 'restart'; readonly after: number; readonly waitMs: number; readonly downMs: number }
  /** A phone system falls silent until its lease is over, and is connected anew. */
  | { readonly kind: 'silence'; readonly system: 'phone' | 'profiles'; readonly ms: number }
  /** So long that a choice in Teams ends by itself. */
  | { readonly kind: 'wait' }

export interface Round {
  readonly deeds: readonly { readonly deed: Deed; readonly pauseMs: number }[]
  readonly trouble: Trouble
}

/** A day of one person: rounds of deeds, after each of which everything comes to rest. */
export interface Day {
  readonly wiring: Wiring
  readonly mode: Aggregation
  readonly lagMs: number
  readonly numbered: boolean
  readonly rounds: readonly Round[]
  /** How late words come from the phone systems and the CRM, in turn, and whether they come twice. */
  readonly delivery: readonly { readonly ms: number; readonly twice: boolean }[]
}

const rounds: fc.Arbitrary<Round> = fc.record({
  deeds: fc.array(fc.record({ deed: fc.constantFrom(...deeds), pauseMs: fc.constantFrom(400, 1500, 4000) }), {
    minLength: 1,
    maxLength: 3,
  }),
  trouble: fc.oneof(
    { weight: 6, arbitrary: fc.constant({ kind: 'none' } as const) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('restart' as const),
        after: fc.nat(2),
        waitMs: fc.constantFrom(0, 40, 700, 6000),
        downMs: fc.constantFrom(2000, 30_000, 780_000),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('silence' as const),
        system: fc.constantFrom('phone' as const, 'profiles' as const),
        ms: fc.constantFrom(90_000, 200_000),
      }),
    },
    { weight: 1, arbitrary: fc.constant({ kind: 'wait' } as const) },
  ),
})

export const days: fc.Arbitrary<Day> = fc.record({
  wiring: fc.constantFrom(...wirings),
  mode: fc.constantFrom('documented' as const, 'observed' as const),
  lagMs: fc.constantFrom(0, 500, 5000),
  numbered: fc.boolean(),
  rounds: fc.array(rounds, { minLength: 1, maxLength: 6 }),
  delivery: fc.array(fc.record({ ms: fc.constantFrom(20, 20, 300, 1000), twice: fc.boolean() }), {
    minLength: 1,
    maxLength: 4,
  }),
})
