import Fastify from 'fastify'
import { expect, test } from 'vitest'
import type { Elsewhere } from '../core/elsewhere.ts'
import { passOn, Tickets } from './elsewhere.ts'

/** What a hub answers to a question about a tenant: 200 where it is asked itself, 210 where another one is. */
async function statusOf(about: { readonly has: boolean; readonly knows: boolean }): Promise<number> {
  const app = Fastify()
  const elsewhere: Elsewhere = {
    tenants: [],
    has: () => about.has,
    knows: () => about.knows,
    tenantsAt: () => [],
    passToAll: async () => [],
    pass: async () => ({ status: 210, headers: {}, body: '' }),
  }
  app.addHook('onRequest', async (request) => {
    request.caller = { name: 'test', scopes: ['admin'] }
  })
  passOn(app, { elsewhere, hub: { person: () => undefined }, tickets: new Tickets() })
  app.get('/health', { config: { need: { scope: 'read' } } }, async () => 'own')
  const { statusCode } = await app.inject({ url: '/health?tenant=contoso' })
  await app.close()
  return statusCode
}

test('a hub answers for the tenants that it has, asks the others about theirs, and says when it has only begun with one', async () => {
  expect(await statusOf({ has: false, knows: true })).toBe(200)
  expect(await statusOf({ has: true, knows: true })).toBe(210)
  expect(await statusOf({ has: false, knows: false })).toBe(503)
})
