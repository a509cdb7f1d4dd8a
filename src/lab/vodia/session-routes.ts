import type { FastifyInstance } from 'fastify'
import { callerOf, VodiaRefusal } from './gate.ts'
import type { VodiaWorld } from './world.ts'

/** `POST /rest/system/session`: first a token, by Basic; then, without it, the session's cookie for the token. */
export function addSessionRoutes(app: FastifyInstance, world: VodiaWorld): void {
  app.post('/rest/system/session', async (request, reply) => {
    const body = (request.body ?? {}) as Readonly<Record<string, unknown>>
    if (body.name === 'session') {
      const session = world.sessions.exchange(String(body.value))
      if (session === undefined) return reply.type('application/json').send('false')
      reply.header('set-cookie', `session=${session}; Path=/; SameSite=Strict; Secure; HttpOnly`)
      return reply.type('application/json').send('true')
    }
    const caller = callerOf(world, request)
    const domain = String(body.domain)
    if (body.name !== '3rd' || world.settings.domains[domain] === undefined) {
      throw new VodiaRefusal(400, 'Bad request')
    }
    if (caller !== 'system' || !world.settings.apiAccess) {
      throw new VodiaRefusal(403, 'System administrator credentials are needed.')
    }
    const extension = typeof body.username === 'string' ? { extension: body.username } : {}
    const token = world.sessions.issue({ domain, admin: body.admin === true, ...extension })
    return reply.type('application/json').send(JSON.stringify(token))
  })
  app.delete('/rest/system/session', async (request, reply) => {
    world.sessions.end(request.headers.cookie)
    return reply.type('application/json').send('true')
  })
}
