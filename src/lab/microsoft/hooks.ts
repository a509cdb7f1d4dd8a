import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Fault, FaultTarget } from '../faults.ts'
import { shorten } from '../request-log.ts'
import { EntraRefusal, entraError } from './entra-errors.ts'
import { faultRefusal, GraphRefusal, graphErrorBody } from './graph-error.ts'
import { type GraphCall, grantOf, type MicrosoftWorld, type Visit } from './world.ts'

const targetOf = (url: string): FaultTarget =>
  url.startsWith('/v1.0/') || url.startsWith('/beta/') ? 'graph' : 'entra'

/** Names of token request fields whose value is a secret. */
const secretFields = new Set(['client_secret', 'client_assertion', 'code', 'code_verifier'])

function withoutSecrets(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return shorten(body)
  const shown = Object.entries(body).map(([name, value]) => [
    name,
    secretFields.has(name) ? '(hidden)' : value,
  ])
  return shorten(Object.fromEntries(shown))
}

export function correlationOf(request: Pick<GraphCall, 'headers'>): string | undefined {
  const given = request.headers['client-request-id']
  return typeof given === 'string' ? given : undefined
}

/** What Entra says of an error that is not one of its own refusals. */
function asEntraRefusal(error: unknown): EntraRefusal {
  if (error instanceof EntraRefusal) return error
  const passing = error instanceof GraphRefusal && error.status >= 500
  return passing ? new EntraRefusal(90033) : new EntraRefusal(900144, 'It cannot be read.')
}

/** Turns whatever went wrong into the answer that Graph or Entra would give. */
export function sendError(
  world: MicrosoftWorld,
  error: unknown,
  exchange: { readonly request: FastifyRequest; readonly reply: FastifyReply },
): void {
  const { request, reply } = exchange
  const wall = world.clock.wall()
  const { target, requestId } = request.visit
  if (error instanceof GraphRefusal && error.retryAfter !== undefined) {
    reply.header('retry-after', String(error.retryAfter))
  }
  if (target === 'entra') {
    const { status, body } = entraError(asEntraRefusal(error), {
      wall,
      correlationId: correlationOf(request),
    })
    reply.code(error instanceof GraphRefusal ? error.status : status).send(body)
    return
  }
  const status = (error as { statusCode?: number }).statusCode ?? 500
  const refusal =
    error instanceof GraphRefusal
      ? error
      : new GraphRefusal(status, 'BadRequest', 'The request cannot be read.')
  const clientRequestId = correlationOf(request) ?? requestId
  reply.code(refusal.status).send(graphErrorBody(refusal, { requestId, clientRequestId, wall }))
}

const isBatch = ({ url }: GraphCall) => url.startsWith('/v1.0/$batch')

/** Puts a request into the log, once; its time is that of its arrival. */
export function record(world: MicrosoftWorld, request: GraphCall): void {
  const { visit } = request
  if (visit.entry) return
  const grant = grantOf(world, request)
  // The parts of a batch have entries of their own.
  const body = isBatch(request) ? undefined : withoutSecrets(request.body)
  visit.entry = world.requests.add({
    at: visit.arrivedAt,
    target: visit.target,
    method: request.method,
    path: request.url,
    ...(typeof grant === 'object' && { tenant: grant.tenant }),
    ...(body !== undefined && body !== null && { body }),
  })
}

/** Whether a fault cuts the connection before the request takes effect. */
export function isCutBefore({ faults }: Visit): boolean {
  return faults.some(({ kind, when }) => kind === 'refuse' || (kind === 'drop' && when !== 'after'))
}

/** Whether a fault cuts it afterwards, so that the answer is lost. */
export function isCutAfter({ faults }: Visit): boolean {
  return faults.some(({ kind, when }) => kind === 'drop' && when === 'after')
}

/** How much later the answer comes because of faults, milliseconds. */
export function slowness({ faults }: Visit): number {
  return faults.reduce((sum, { kind, ms }) => sum + (kind === 'slow' ? (ms ?? 0) : 0), 0)
}

export function cut(request: FastifyRequest, reply: FastifyReply): void {
  reply.hijack()
  request.raw.socket.destroy()
}

export function strike(fault: Fault): void {
  if (fault.kind !== 'status') return
  if (fault.target === 'entra' && fault.code !== undefined) throw new EntraRefusal(fault.code)
  throw faultRefusal(fault.status ?? 500, fault.retryAfter)
}

function delayOf(world: MicrosoftWorld, visit: Visit): number {
  const [min, max] = world.switches.latencyMs
  return slowness(visit) + min + world.random() * (max - min)
}

/** Stamps, logs, disturbs and delays every request, in this order; it takes effect on arrival. */
export function addHooks(app: FastifyInstance, world: MicrosoftWorld): void {
  const { faults, clock } = world
  app.decorateRequest('visit', null as unknown as Visit)
  app.addHook('onRequest', async (request, reply) => {
    const target = targetOf(request.url)
    request.visit = { target, requestId: randomUUID(), arrivedAt: clock.wall(), faults: [] }
    reply.header('request-id', request.visit.requestId)
    reply.header('client-request-id', correlationOf(request) ?? request.visit.requestId)
  })
  app.addHook('preHandler', async (request, reply) => {
    const { visit } = request
    record(world, request)
    visit.faults = faults.take(visit.target, request.url)
    if (isCutBefore(visit)) return cut(request, reply)
    for (const fault of visit.faults) strike(fault)
  })
  app.addHook('onSend', async (request, reply, payload) => {
    const { visit } = request
    record(world, request)
    const delay = delayOf(world, visit)
    if (delay > 0) {
      await new Promise<void>((resolve) => {
        clock.after(delay, resolve)
      })
    }
    if (visit.entry) visit.entry.status = reply.statusCode
    if (isCutAfter(visit)) request.raw.socket.destroy()
    return payload
  })
}
