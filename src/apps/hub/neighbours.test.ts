import { afterEach, expect, test } from 'vitest'
import { VirtualClock } from '../../../test/sim/virtual-clock.ts'
import { createHall } from '../../bus/in-process.ts'
import type { Log } from '../../core/ports.ts'
import { type NeighbourParts, Neighbours } from './neighbours.ts'
import type { RunningTenant } from './port.ts'

const silent = () => {}
const log: Log = { debug: silent, info: silent, warn: silent, error: silent, with: () => log }

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

/** Hubs that see `owner` as the one that has the tenant. */
function createWorld() {
  const clock = new VirtualClock(1_800_000_000_000)
  const hall = createHall()
  const seen = { owner: 'one' }
  const delivered: string[] = []
  const join = (incarnation: string) => {
    const tenants = new Map<string, RunningTenant>()
    const receive = async () => {
      delivered.push(incarnation)
      return { status: 204 }
    }
    const running = { systems: new Map([['centre', { system: { instance: { receive } } }]]) }
    const seat = {
      ...{ member: { node: incarnation, incarnation }, bus: hall.join() },
      configured: [{ id: 'contoso', connectors: [{ id: 'centre' }] }],
      isElsewhere: () => seen.owner !== incarnation,
      isRunning: () => tenants.has('contoso'),
      get view() {
        const nodes = ['one', 'two', 'gone'].map((node) => ({ node, incarnation: node, fenced: false }))
        return { nodes, tenants: [{ tenant: 'contoso', owner: seen.owner, epoch: 1, people: 0 }] }
      },
    }
    const local = { connectors: () => [], watch: () => silent }
    const at = (...[, , address]: string[]) =>
      tenants.size > 0 && address === '1001' ? [{ actor: {}, point: {} }] : []
    const parts = {
      seat,
      local,
      tenants,
      clock,
      log,
      engine: { people: { at } },
      registry: {},
      history: { ownRules: () => [] },
    }
    const neighbours = new Neighbours(parts as unknown as NeighbourParts)
    neighbours.start(async () => ({ status: 200, headers: {}, body: '' }))
    closers.push(() => neighbours.stop())
    const begin = () => void tenants.set('contoso', running as unknown as RunningTenant)
    const deliver = (connector = 'centre') =>
      neighbours.deliveries.receive('contoso', connector, {
        ...{ method: 'POST', path: '', query: {}, headers: {}, body: Buffer.from('{}') },
      })
    return { begin, deliver, neighbours }
  }
  return { seen, delivered, join }
}

test('a delivery that reaches a hub which has just let the tenant go is taken by the next', async () => {
  const { seen, delivered, join } = createWorld()
  const [, two, edge] = [join('one'), join('two'), join('edge')]
  two.begin()
  const answer = edge.deliver()
  await new Promise((resolve) => setImmediate(resolve))
  seen.owner = 'two'
  expect(await answer).toEqual({ status: 204 })
  expect(delivered).toEqual(['two'])
  expect(await edge.deliver('other')).toEqual({ status: 404 })
})

test('a delivery to a hub that is only beginning with the tenant is to come again', async () => {
  const { join } = createWorld()
  const one = join('one')
  expect(await one.deliver()).toMatchObject({ status: 503 })
  one.begin()
  expect(await one.deliver()).toEqual({ status: 204 })
})

test('what all hubs are asked is told with the hub that said it, also of one that did not answer', async () => {
  const { join } = createWorld()
  const [one] = [join('one'), join('two')]
  const request = { method: 'POST', url: '/release', headers: {}, body: '{"all":true}', caller: {} }
  expect(await one.neighbours.passToAll(request)).toEqual([
    { node: 'two', answer: { status: 200, headers: {}, body: '' } },
    { node: 'gone', answer: undefined },
  ])
})

test('who is at an address of which connector, among whom: here, not known yet, or nobody', () => {
  const { join } = createWorld()
  const one = join('one')
  const place = { connector: 'centre', address: '1001', among: ['contoso'] }
  expect(one.neighbours.tenantsAt(place)).toEqual({ found: [], unsure: ['contoso'] })
  one.begin()
  expect(one.neighbours.tenantsAt(place)).toEqual({ found: ['contoso'], unsure: [] })
  expect(one.neighbours.tenantsAt({ ...place, address: 'nobody' })).toEqual({
    found: ['contoso'],
    unsure: [],
  })
  expect(one.neighbours.tenantsAt({ ...place, connector: 'other' })).toEqual({ found: [], unsure: [] })
  expect(one.neighbours.tenantsAt({ ...place, among: [] })).toEqual({ found: [], unsure: [] })
  expect(join('two').neighbours.tenantsAt(place)).toEqual({ found: [], unsure: ['contoso'] })
})
