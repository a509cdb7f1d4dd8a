import Fastify from 'fastify'
import { expect, test } from 'vitest'
import type { Elsewhere, PassedRequest } from '../core/elsewhere.ts'
import { Tickets } from './elsewhere.ts'
import { joinActs, joinLists, serveWhole } from './together.ts'

test('lists of several hubs are one; what all say is said once, what has a time the newest first', () => {
  expect(
    joinLists(
      [
        { alerts: [{ key: 'a' }], channels: [{ name: 'mail', waiting: 0 }], more: 1 },
        { alerts: [{ key: 'b' }], channels: [{ name: 'mail', waiting: 0 }], more: 2 },
      ],
      { tenants: [] },
    ),
  ).toEqual({ alerts: [{ key: 'a' }, { key: 'b' }], channels: [{ name: 'mail', waiting: 0 }], more: 1 })
  const done = [{ done: [{ at: 1 }] }, { done: [{ at: 3 }, { at: 2 }] }]
  expect(joinLists(done, { tenants: [], limit: 2 })).toEqual({
    done: [{ at: 3 }, { at: 2 }],
  })
})

test('whichever hub is asked, tenants stand in the order of the configuration', () => {
  const tenants = ['t1', 't2', 't3']
  const [one, two] = [
    {
      systems: [
        { tenant: 't2', connector: 'a' },
        { tenant: 't2', connector: 'b' },
      ],
    },
    { systems: [{ tenant: 't1' }, { tenant: 'gone' }, { of: 'the hub' }, { tenant: 't3' }] },
  ]
  const together = [
    { of: 'the hub' },
    ...[
      { tenant: 't1' },
      { tenant: 't2', connector: 'a' },
      { tenant: 't2', connector: 'b' },
      { tenant: 't3' },
    ],
    { tenant: 'gone' },
  ]
  for (const asked of [
    [one, two],
    [two, one],
  ])
    expect(joinLists(asked, { tenants })).toEqual({ systems: together })
  const row = (tenant: string, condition: string) => ({ tenant, condition, reasons: [] })
  const fleet = [{ tenants: [row('t2', 'broken'), row('t1', 'fine')] }, { tenants: [row('t3', 'attention')] }]
  const { tenants: joined } = joinLists(fleet, { tenants }) as { tenants: { tenant: string }[] }
  expect(joined.map(({ tenant }) => tenant)).toEqual(['t2', 't3', 't1'])
})

test('what each hub did is added up; who did not answer, or could not, and tenants that nobody has are named', () => {
  const answer = (body: object, status = 200) => ({ status, headers: {}, body: JSON.stringify(body) })
  const own = { released: ['a'], remaining: 1, tenants: ['t1'] }
  const two = { node: 'two', answer: answer({ released: ['b', 'c'], remaining: 2, tenants: ['t2'] }) }
  const whole = { released: ['a', 'b', 'c'], remaining: 3, tenants: ['t1', 't2'] }
  expect(joinActs(own, [two], ['t1', 't2'])).toEqual(whole)
  // Whoever is silent had nothing to do with it.
  expect(joinActs(own, [two, { node: 'four', answer: undefined }], ['t1', 't2'])).toEqual(whole)
  const bad = [
    { node: 'three', answer: answer({ detail: 'not now' }, 503) },
    { node: 'four', answer: undefined },
  ]
  expect(joinActs(own, [two, ...bad], ['t1', 't2', 't3'])).toEqual({
    ...whole,
    ...{ unanswered: ['three', 'four'], unserved: ['t3'] },
  })
  const earlier = { node: 'earlier', answer: answer({ released: [], remaining: 0 }) }
  expect(joinActs(own, [earlier], ['t1', 't2'])).toEqual(own)
  expect(joinActs({ replayed: 2 }, [{ node: 'two', answer: answer({ replayed: 3 }) }], ['t1'])).toEqual({
    replayed: 5,
  })
})

/** What a hub says to a POST while another one is asked too. */
async function actAt(path: string, done: object, known: readonly string[]) {
  const app = Fastify()
  const passed: PassedRequest[] = []
  const elsewhere: Elsewhere = {
    tenants: ['t1', 't2', 't3'],
    has: () => false,
    knows: (tenant) => known.includes(tenant ?? ''),
    tenantsAt: () => ({ found: [], unsure: [] }),
    pass: async () => undefined,
    passToAll: async (request) => {
      passed.push(request)
      return [{ node: 'two', answer: { status: 200, headers: {}, body: JSON.stringify(done) } }]
    },
  }
  app.decorateRequest('reach', undefined)
  serveWhole(app, { elsewhere, hub: { person: () => undefined }, tickets: new Tickets() })
  app.post(`/api/v1${path}`, async () => done)
  const { body } = await app.inject({ method: 'POST', url: `/api/v1${path}`, payload: { all: true } })
  await app.close()
  return { said: JSON.parse(body) as unknown, asked: passed.map(({ url, body: sent }) => `${url} ${sent}`) }
}

test('what is done to everybody is done at every hub; not for a tenant that is only coming', async () => {
  expect(await actAt('/webhooks/replay', { replayed: 2 }, [])).toEqual({
    ...{ said: { replayed: 4 }, asked: ['/api/v1/webhooks/replay {"all":true}'] },
  })
  const released = await actAt('/release', { remaining: 1, tenants: ['t1', 't3'] }, ['t1'])
  expect(released.said).toEqual({ remaining: 2, tenants: ['t1', 't1', 't3'], unserved: ['t2'] })
  expect((await actAt('/resync', { replayed: 2 }, [])).asked).toEqual([])
})
