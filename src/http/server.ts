import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { PassedAnswer, PassedRequest } from '../core/elsewhere.ts'
import { isLoopbackHost } from '../core/loopback.ts'
import { createApp, registerRoute } from './app.ts'
import { requireAccount, requireScope, stretchesFor } from './authorize.ts'
import { registerBoardFiles } from './board-files.ts'
import { takeYaml } from './config-routes.ts'
import { Doorkeeper } from './doorkeeper.ts'
import { Tickets } from './elsewhere.ts'
import { EventStreams } from './event-stream.ts'
import { hooksPrefix, registerHooks, serveSockets } from './hook-routes.ts'
import type { HttpOptions } from './http-options.ts'
import { registerLabProxy, registerNoLab } from './lab-proxy.ts'
import { listRoutes } from './list-routes.ts'
import { formatUrl, listen } from './listen-address.ts'
import { comesFromProvider, takeLogoutForms } from './oidc-routes.ts'
import { requireLocalHost, requireSameOrigin } from './origin.ts'
import { type GroupsOf, Reach } from './reach.ts'
import { registerRefusals } from './refusals.ts'
import { apiPrefix } from './route.ts'
import { securityHeaders } from './security-headers.ts'
import { seenPorts } from './seen-ports.ts'
import { rememberSight } from './sight.ts'
import { serveWhole } from './together.ts'
import { createVeil } from './veil.ts'
import { rememberWhence } from './whence.ts'

export interface RunningHttp {
  /** `http://127.0.0.1:8080`, with the port that was taken. */
  readonly url: string
  readonly port: number
  /** Answers what another hub has passed on. */
  answer(request: PassedRequest): Promise<PassedAnswer>
  /** Ends event streams, lets running requests finish, closes the port. Idempotent. */
  close(): Promise<void>
}

const noGroups: GroupsOf = () => []

/** Headers, who is asking from where, and whether they may: before anything of the request is looked at. */
function registerGuards(
  app: FastifyInstance,
  options: HttpOptions,
  { door, tickets }: { readonly door: Doorkeeper; readonly tickets: Tickets },
): void {
  app.decorateRequest('caller', undefined)
  app.decorateRequest('reach', undefined)
  app.addHook('onRequest', async (request: FastifyRequest, reply: FastifyReply) => {
    reply.headers(securityHeaders)
    const { need } = request.routeOptions.config
    // A delivery proves itself; it comes by the public name.
    if (request.url.startsWith(`${hooksPrefix}/`)) return
    if (door.isOpen) requireLocalHost(request.headers)
    if (!request.url.startsWith(apiPrefix) && need === undefined) return
    reply.header('cache-control', 'no-store')
    const isAnswer = comesFromProvider(request.url)
    if (request.headers.authorization === undefined && !isAnswer) requireSameOrigin(request.headers)
    if (need === undefined) return
    request.caller = tickets.redeem(request) ?? (await door.identify(request, reply))
    if (need === 'account') return requireAccount(request.caller)
    requireScope(request.caller, need)
    request.reach = new Reach(stretchesFor(request.caller, need), options.groupsOf ?? noGroups)
  })
  rememberSight(app)
  app.addHook('onResponse', async (request, reply) => {
    const changes = request.method !== 'GET' && request.method !== 'HEAD'
    options.log[changes ? 'info' : 'debug']('Request answered.', {
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: reply.statusCode,
      caller: request.caller?.name,
      ms: Math.round(reply.elapsedTime),
    })
  })
}

/**
 * Serves API, board and probes.
 * @throws Error where the address cannot be had, or is open to the network while no token is configured.
 */
export async function startHttp(options: HttpOptions): Promise<RunningHttp> {
  const { hub, host, log, tokens } = options
  if (tokens.length === 0 && !options.access?.isSetUp && !isLoopbackHost(host)) {
    throw new Error(
      `http.host is ${host}, which other machines can reach, but nobody has an API token or an account. Add http.tokens, or create the first account while it listens on 127.0.0.1.`,
    )
  }
  const door = new Doorkeeper({ ...options, secure: options.publicUrl?.startsWith('https:') ?? false })
  const app = createApp(options)
  const veil = createVeil({
    isDiscreet: (tenant) => options.history?.isDiscreet(tenant) ?? false,
    isHidden: options.isHidden,
    groupsOf: options.groupsOf ?? noGroups,
  })
  const seen = seenPorts({ ...options, sites: options.sites?.port })
  const streams = new EventStreams({
    hub,
    veil,
    clock: options.clock,
    log,
    lasts: (session) => options.access?.lasts?.(session) ?? true,
    ...(options.heartbeatMs === undefined ? {} : { heartbeatMs: options.heartbeatMs }),
  })
  options.access?.watchEnds?.((account) => streams.endOf(account))
  options.issued?.watchEnds((id) => streams.endOfToken(id))
  const routes = listRoutes(options, { seen, veil, door, streams })
  const tickets = new Tickets()
  rememberWhence(app)
  registerGuards(app, options, { door, tickets })
  if (options.elsewhere) serveWhole(app, { ...options, elsewhere: options.elsewhere, tickets })
  takeYaml(app)
  takeLogoutForms(app)
  for (const route of routes) registerRoute(app, route)
  registerRefusals(app, routes)
  if (options.labUrl !== undefined) registerLabProxy(app, options.labUrl)
  else registerNoLab(app)
  if (options.staticDir !== undefined && !(await registerBoardFiles(app, options.staticDir))) {
    log.warn('The board is not built: / answers 404. Build it with: npx vite build web', {})
  }
  app.addHook('preClose', async () => streams.close())
  if (options.deliveries) {
    await registerHooks(app, options.deliveries)
  }
  const endSockets = serveSockets(app, { ...options, acceptSite: options.sites?.accept }, log)
  app.addHook('preClose', async () => endSockets())
  const port = await listen(app, options)
  const answer = (request: PassedRequest) => tickets.answer(app, request)
  return { url: formatUrl(host, port), port, answer, close: () => app.close() }
}
