import Fastify from 'fastify'
import { listenNear } from '../listen.ts'
import { addAuthorizeRoutes } from './authorize-routes.ts'
import { Codes } from './codes.ts'
import { addConsentRoutes } from './consent-routes.ts'
import { GraphRefusal } from './graph-error.ts'
import { addGraphRoutes } from './graph-routes.ts'
import { addHooks, sendError } from './hooks.ts'
import { Quota } from './quota.ts'
import { addTokenRoutes } from './token-routes.ts'
import type { MicrosoftWorld } from './world.ts'

export interface MicrosoftServer {
  /** `http://127.0.0.1:port`: login root; the Graph root is the same. */
  readonly url: string
  stop(): Promise<void>
}

/** Serves Entra's token endpoint and Graph v1.0 on loopback. `port` 0 takes a free one. */
export async function serveMicrosoft(
  world: Omit<MicrosoftWorld, 'quota'>,
  port = 0,
): Promise<MicrosoftServer> {
  const whole: MicrosoftWorld = { ...world, quota: new Quota(world.clock) }
  // A proxy on this machine may give the lab https and another name; next links and audiences follow it.
  const app = Fastify({
    forceCloseConnections: true,
    trustProxy: 'loopback',
    routerOptions: { ignoreTrailingSlash: true },
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'string' },
    async (_request: unknown, body: string) => {
      if (body === '') return undefined
      try {
        return JSON.parse(body)
      } catch {
        throw new GraphRefusal(400, 'BadRequest', 'Unable to read JSON request payload.')
      }
    },
  )
  const form = 'application/x-www-form-urlencoded'
  app.addContentTypeParser(form, { parseAs: 'string' }, async (_request: unknown, body: string) =>
    Object.fromEntries(new URLSearchParams(body)),
  )
  addHooks(app, whole)
  app.setErrorHandler((error, request, reply) => sendError(whole, error, { request, reply }))
  app.setNotFoundHandler((request, reply) => {
    const message = `Resource not found for the segment '${request.url.split('?')[0]}'.`
    sendError(whole, new GraphRefusal(404, 'BadRequest', message), { request, reply })
  })
  const codes = new Codes(world.clock, world.tokens, world.entra.signIns)
  addTokenRoutes(app, whole, codes)
  addAuthorizeRoutes(app, whole, codes)
  addConsentRoutes(app, whole)
  addGraphRoutes(app, whole)
  const forget = world.faults.on((fault) => {
    if (fault.kind === 'revoke-tokens') world.tokens.revokeAll()
  })
  const url = await listenNear(app, port)
  return {
    url,
    stop: async () => {
      forget()
      await app.close()
    },
  }
}
