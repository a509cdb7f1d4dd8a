import { AsyncLocalStorage } from 'node:async_hooks'
import type { FastifyInstance, FastifyRequest } from 'fastify'

const seeing = new AsyncLocalStorage<readonly string[] | undefined>()

/**
 * The tenants that the caller of the request which is being answered reaches with anything at all; undefined for who reaches
 * everything, and for what the hub does by itself.
 */
export function tenantsInSight(): readonly string[] | undefined {
  return seeing.getStore()
}

/** Lets whatever a request causes know which tenants its caller may see; after the caller is known. */
export function rememberSight(app: FastifyInstance): void {
  app.addHook('preValidation', (request, _reply, done) => seeing.run(sightOf(request), done))
}

function sightOf({ reach, caller }: FastifyRequest): readonly string[] | undefined {
  if (reach) return reach.isEverything ? undefined : reach.tenants()
  return caller?.reach?.map(({ tenant }) => tenant)
}
