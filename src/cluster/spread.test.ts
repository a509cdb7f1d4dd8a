import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Ownership } from '../core/cluster.ts'
import { spreadTenants } from './spread.ts'

type Owners = Readonly<Record<string, string>>

const own = (owners: Owners, people: Readonly<Record<string, number>> = {}): Ownership[] =>
  Object.entries(owners).map(([tenant, owner]) => ({ tenant, owner, epoch: 1, people: people[tenant] ?? 0 }))

/** Every tenant and where it is to be, of those that were at `owners`. */
const planned = (
  owners: Owners,
  { nodes, people, alike = false }: { nodes: string[]; people?: Record<string, number>; alike?: boolean },
): Record<string, string> =>
  Object.fromEntries(
    spreadTenants({ tenants: Object.keys(owners), owners: own(owners, people), nodes, alike }),
  )

const tenantsAt = (plan: Owners, node: string) => Object.keys(plan).filter((tenant) => plan[tenant] === node)

/** One of 100,000 people and a hundred of 50, all at the first node. */
const small = Array.from({ length: 100 }, (_, index) => `small${index}`)
const one = Object.fromEntries(['large', ...small].map((tenant) => [tenant, 'n1']))
const people = { ...Object.fromEntries(small.map((tenant) => [tenant, 50])), large: 100_000 }

test('whoever has a tenant keeps it; what is free goes to who has the least', () => {
  const plan = spreadTenants({
    ...{ tenants: ['a', 'b', 'c', 'd'], nodes: ['n1', 'n2'] },
    owners: own({ a: 'n1', b: 'n1', c: 'gone' }),
  })
  expect(Object.fromEntries(plan)).toEqual({ a: 'n1', b: 'n1', c: 'n2', d: 'n2' })
})

test('a node that joins gets its part, and the others keep theirs', () => {
  const tenants = Array.from({ length: 9 }, (_, index) => `t${index}`)
  const before = planned(Object.fromEntries(tenants.map((tenant) => [tenant, ''])), { nodes: ['n1', 'n2'] })
  const after = planned(before, { nodes: ['n1', 'n2', 'n3'] })
  const moved = tenants.filter((tenant) => before[tenant] !== after[tenant])
  expect(moved.every((tenant) => after[tenant] === 'n3')).toBe(true)
  expect(moved).toHaveLength(3)
})

test('a tenant of 100,000 people does not count like one of 50: it stays, and the small ones go', () => {
  const two = planned(one, { nodes: ['n1', 'n2'], people })
  expect(tenantsAt(two, 'n1')).toEqual(['large'])
  const three = planned(two, { nodes: ['n1', 'n2', 'n3'], people })
  expect(tenantsAt(three, 'n1')).toEqual(['large'])
  expect(tenantsAt(three, 'n2').length).toBeGreaterThanOrEqual(50)
  expect(tenantsAt(three, 'n3').length).toBeGreaterThan(0)
})

test('where a node is among them that counts tenants, all count them', () => {
  const plan = planned(one, { nodes: ['n1', 'n2'], people, alike: true })
  expect(Math.abs(tenantsAt(plan, 'n1').length - tenantsAt(plan, 'n2').length)).toBeLessThanOrEqual(10)
})

test('the tenants of a node that died are shared out by their people, the large ones first', () => {
  const owners = { a: 'n1', b: 'n2', c: 'dead', d: 'dead', e: 'dead' }
  const sizes = { a: 1_000, b: 1_000, c: 900, d: 500, e: 400 }
  const plan = planned(owners, { nodes: ['n1', 'n2'], people: sizes })
  expect(plan).toEqual({ a: 'n1', b: 'n2', c: 'n1', d: 'n2', e: 'n2' })
})

const some = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,3}$/), { maxLength: 12 })

test('every tenant has one node, the plan is its own plan, and nobody has two more of the same size', () => {
  fc.assert(
    fc.property(
      some,
      some,
      fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), fc.string()),
      (tenants, nodes, owners) => {
        const plan = spreadTenants({ tenants, nodes, owners: own(owners) })
        if (nodes.length === 0) return plan.size === 0
        const counts = nodes.map((node) => [...plan.values()].filter((one) => one === node).length)
        const again = spreadTenants({ tenants, nodes, owners: own(Object.fromEntries(plan)) })
        return (
          plan.size === tenants.length &&
          Math.max(...counts) - Math.min(...counts) < 2 &&
          [...plan].every(([tenant, node]) => again.get(tenant) === node)
        )
      },
    ),
  )
})

const nodes = ['n1', 'n2', 'n3', 'n4']
const sizes = fc.array(fc.record({ people: fc.nat(100_000), more: fc.integer({ min: -5, max: 5 }) }), {
  minLength: 1,
  maxLength: 40,
})

test('numbers of people that go up and down by a twentieth soon move nothing any more', () => {
  fc.assert(
    fc.property(sizes, fc.integer({ min: 1, max: 4 }), (tenants, count) => {
      const few = nodes.slice(0, count)
      const low = Object.fromEntries(tenants.map(({ people }, index) => [`t${index}`, people]))
      const high = Object.fromEntries(
        tenants.map(({ people, more }, index) => [`t${index}`, Math.round(people * (1 + more / 100))]),
      )
      let plan: Record<string, string> = Object.fromEntries(tenants.map((_, index) => [`t${index}`, 'n1']))
      const settle = (rounds: number) => {
        let moved = 0
        for (let round = 0; round < rounds; round += 1) {
          const next = planned(plan, { nodes: few, people: round % 2 === 0 ? low : high })
          moved += Object.keys(next).filter((tenant) => next[tenant] !== plan[tenant]).length
          plan = next
        }
        return moved
      }
      settle(6)
      return settle(4) === 0
    }),
    { numRuns: 300, seed: 24 },
  )
})

test('tenants that belong together are at one node, with whoever has most of them', () => {
  const given = {
    tenants: ['a', 'b', 'c', 'd', 'e'],
    together: [
      ['a', 'c'],
      ['c', 'e'],
      ['b', 'not configured'],
    ],
    nodes: ['n1', 'n2'],
    owners: own({ a: 'n1', c: 'n2', e: 'n2', b: 'n1', d: 'n1' }),
  }
  const plan = { a: 'n2', c: 'n2', e: 'n2', b: 'n1', d: 'n1' }
  expect(Object.fromEntries(spreadTenants(given))).toEqual(plan)
  expect(spreadTenants({ ...given, alike: true }).get('a')).toBe('n1')
})

test('whatever belongs together has one node, and the plan is its own plan', () => {
  const names = fc.uniqueArray(fc.stringMatching(/^[a-f]{1,2}$/), { maxLength: 12 })
  const given = fc.record({
    tenants: names,
    nodes: fc.uniqueArray(fc.stringMatching(/^[xyz]$/), { minLength: 1 }),
    together: fc.array(names, { maxLength: 3 }),
  })
  const owners = fc.dictionary(fc.stringMatching(/^[a-f]{1,2}$/), fc.constantFrom('x', 'y', 'z'))
  fc.assert(
    fc.property(given, owners, (input, before) => {
      const plan = spreadTenants({ ...input, owners: own(before) })
      const isJoined = input.together.every((ids) => {
        return new Set(ids.filter((id) => input.tenants.includes(id)).map((id) => plan.get(id))).size < 2
      })
      const again = spreadTenants({ ...input, owners: own(Object.fromEntries(plan)) })
      const isSettled = input.tenants.every((tenant) => again.get(tenant) === plan.get(tenant))
      return plan.size === input.tenants.length && isJoined && isSettled
    }),
  )
})
