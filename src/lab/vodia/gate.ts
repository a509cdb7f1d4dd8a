import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { shorten } from '../request-log.ts'
import type { Scope } from './sessions.ts'
import type { VodiaWorld } from './world.ts'

/** A refusal. The bodies of refusals are not published; the statuses are. */
export class VodiaRefusal extends Error {
  readonly status: number
  readonly retryAfter: number | undefined

  constructor(status: number, message: string, retryAfter?: number) {
    super(message)
    this.name = 'VodiaRefusal'
    this.status = status
    this.retryAfter = retryAfter
  }
}

/** Who asks: the administrator of the system (no domain), or of a tenant, or a session. */
export type Caller = Scope | 'system'

/** Basic on every request, or the cookie of a session; 401 without either. */
export function callerOf(world: VodiaWorld, request: FastifyRequest): Caller {
  const session = world.sessions.find(request.headers.cookie)
  if (session) return session
  const basic = /^Basic (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
  const [user = '', password] = Buffer.from(basic, 'base64').toString().split(':')
  const [name, domain = ''] = user.split('@')
  const known = name === 'admin' && (domain === '' || world.settings.domains[domain] !== undefined)
  if (!known || password !== world.settings.password) {
    throw new VodiaRefusal(401, 'The request did not include valid credentials.')
  }
  return domain === '' ? 'system' : { domain, admin: true }
}

/** 403 for what is outside of the caller's tenant, and for everything without API access. */
export function admit(world: VodiaWorld, request: FastifyRequest, domain: string | undefined): Caller {
  const caller = callerOf(world, request)
  const inside = caller === 'system' || (domain !== undefined && caller.domain === domain)
  if (!inside || !world.settings.apiAccess) {
    throw new VodiaRefusal(403, 'The user does not have permission to access this resource.')
  }
  return caller
}

/** One request on its way through: logged, disturbed, delayed, answered. */
export function addGate(app: FastifyInstance, world: VodiaWorld, counted: (status: number) => void): void {
  const { faults, clock } = world
  const struck = new WeakMap<FastifyRequest, ReturnType<typeof faults.take>>()
  const logged = new WeakMap<FastifyRequest, { status?: number }>()
  const cut = (request: FastifyRequest, reply: FastifyReply) => {
    reply.hijack()
    request.raw.socket.destroy()
  }
  app.addHook('preHandler', async (request, reply) => {
    const body = request.body === undefined ? {} : { body: shorten(withoutSecrets(request.body)) }
    const entry = { target: 'vodia', method: request.method, path: request.url, ...body } as const
    logged.set(request, world.requests.add(entry))
    const mine = faults.take('vodia', request.url)
    struck.set(request, mine)
    if (mine.some(({ kind, when }) => kind === 'refuse' || (kind === 'drop' && when !== 'after'))) {
      return cut(request, reply)
    }
    const status = mine.find(({ kind }) => kind === 'status')
    if (status) throw new VodiaRefusal(status.status ?? 500, 'A fault of the lab.', status.retryAfter)
  })
  app.addHook('onSend', async (request, reply, payload) => {
    const mine = struck.get(request) ?? []
    const delay = mine.reduce((sum, { kind, ms }) => sum + (kind === 'slow' ? (ms ?? 0) : 0), 0)
    if (delay > 0) await new Promise<void>((resolve) => clock.after(delay, resolve))
    counted(reply.statusCode)
    const entry = logged.get(request)
    if (entry) entry.status = reply.statusCode
    if (mine.some(({ kind, when }) => kind === 'drop' && when === 'after')) request.raw.socket.destroy()
    return payload
  })
  app.setErrorHandler((error, _request, reply) => {
    const refusal =
      error instanceof VodiaRefusal ? error : new VodiaRefusal(400, 'The request could not be read.')
    if (refusal.retryAfter !== undefined) reply.header('retry-after', String(refusal.retryAfter))
    reply.code(refusal.status).send({ error: refusal.message })
  })
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ error: 'Not found' }))
}

/** One-time tokens; whatever else a body carries may be read. */
function withoutSecrets(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !('name' in body) || body.name !== 'session') return body
  return { ...body, value: '(hidden)' }
}
