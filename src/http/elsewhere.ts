import { randomBytes } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Elsewhere, PassedAnswer, PassedRequest } from '../core/elsewhere.ts'
import type { HubPort } from '../core/view.ts'
import type { Caller } from './authorize.ts'
import { HttpProblem } from './problem.ts'
import { apiPrefix } from './route.ts'
import { userHeader } from './who.ts'
import { personWithin } from './within-hub.ts'

/** A call waits no longer for an answer that is put together from several, milliseconds; a dialplan goes on after a second. */
const callMs = 800
/** Names the caller of a request that another hub has passed on; worth something in this process only, and once. */
const ticketHeader = 'x-hookswitch-ticket'
const passedHeaders = [
  'content-type',
  'accept',
  'accept-language',
  'if-match',
  'user-agent',
  'host',
  'x-forwarded-proto',
  userHeader,
] as const
const returnedHeaders = [
  'content-type',
  'etag',
  'content-disposition',
  'retry-after',
  'allow',
  'location',
  'set-cookie',
]
/** Every hub has all of it, and a change made at any is taken over by all. */
const configPrefix = `${apiPrefix}/config`
/** Answered by every hub from what it knows of all: lists, and streams that last. */
const everywhere = new Set(['/people', '/events', '/connectors', '/openapi.json'])

/** Callers of requests that other hubs have passed on, while those are answered. */
export class Tickets {
  readonly #callers = new Map<string, Caller>()

  /** Undefined for whatever this process has not issued. */
  redeem(request: FastifyRequest): Caller | undefined {
    const ticket = request.headers[ticketHeader]
    return typeof ticket === 'string' ? this.#callers.get(ticket) : undefined
  }

  /** Whether another hub has passed the request on, whoever asks. */
  isPassed(request: FastifyRequest): boolean {
    const ticket = request.headers[ticketHeader]
    return typeof ticket === 'string' && this.#callers.has(ticket)
  }

  /** Answers a request that another hub has passed on, as if its caller had come here. */
  async answer(app: FastifyInstance, request: PassedRequest): Promise<PassedAnswer> {
    const ticket = randomBytes(24).toString('base64url')
    this.#callers.set(ticket, request.caller as Caller)
    try {
      const reply = await app.inject({
        method: request.method as 'GET',
        url: request.url,
        headers: { ...request.headers, [ticketHeader]: ticket },
        ...(request.from !== undefined && { remoteAddress: request.from }),
        ...(request.body !== undefined && { payload: request.body }),
      })
      const headers = returnedHeaders.flatMap((name) => {
        const value = reply.headers[name]
        return value === undefined ? [] : [[name, String(value)] as const]
      })
      return { status: reply.statusCode, headers: Object.fromEntries(headers), body: reply.body }
    } finally {
      this.#callers.delete(ticket)
    }
  }
}

/** For whoever asks while a tenant has no hub that could say: it is being replaced, or cannot be asked. */
export function tenantChangesHands(): HttpProblem {
  const words = 'The hub that has this tenant does not answer now. Ask again in a moment.'
  return new HttpProblem(503, words, { headers: { 'retry-after': '2' } })
}

export interface PassOn {
  readonly elsewhere: Elsewhere
  readonly hub: Pick<HubPort, 'person'>
  readonly tickets: Tickets
}

/** Requests about a tenant that another hub has are answered there; the caller notices nothing. */
export function passOn(app: FastifyInstance, { elsewhere, hub, tickets }: PassOn): void {
  app.addHook('preHandler', async (request, reply) => {
    const { need, oneTenant } = request.routeOptions.config
    if (need === undefined || need === 'account' || !request.caller) return
    const { url = '' } = request.routeOptions
    if (everywhere.has(url.slice(apiPrefix.length)) || url.startsWith(configPrefix)) return
    const tenants = tenantsOf(request, { elsewhere, hub })
    const [tenant, ...more] = tenants
    if (more.length > 0 && typeof oneTenant === 'function') {
      const lines = await Promise.all(tenants.map((one) => lineOf(one, request)))
      return reply.type('text/plain; charset=utf-8').send(oneTenant(lines))
    }
    if (more.length > 0) throw new HttpProblem(400, 'There are several tenants: say which.')
    // What is out of reach is answered here, like what does not exist.
    const { reach } = request
    if (tenant !== undefined && reach?.isEverything === false && reach.tenants(tenant).length === 0) return
    const isKnown = () =>
      tenant === undefined
        ? reachedTenants(request, elsewhere).every((one) => elsewhere.knows(one))
        : elsewhere.knows(tenant)
    const key = keyOf(request)
    const isUnknown = key !== undefined && !oneTenant && !personWithin(hub, reach, { key, tenant })
    if (isUnknown && !(tenant && elsewhere.has(tenant)) && !isKnown()) throw tenantChangesHands()
    if (tenant === undefined) return
    if (!elsewhere.has(tenant)) {
      // A hub that is just beginning with a tenant knows nothing of it yet, which is no answer.
      if (!isKnown()) throw tenantChangesHands()
      return
    }
    const isFound = namedTenant(request) === undefined && placeOf(request) !== undefined
    const passed = isFound ? naming(tenant, request) : toPassed(request)
    const answer = tickets.redeem(request) ? undefined : await elsewhere.pass(tenant, passed)
    if (!answer) throw tenantChangesHands()
    return reply.code(answer.status).headers(answer.headers).send(answer.body)
  })

  /** What is answered for one of several tenants, wherever it is; undefined where it is not in time. */
  const lineOf = async (tenant: string, request: FastifyRequest): Promise<string | undefined> => {
    const passed = naming(tenant, request)
    const answer = elsewhere.has(tenant) ? elsewhere.pass(tenant, passed) : tickets.answer(app, passed)
    const first = await Promise.race([answer, wait(callMs, undefined, { ref: false })])
    return first?.status === 200 ? first.body : undefined
  }
}

