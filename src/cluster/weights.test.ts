import { expect, test } from 'vitest'
import { staleWeights } from './weights.ts'

const view = (noted: Record<string, number>) => ({
  nodes: [],
  tenants: Object.entries(noted).map(([tenant, people]) => ({ tenant, owner: 'n1', epoch: 1, people })),
})

test('what a node has is noted when it differs by a tenth; what is at others, or hardly differs, is left', () => {
  const people: Record<string, number> = {
    new: 500,
    grown: 1_100,
    same: 1_099,
    few: 19,
    left: 0,
    elsewhere: 9,
  }
  const noted = { new: 0, grown: 1_000, same: 1_000, few: 0, left: 300, elsewhere: 0 }
  const stale = staleWeights(
    view(noted),
    (tenant) => tenant !== 'elsewhere',
    (tenant) => people[tenant]!,
  )
  expect(stale).toEqual([
    { tenant: 'new', people: 500 },
    { tenant: 'grown', people: 1_100 },
    { tenant: 'left', people: 0 },
  ])
})
