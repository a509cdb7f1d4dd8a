import fc from 'fast-check'
import { expect, test } from 'vitest'
import { spreadTenants } from './spread.ts'

const own = (owners: Record<string, string>) =>
  Object.entries(owners).map(([tenant, owner]) => ({ tenant, owner, epoch: 1 }))

test('whoever has a tenant keeps it; what is free goes to who has the fewest', () => {
  const plan = spreadTenants({
    ...{ tenants: ['a', 'b', 'c', 'd'], nodes: ['n1', 'n2'] },
    owners: own({ a: 'n1', b: 'n1', c: 'gone' }),
  })
  expect(Object.fromEntries(plan)).toEqual({ a: 'n1', b: 'n1', c: 'n2', d: 'n2' })
})

test('a node that joins gets its part, and the others keep theirs', () => {
  const tenants = Array.from({ length: 9 }, (_, index) => `t${index}`)
  const before = spreadTenants({ tenants, owners: [], nodes: ['n1', 'n2'] })
  const owners = own(Object.fromEntries(before))
  const after = spreadTenants({ tenants, owners, nodes: ['n1', 'n2', 'n3'] })
  const moved = tenants.filter((tenant) => before.get(tenant) !== after.get(tenant))
  expect(moved.every((tenant) => after.get(tenant) === 'n3')).toBe(true)
  expect(moved).toHaveLength(3)
})

test('every tenant has one node, no node has two more than another, and the plan is its own plan', () => {
  const some = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,3}$/), { maxLength: 12 })
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