/** The same request with a tenant named, which it does not name itself. */
function naming(tenant: string, request: FastifyRequest): PassedRequest {
  const { url, ...passed } = toPassed(request)
  return { ...passed, url: `${url}${url.includes('?') ? '&' : '?'}tenant=${encodeURIComponent(tenant)}` }
}

/** The address at a connector that a request is about. */
function placeOf({
  params,
}: FastifyRequest): { readonly connector: string; readonly address: string } | undefined {
  const { connector, address } = fieldsOf(params) ?? {}
  return typeof connector === 'string' && typeof address === 'string' ? { connector, address } : undefined
}

/** The tenant that a request is about; undefined where it is about none in particular, or several can be meant. */
export function tenantOf(
  request: FastifyRequest,
  whole: Pick<PassOn, 'elsewhere' | 'hub'>,
): string | undefined {
  const [only, ...more] = tenantsOf(request, whole)
  return more.length > 0 ? undefined : only
}

/**
 * The tenants that a request can be about: the one that is named, or whose person is meant; of what concerns one tenant, those
 * that can be meant. None where it is about none in particular.
 * @throws HttpProblem 503 where this hub cannot tell yet.
 */
function tenantsOf(
  request: FastifyRequest,
  { elsewhere, hub }: Pick<PassOn, 'elsewhere' | 'hub'>,
): readonly string[] {
  const named = namedTenant(request)
  if (named !== undefined) return [named]
  const { reach } = request
  const { oneTenant } = request.routeOptions.config
  if (oneTenant) {
    const among = wholeReached(request, elsewhere)
    const place = placeOf(request)
    if (!place || among.length < 2) return among
    const { found, unsure } = elsewhere.tenantsAt({ ...place, among })
    // Somebody else may be meant.
    if (unsure.length > 0 && typeof oneTenant !== 'function') throw tenantChangesHands()
    return [...found, ...unsure]
  }
  const key = keyOf(request)
  if (key === undefined) return []
  const person = personWithin(hub, reach, { key })
  if (person) return [person.tenant]
  // Whoever has left is known to the only tenant that can be meant, if to any.
  const reached = reachedTenants(request, elsewhere)
  return reached.length === 1 ? reached : []
}

/** Of all tenants those that the caller reaches with all that is in them. */
export function wholeReached({ reach }: FastifyRequest, { tenants }: Elsewhere): readonly string[] {
  return tenants.filter((tenant) => reach?.hasTenant(tenant) ?? true)
}

/** Of all tenants those of which the caller reaches anything. */
function reachedTenants({ reach }: FastifyRequest, { tenants }: Elsewhere): readonly string[] {
  if (!reach || reach.isEverything) return tenants
  const reached = new Set(reach.tenants())
  return tenants.filter((tenant) => reached.has(tenant))
}

/** Where the route has a place for it: what it does not read is not meant. */
function namedTenant({ params, query, body, routeOptions: { schema } }: FastifyRequest): string | undefined {
  const places = [
    [params, true],
    [query, hasTenant(schema?.querystring)],
    [body, hasTenant(schema?.body)],
  ] as const
  for (const [fields, isRead] of places) {
    const tenant = isRead ? fieldsOf(fields)?.tenant : undefined
    if (typeof tenant === 'string') return tenant
  }
  return undefined
}

function hasTenant(schema: unknown): boolean {
  return fieldsOf(fieldsOf(schema)?.properties)?.tenant !== undefined
}

/** Whom the request is about. */
function keyOf(request: FastifyRequest): string | undefined {
  const key = fieldsOf(request.params)?.key ?? fieldsOf(request.body)?.person
  return typeof key === 'string' ? key : undefined
}

function fieldsOf(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
}

/** As another hub needs it to answer. */
export function toPassed(request: FastifyRequest): PassedRequest {
  const headers = passedHeaders.flatMap((name) => {
    const value = request.headers[name]
    return value === undefined ? [] : [[name, String(value)] as const]
  })
  const { body } = request
  const text =
    body === undefined || body === null ? undefined : typeof body === 'string' ? body : JSON.stringify(body)
  return {
    ...{ method: request.method, url: request.url, caller: request.caller, from: request.ip },
    ...{ headers: Object.fromEntries(headers), body: text },
  }
}
