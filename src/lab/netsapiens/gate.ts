import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { NetSapiensWorld } from './world.ts'

/** A refusal with the vendor's body: `{code, message}` (schema ErrorResponse). */
export class NetSapiensRefusal extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.name = 'NetSapiensRefusal'
    this.status = status
  }
}

const ownOnly = new Set(['Basic User', 'Simple User', 'Advanced User', 'Call Center Agent'])
const everywhere = new Set(['Super User', 'Reseller', 'NDP'])

/** 401 without a known key or token; 403 for another domain, for too small a scope, and for a write with a key that only reads. */
export function admit(world: NetSapiensWorld, request: FastifyRequest, domain?: string): void {
  const { credentials, settings } = world
  const caller = credentials.admits(request.headers.authorization)
  if (!caller) {
    credentials.refused += 1
    throw new NetSapiensRefusal(401, 'Authentication Required')
  }
  if (domain === undefined) return
  const inside = everywhere.has(caller.scope) || caller.domain === domain
  if (!inside || ownOnly.has(caller.scope)) {
    throw new NetSapiensRefusal(403, `Scope ${caller.scope} is not authorized for this request`)
  }
  if (caller.readonly && request.method !== 'GET') throw new NetSapiensRefusal(403, 'API key is read only')
  if (settings.domains[domain] === undefined) {
    throw new NetSapiensRefusal(404, `Domain ${domain} does not exist`)
  }
}

/** The vendor's form of every refusal. */
export function addRefusals(app: FastifyInstance): void {
  app.setErrorHandler((error, _request, reply) => {
    const refusal =
      error instanceof NetSapiensRefusal ? error : new NetSapiensRefusal(400, 'The request could not be read')
    reply.code(refusal.status).send({ code: refusal.status, message: refusal.message })
  })
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ code: 404, message: 'Not found' }))
}
