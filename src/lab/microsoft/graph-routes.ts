import type { FastifyInstance, FastifyRequest } from 'fastify'
import { addBatchRoute } from './graph-batch.ts'
import { GraphRefusal } from './graph-error.ts'
import { demand, mayForOwn, type Operation } from './permissions.ts'
import { presenceActs } from './presence-acts.ts'
import { personOf, type ReadContext, readMany, readOne } from './presence-reads.ts'
import { addSubscriptionRoutes } from './subscriptions.ts'
import type { Tenant } from './tenant.ts'
import type { Grant } from './tokens.ts'
import { oneUser, userPage } from './user-pages.ts'
import { bearerOf, type GraphCall, grantOf, type MicrosoftWorld } from './world.ts'

interface IdPath {
  readonly Params: { readonly id: string }
}
interface ApplicationPath {
  readonly Params: { readonly application: string }
}
interface ActPath {
  readonly Params: { readonly id: string; readonly act: string }
}

/** The caller's grant and tenant; throws the 401 of a missing, foreign, revoked or expired token. */
function admit(world: MicrosoftWorld, request: Pick<GraphCall, 'headers'>): { grant: Grant; tenant: Tenant } {
  const refuse = (message: string) => new GraphRefusal(401, 'InvalidAuthenticationToken', message)
  if (!bearerOf(request)) throw refuse('Access token is empty.')
  const grant = grantOf(world, request)
  if (grant === 'invalid') throw refuse('Access token validation failure. Invalid token.')
  if (grant === 'expired') throw refuse('Lifetime validation failed, the token is expired.')
  const tenant = world.tenants.get(grant.tenant)
  if (!tenant) throw refuse('Access token validation failure. Unknown tenant.')
  return { grant, tenant }
}

/** As `admit`, and counts against the presence quota of the application in the tenant. */
function admitPresence(
  world: MicrosoftWorld,
  request: Pick<GraphCall, 'headers'>,
  { operation, own = '' }: { readonly operation: Operation; readonly own?: string },
) {
  const admitted = admit(world, request)
  const { tenant, clientId } = admitted.grant
  const wait = world.quota.take(`${tenant}/${clientId}`, world.switches.quotaPer30s)
  if (wait > 0) throw new GraphRefusal(429, 'TooManyRequests', 'Too many requests.').waiting(wait)
  if (!mayForOwn(admitted.grant, operation, own)) demand(admitted.grant, operation)
  return admitted
}

function contextOf(world: MicrosoftWorld, request: FastifyRequest): ReadContext {
  const { tenant } = admitPresence(world, request, { operation: 'readPresence' })
  const stale = request.visit.faults.filter(({ kind }) => kind === 'stale')
  const staleMs = stale.reduce((sum, { ms }) => sum + (ms ?? 0), 0)
  return { tenant, switches: world.switches, clock: world.clock, staleMs }
}

function bodyOf(request: Pick<GraphCall, 'body'>): Readonly<Record<string, unknown>> {
  const { body } = request
  if (body === undefined || body === null) return {}
  if (typeof body === 'object' && !Array.isArray(body)) return body as Record<string, unknown>
  throw new GraphRefusal(400, 'BadRequest', 'The request body must be a JSON object.')
}

/** `microsoft.graph.setPresence` is the older spelling of `setPresence`. */
const plain = (act: string) => act.replace(/^microsoft\.graph\./, '')

/** An action on a presence takes effect, or throws the refusal. Returns the status of the empty answer. */
function actOn(world: MicrosoftWorld, request: GraphCall, about: ActPath['Params']): number {
  const act = presenceActs[plain(about.act)]
  if (!act) {
    throw new GraphRefusal(404, 'BadRequest', `Resource not found for the segment '${about.act}'.`)
  }
  const { tenant, grant } = admitPresence(world, request, { operation: 'writePresence', own: about.id })
  const { unlicensed, preferredMaxHours } = world.switches
  const person = personOf(tenant, about.id, unlicensed)
  const parts = { tenant, person, clientId: grant.clientId, preferredMaxHours }
  act({ ...parts, body: bodyOf(request), wall: world.clock.wall() })
  return world.switches.emptyStatus
}

function addPresenceRoutes(app: FastifyInstance, world: MicrosoftWorld, prefix: string): void {
  app.get<IdPath>(prefix, async (request) => {
    const context = contextOf(world, request)
    const about = '@odata.context'
    const entity = 'https://graph.microsoft.com/v1.0/$metadata#users/presence/$entity'
    if (new URL(request.url, 'http://lab').searchParams.has('$select')) {
      throw new GraphRefusal(400, 'BadRequest', '$select is not supported on presence.')
    }
    return { [about]: entity, ...readOne(context, request.params.id) }
  })
  app.post<ActPath>(`${prefix}/:act`, async (request, reply) =>
    reply.code(actOn(world, request, request.params)).send(),
  )
}

/** Graph v1.0: users and presence, as far as the lab goes. */
export function addGraphRoutes(app: FastifyInstance, world: MicrosoftWorld): void {
  addPresenceRoutes(app, world, '/v1.0/users/:id/presence')
  addPresenceRoutes(app, world, '/v1.0/communications/presences/:id')
  for (const name of ['getPresencesByUserId', 'microsoft.graph.getPresencesByUserId']) {
    app.post(`/v1.0/communications/${name}`, async (request) => {
      const context = contextOf(world, request)
      const about = 'https://graph.microsoft.com/v1.0/$metadata#Collection(microsoft.graph.presence)'
      return { '@odata.context': about, value: readMany(context, bodyOf(request).ids) }
    })
  }
  addSubscriptionRoutes(app, world, (request) => admit(world, request))
  addBatchRoute(app, world, {
    admit: (request) => admit(world, request),
    actOn: (request, about) => actOn(world, request, about),
  })
  const query = (request: FastifyRequest) => {
    const { grant, tenant } = admit(world, request)
    demand(grant, 'readUsers')
    const url = new URL(request.url, `${request.protocol}://${request.host}`)
    const { switches } = world
    return { url, about: { tenant, grant, switches, parameters: url.searchParams } }
  }
  app.get('/v1.0/users', async (request) => {
    const { url, about } = query(request)
    return userPage(about, url.href)
  })
  app.get<IdPath>('/v1.0/users/:id', async (request) => oneUser(query(request).about, request.params.id))
  app.get<ApplicationPath>('/v1.0/:application', async (request) => {
    const clientId = /^applications\(appId='([^']+)'\)$/.exec(request.params.application)?.[1]
    if (clientId === undefined) throw new GraphRefusal(404, 'BadRequest', 'Resource not found.')
    const { grant } = admit(world, request)
    demand(grant, 'readApplications')
    const found = world.entra.registration(grant.tenant, clientId)
    if (!found) throw new GraphRefusal(404, 'Request_ResourceNotFound', `${clientId} does not exist.`)
    return found
  })
  app.all('/v1.0/me/*', async (request) => {
    admit(world, request)
    const message = '/me request is only valid with delegated authentication flow.'
    throw new GraphRefusal(400, 'BadRequest', message)
  })
}
