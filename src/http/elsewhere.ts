import { randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Elsewhere, PassedAnswer, PassedRequest } from '../core/elsewhere.ts'
import type { HubPort } from '../core/view.ts'
import type { Caller } from './authorize.ts'
import { HttpProblem } from './problem.ts'
import { apiPrefix } from './route.ts'

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
    const { need } = request.routeOptions.config
    if (need === undefined || need === 'account' || !request.caller) return
    const { url = '' } = request.routeOptions
    if (everywhere.has(url.slice(apiPrefix.length)) || url.startsWith(configPrefix)) return
    const tenant = tenantOf(request, hub) ?? meantTenant(request, elsewhere)
    const key = keyOf(request)
    const isUnknown = key !== undefined && !hub.person(key, tenant)
    if (isUnknown && !elsewhere.knows(tenant) && !(tenant && elsewhere.has(tenant)))
      throw tenantChangesHands()
    if (tenant === undefined) return
    if (!elsewhere.has(tenant)) {
      // A hub that is just beginning with a tenant knows nothing of it yet, which is no answer.
      if (!elsewhere.knows(tenant)) throw tenantChangesHands()
      return
    }
    const answer = tickets.redeem(request) ? undefined : await elsewhere.pass(tenant, toPassed(request))
    if (!answer) throw tenantChangesHands()
    return reply.code(answer.status).headers(answer.headers).send(answer.body)
  })
}

/** The tenant that a request is about; undefined where it is about none in particular. */
export function tenantOf(request: FastifyRequest, hub: Pick<HubPort, 'person'>): string | undefined {
  const [params, query, body] = [request.params, request.query, request.body].map(fieldsOf)
  const tenant = [params, query, body].map((fields) => fields?.tenant).find((one) => typeof one === 'string')
  if (tenant !== undefined) return tenant as string
  const key = keyOf(request)
  return key === undefined ? undefined : hub.person(key)?.tenant
}

/**
 * The tenant that is meant where none is named, of what concerns one.
 * @throws HttpProblem 400 where several can be meant, 503 where this hub cannot tell yet.
 */
function meantTenant(
  { routeOptions, reach, params }: FastifyRequest,
  elsewhere: Elsewhere,
): string | undefined {
  if (!routeOptions.config.oneTenant) return undefined
  const among = elsewhere.tenants.filter((tenant) => reach?.hasTenant(tenant) ?? true)
  const { connector, address } = fieldsOf(params) ?? {}
  const isPlace = typeof connector === 'string' && typeof address === 'string'
  const meant = isPlace && among.length > 1 ? elsewhere.tenantsAt({ connector, address, among }) : among
  if (!meant) throw tenantChangesHands()
  if (meant.length > 1) throw new HttpProblem(400, 'There are several tenants: say which.')
  return meant[0]
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
