import { expect, test } from 'vitest'
import type { SystemDetails } from '../core/workings.ts'
import type { Caller } from './authorize.ts'
import { createHealthRoutes } from './health-routes.ts'
import { Reach } from './reach.ts'
import { createVeil } from './veil.ts'
import { type HealthOf, healthWithin } from './within-duties.ts'

const system = (tenant: string): SystemDetails => ({
  ...{ tenant, connector: 'pbx', title: 'PBX', queues: [], subscriptions: [], credentials: [] },
  repairs: {
    counts: [{ kind: 'missed', count: 2 }],
    latest: ['anna', 'ben'].map((person) => ({ kind: 'missed', at: 1, person, address: '7' })),
  },
})
const health: HealthOf = async () => ({
  queues: [{ queue: 'turns', depth: 3 }],
  systems: [system('contoso'), system('fabrikam')],
})

test('workings of the tenant; what waits in the hub as a whole is for operators', async () => {
  const reach = new Reach([{ tenant: 'contoso', scopes: ['admin'] }], () => [])
  const seen = await healthWithin(health, reach)(undefined)
  expect(seen.queues).toEqual([])
  expect(seen.systems.map(({ tenant }) => tenant)).toEqual(['contoso'])
  expect(healthWithin(health, new Reach(undefined, () => []))).toBe(health)
})

test('G-11: whose state was mended is told to nobody from whom that person is hidden, nor in works council mode', async () => {
  const veil = createVeil({
    isDiscreet: (tenant) => tenant === 'fabrikam',
    isHidden: ({ id }) => id === 'ben',
    groupsOf: () => [],
  })
  const [route] = createHealthRoutes(() => health, veil)
  const ask = async (caller: Caller) => {
    const request = { query: {}, caller } as unknown as Parameters<NonNullable<typeof route>['handle']>[0]
    const { systems } = (await route!.handle(request, undefined as never)) as { systems: SystemDetails[] }
    return systems.map(({ repairs: { counts, latest } }) => [
      counts[0]?.count,
      ...latest.map(({ person }) => person),
    ])
  }
  const reader: Caller = { name: 'reader', scopes: ['read'] }
  expect(await ask(reader)).toEqual([[2, 'anna'], [2]])
  expect(await ask({ ...reader, scopes: ['read', 'admin'] })).toEqual([
    [2, 'anna', 'ben'],
    [2, 'anna', 'ben'],
  ])
})
