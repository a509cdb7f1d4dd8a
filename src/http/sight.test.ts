import { Readable } from 'node:stream'
import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { Reach } from './reach.ts'
import { rememberSight, tenantsInSight } from './sight.ts'

/** Answers every request with pages that are larger than a connection takes at once, and tells what was in sight of each. */
async function startPages(tenants: readonly string[] | undefined) {
  const seen: (readonly string[] | undefined)[] = []
  async function* write() {
    for (let page = 0; page < 40; page++) {
      await new Promise((resolve) => setImmediate(resolve))
      seen.push(tenantsInSight())
      yield 'x'.repeat(300_000)
    }
  }
  const app = Fastify({ forceCloseConnections: true })
  app.decorateRequest('caller', undefined)
  app.decorateRequest('reach', undefined)
  app.addHook('onRequest', async (request) => {
    const stretches = tenants?.map((tenant) => ({ tenant, scopes: ['read'] as const }))
    request.reach = new Reach(stretches, () => [])
  })
  rememberSight(app)
  app.post('/', (_request, reply) => reply.send(Readable.from(write())))
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  return { seen, url, close: () => app.close() }
}

test.each([[['contoso']], [undefined]])(
  'sight %j holds until the last part of a long answer',
  async (tenants) => {
    const { seen, url, close } = await startPages(tenants)
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    })
    expect((await answer.text()).length).toBe(40 * 300_000)
    expect(seen).toEqual(Array.from({ length: 40 }, () => tenants))
    expect(tenantsInSight()).toBeUndefined()
    await close()
  },
)
