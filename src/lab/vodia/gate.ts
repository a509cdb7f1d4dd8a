import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Scope } from './sessions.ts'
import type { VodiaWorld } from './world.ts'

/** A refusal. The bodies of refusals are not published; the statuses are. */
export class VodiaRefusal extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.name = 'VodiaRefusal'
    this.status = status
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

/** Counts answers and words refusals; logging and disturbing is the same for every emulator. */
export function addGate(app: FastifyInstance, counted: (status: number) => void): void {
  app.addHook('onSend', async (_request, reply, payload) => {
    counted(reply.statusCode)
    return payload
  })
  app.setErrorHandler((error, _request, reply) => {
    const refusal =
      error instanceof VodiaRefusal ? error : new VodiaRefusal(400, 'The request could not be read.')
    reply.code(refusal.status).send({ error: refusal.message })
  })
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ error: 'Not found' }))
}
