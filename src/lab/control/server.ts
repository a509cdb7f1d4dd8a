import Fastify, { type FastifyInstance } from 'fastify'
import { listenNear } from '../listen.ts'
import { addPeopleRoutes } from './people-routes.ts'
import { addPhoneRoutes } from './phone-routes.ts'
import { asProblem, Problem } from './problem.ts'
import { addSystemRoutes } from './system-routes.ts'
import { addTeamsRoutes } from './teams-routes.ts'
import { addWorkshopRoutes } from './workshop-routes.ts'
import type { ControlWorld } from './world.ts'

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** A page on another loopback port (the demo's board) may call; a page from anywhere else may not. */
function admitPages(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers
    if (origin === undefined) return
    if (!loopback.has(URL.parse(origin)?.hostname ?? '')) {
      throw new Problem(
        403,
        'Forbidden',
        `A page at ${origin} may not control the lab; only loopback pages may.`,
      )
    }
    reply.header('access-control-allow-origin', origin).header('vary', 'origin')
    if (request.method !== 'OPTIONS') return
    reply.header('access-control-allow-methods', 'GET, PUT, POST, PATCH, DELETE')
    reply.header('access-control-allow-headers', 'content-type')
    return reply.code(204).send()
  })
}

export interface ControlServer {
  /** `http://127.0.0.1:port`. */
  readonly url: string
  stop(): Promise<void>
}

/** Serves docs/lab-api.md on loopback. `port` 0 takes a free one. */
export async function serveControl(world: ControlWorld, port = 0): Promise<ControlServer> {
  const app = Fastify({ forceCloseConnections: true })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    async (_request: unknown, body: string) => {
      if (body === '') return undefined
      try {
        return JSON.parse(body)
      } catch {
        throw new Problem(400, 'Bad request', 'body: must be JSON')
      }
    },
  )
  admitPages(app)
  app.setErrorHandler((error, _request, reply) => {
    const { status, title, message: detail } = asProblem(error)
    reply.code(status).type('application/problem+json').send({ type: 'about:blank', title, status, detail })
  })
  app.setNotFoundHandler((request) => {
    const detail = `There is no ${request.method} ${request.url.split('?')[0]}; docs/lab-api.md lists what there is.`
    throw new Problem(404, 'Not found', detail)
  })
  const parts = [addPeopleRoutes, addPhoneRoutes, addSystemRoutes, addTeamsRoutes, addWorkshopRoutes]
  for (const add of parts) add(app, world)
  const url = await listenNear(app, port)
  return { url, stop: () => app.close() }
}
