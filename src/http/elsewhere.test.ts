import Fastify from 'fastify'
import { afterEach, expect, test } from 'vitest'
import type { Elsewhere, PassedRequest } from '../core/elsewhere.ts'
import type { PersonView } from '../core/view.ts'
import type { Stretch } from './authorize.ts'
import { passOn, Tickets } from './elsewhere.ts'
import { Reach } from './reach.ts'
import type { Route } from './route.ts'

const apps: { close(): unknown }[] = []
afterEach(async () => {
  for (const app of apps.splice(0)) await app.close()
})

interface World {
  /** Ids of the tenants of all hubs, those at another hub in capitals. */
  readonly tenants: readonly string[]
  /** `tenant/key` of those whom this hub knows. */
  readonly people?: readonly string[]
  /** Tenants of whom somebody is at the address asked for. */
  readonly at?: readonly string[]
  /** Tenants of whom somebody may be there. */
  readonly unsure?: readonly string[]
  /** Those that do not answer. */
  readonly silent?: readonly string[]
  readonly knows?: boolean
  /** What is reached; everything where left out. */
  readonly reach?: readonly Stretch[]
  readonly oneTenant?: Route['oneTenant']
}

/** Answers `here` where the hub that is asked answers itself, and `there TENANT` where another one does. */
function createDoor({ tenants, people = [], at = [], knows = true, reach, oneTenant, ...more }: World) {
  const app = Fastify()
  apps.push(app)
  const passed: PassedRequest[] = []
  const isAway = (tenant: string) => tenants.includes(tenant) && tenant === tenant.toUpperCase()
  const elsewhere: Elsewhere = {
    tenants,
    has: isAway,
    knows: () => knows,
    tenantsAt: () => ({ found: at, unsure: more.unsure ?? [] }),
    passToAll: async () => [],
    pass: async (tenant, request) => {
      passed.push(request)
      if (more.silent?.includes(tenant)) return undefined
      return { status: 200, headers: {}, body: `there ${tenant}` }
    },
  }
  const person = (key: string, tenant?: string) => {
    const owner = (tenant === undefined ? tenants : [tenant]).find((one) => people.includes(`${one}/${key}`))
    return owner === undefined ? undefined : ({ tenant: owner, id: key } as PersonView)
  }
  const tickets = new Tickets()
  app.decorateRequest('reach', undefined)
  app.addHook('onRequest', async (request) => {
    request.caller = tickets.redeem(request) ?? { name: 'test', scopes: ['admin'] }
    request.reach = new Reach(reach, () => [])
  })
  passOn(app, { elsewhere, hub: { person }, tickets })
  const query = { type: 'object', properties: { tenant: { type: 'string' } } }
  const config = { need: { scope: 'read' as const }, oneTenant }
  app.get('/health', { config, schema: { querystring: query } }, async () => 'here')
  app.get('/silent', { config }, async () => 'here')
  app.get('/people/:key', { config, schema: { querystring: query } }, async () => 'here')
  app.get('/ring/:connector/:address', { config, schema: { querystring: query } }, async (request) => {
    return `here ${(request.query as { tenant?: string }).tenant ?? ''}`
  })
  const ask = async (url: string) => {
    const { statusCode, body } = await app.inject({ url })
    return statusCode === 200 ? body : statusCode
  }
  return { ask, passed }
}

test('a hub answers for the tenants that it has, asks the others about theirs, and says when it has only begun with one', async () => {
  expect(await createDoor({ tenants: ['own'] }).ask('/health?tenant=own')).toBe('here')
  expect(await createDoor({ tenants: ['AWAY'] }).ask('/health?tenant=AWAY')).toBe('there AWAY')
  expect(await createDoor({ tenants: ['own'], knows: false }).ask('/health?tenant=own')).toBe(503)
})

test('what concerns one tenant and names none is about the only one that can be meant', async () => {
  const one = { oneTenant: true } as const
  expect(await createDoor({ ...one, tenants: ['AWAY'] }).ask('/health')).toBe('there AWAY')
  expect(await createDoor({ tenants: ['AWAY'] }).ask('/health')).toBe('here')
  expect(await createDoor({ ...one, tenants: ['own', 'AWAY'] }).ask('/health')).toBe(400)
  const whole = [{ tenant: 'AWAY', scopes: ['admin'] }] as const
  const reached = { ...one, tenants: ['own', 'AWAY'], reach: whole }
  expect(await createDoor(reached).ask('/health')).toBe('there AWAY')
  // Nobody is looked up: somebody of another tenant has the key.
  expect(await createDoor({ ...reached, people: ['own/anna'] }).ask('/people/anna')).toBe('there AWAY')
})

test('who is at an address tells the tenant; of several each is asked, and who is silent is told of', async () => {
  const ring = {
    tenants: ['own', 'AWAY', 'FAR'],
    oneTenant: (lines: readonly (string | undefined)[]) => lines.map((line) => line ?? 'silent').join(', '),
  }
  const one = createDoor({ ...ring, at: ['AWAY'] })
  expect(await one.ask('/ring/pbx/1001')).toBe('there AWAY')
  expect(await one.ask('/ring/pbx/1001?tenant=FAR')).toBe('there FAR')
  expect(one.passed.map(({ url }) => url)).toEqual([
    '/ring/pbx/1001?tenant=AWAY',
    '/ring/pbx/1001?tenant=FAR',
  ])
  const both = createDoor({ ...ring, at: ['own', 'FAR'] })
  expect(await both.ask('/ring/pbx/1001?via=queue')).toBe('here own, there FAR')
  expect(both.passed.map(({ url }) => url)).toEqual(['/ring/pbx/1001?via=queue&tenant=FAR'])
  const silent = { ...ring, at: ['own'], unsure: ['FAR'], silent: ['FAR'] }
  expect(await createDoor(silent).ask('/ring/pbx/1001')).toBe('here own, silent')
})

test('a star code is taken where one person alone can be meant', async () => {
  const pause = { tenants: ['own', 'AWAY', 'FAR'], oneTenant: true } as const
  expect(await createDoor({ ...pause, at: ['own'] }).ask('/ring/pbx/1001')).toBe('here ')
  expect(await createDoor({ ...pause, at: ['own', 'FAR'] }).ask('/ring/pbx/1001')).toBe(400)
  expect(await createDoor({ ...pause, at: ['own'], unsure: ['FAR'] }).ask('/ring/pbx/1001')).toBe(503)
})

test('people are looked for within what the caller reaches, and whoever has left is known to the only tenant', async () => {
  const people = ['own/anna', 'AWAY/anna']
  const tenants = ['own', 'AWAY']
  const reach = [{ tenant: 'AWAY', scopes: ['admin'] }] as const
  expect(await createDoor({ tenants, people }).ask('/people/anna')).toBe('here')
  expect(await createDoor({ tenants, people, reach }).ask('/people/anna')).toBe('there AWAY')
  expect(await createDoor({ tenants, people, reach }).ask('/people/gone')).toBe('there AWAY')
  expect(await createDoor({ tenants: ['AWAY'], people }).ask('/people/gone')).toBe('there AWAY')
  // As if it did not exist, also while its hub is away.
  const out = [{ tenant: 'own', scopes: ['admin'] }] as const
  expect(
    await createDoor({ tenants, people, reach: out, knows: false }).ask('/people/anna?tenant=AWAY'),
  ).toBe('here')
})

test('a tenant that the route does not read names none', async () => {
  expect(await createDoor({ tenants: ['AWAY'] }).ask('/silent?tenant=AWAY')).toBe('here')
})
