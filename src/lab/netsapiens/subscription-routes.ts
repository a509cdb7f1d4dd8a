import type { FastifyInstance } from 'fastify'
import { admit, NetSapiensRefusal } from './gate.ts'
import { describeSubscription } from './subscriptions.ts'
import type { NetSapiensWorld } from './world.ts'

interface OfDomain {
  readonly Params: { readonly domain: string; readonly id: string }
}

const root = '/ns-api/v2/domains/:domain/subscriptions'
const accepted = { code: 202, message: 'Accepted' }

/** Event subscriptions of a domain. */
export function addSubscriptionRoutes(app: FastifyInstance, world: NetSapiensWorld): void {
  const { subscriptions } = world
  app.get<OfDomain>(root, async (request) => {
    admit(world, request, request.params.domain)
    return subscriptions.list(request.params.domain).map(describeSubscription)
  })
  app.post<OfDomain>(root, async (request) => {
    const { domain } = request.params
    admit(world, request, domain)
    const body = (request.body ?? {}) as Readonly<Record<string, unknown>>
    if (typeof body.model !== 'string' || typeof body['post-url'] !== 'string') {
      throw new NetSapiensRefusal(400, 'model and post-url are required')
    }
    const made = subscriptions.add({
      ...{ model: body.model, url: body['post-url'], domain },
      expires: body['subscription-expires-datetime'],
    })
    if (!made) throw new NetSapiensRefusal(409, 'Subscription ID already Exists')
    return describeSubscription(made)
  })
  app.put<OfDomain>(`${root}/:id`, async (request, reply) => {
    admit(world, request, request.params.domain)
    const body = (request.body ?? {}) as Readonly<Record<string, unknown>>
    if (!subscriptions.change(request.params.id, body)) throw new NetSapiensRefusal(404, 'Not found')
    return reply.code(202).send(accepted)
  })
  app.delete<OfDomain>(`${root}/:id`, async (request, reply) => {
    admit(world, request, request.params.domain)
    if (!subscriptions.remove(request.params.id)) throw new NetSapiensRefusal(404, 'Not found')
    return reply.code(202).send(accepted)
  })
}
