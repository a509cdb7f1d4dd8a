import { maxHeaderSize } from 'node:http'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { AccessPort } from '../core/access.ts'
import type { AccountsPort } from '../core/accounts-port.ts'
import type { AlertPort } from '../core/alert.ts'
import type { ConfigPort } from '../core/config-port.ts'
import type { ProgramSocket } from '../core/connector.ts'
import type { ConsentPort } from '../core/consent-port.ts'
import type { Elsewhere, PassedAnswer, PassedRequest } from '../core/elsewhere.ts'
import type { HistoryPort } from '../core/history-port.ts'
import type { LinkLatency } from '../core/latency.ts'
import { isLoopbackHost } from '../core/loopback.ts'
import type { PausePort } from '../core/pause.ts'
import type { Clock, Log } from '../core/ports.ts'
import type { ProviderPort } from '../core/provider-port.ts'
import type { RosterPort } from '../core/roster-port.ts'
import type { SelfPort } from '../core/self-port.ts'
import type { SitePort } from '../core/site-port.ts'
import type { TabPort } from '../core/tab-port.ts'
import type { TokenPort } from '../core/token-port.ts'
import type { HubPort, PersonView } from '../core/view.ts'
import type { WebhookPort } from '../core/webhook-port.ts'
import { createAccountRoutes } from './account-routes.ts'
import { createAlertRoutes } from './alert-routes.ts'
import {
  type ApiToken,
  type Caller,
  type Need,
  requireAccount,
  requireScope,
  stretchesFor,
} from './authorize.ts'
import { registerBoardFiles } from './board-files.ts'
import { takeYaml } from './config-routes.ts'
import { createConsentRoutes } from './consent-routes.ts'
import { createDayRoutes } from './day-routes.ts'
import { Doorkeeper } from './doorkeeper.ts'
import { Tickets } from './elsewhere.ts'
import { createEventRoutes } from './event-routes.ts'
import { EventStreams } from './event-stream.ts'
import { createFleetRoutes } from './fleet-routes.ts'
import { createHandoverRoutes } from './handover-routes.ts'
import { createHealthRoutes } from './health-routes.ts'
import { createHistoryRoutes } from './history-routes.ts'
import { type DeliveryPort, hooksPrefix, registerHooks, serveSockets } from './hook-routes.ts'
import { createHubRoutes } from './hub-routes.ts'
import { registerLabProxy, registerNoLab } from './lab-proxy.ts'
import { createLatencyRoutes } from './latency-routes.ts'
import { formatUrl, listen } from './listen-address.ts'
import { createManagedRoutes } from './managed-routes.ts'
import { notePauses } from './noted-pauses.ts'
import { comesFromProvider, createOidcRoutes, takeLogoutForms } from './oidc-routes.ts'
import { describeApi } from './openapi.ts'
import { requireLocalHost, requireSameOrigin } from './origin.ts'
import { createOwnConsentRoutes } from './own-consent-routes.ts'
import { createPasswordRoutes } from './password-routes.ts'
import { createPauseRoutes } from './pause-routes.ts'
import { createPeopleRoutes } from './people-routes.ts'
import { createProbeRoutes } from './probe-routes.ts'
import { HttpProblem, problemBody, toProblem } from './problem.ts'
import { type GroupsOf, Reach } from './reach.ts'
import { createReachabilityRoutes } from './reachability-routes.ts'
import { registerRefusals } from './refusals.ts'
import { createRosterRoutes } from './roster-routes.ts'
import { apiPrefix, fullPath, needOf, type Route } from './route.ts'
import { securityHeaders } from './security-headers.ts'
import { seenPorts } from './seen-ports.ts'
import { createSelfRoutes } from './self-routes.ts'
import { createSessionRoutes } from './session-routes.ts'
import { createSignalRoutes } from './signal-routes.ts'
import { createTabRoutes } from './tab-routes.ts'
import { serveWhole } from './together.ts'
import { createTripRoutes } from './trip-routes.ts'
import { createAjv } from './validators.ts'
import { createVeil, type Veil } from './veil.ts'
import { createWebhookRoutes } from './webhook-routes.ts'
import { rememberWhence } from './whence.ts'
import type { HealthOf } from './within-duties.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the caller must be allowed to do; undefined answers everyone. */
    need?: Need | 'account' | undefined
  }
  interface FastifyRequest {
    caller: Caller | undefined
  }
}

export interface HttpOptions {
  readonly hub: HubPort
  /** History, versions of the rules, audit log; without it their routes are missing. */
  readonly history?: HistoryPort
  /** Whether a person is hidden from a group of viewers; nobody is where it is left out. */
  readonly isHidden?: (
    person: { readonly tenant: string; readonly id: string },
    viewer: string | undefined,
  ) => boolean
  /** The groups of a person; nobody has any where it is left out. */
  readonly groupsOf?: GroupsOf
  readonly host: string
  /** 0 picks a free one. */
  readonly port: number
  readonly tokens: readonly ApiToken[]
  /** Of the command line that can read the data directory. */
  readonly commandToken?: string
  /** People who sign in; without it there are only tokens. */
  readonly access?: AccessPort
  /** Those with a password; without it the API does not look after them. */
  readonly accounts?: AccountsPort
  /** Providers where they may sign in. */
  readonly providers?: ProviderPort
  /** How browsers reach the hub through a proxy: `https://hub.contoso.example`. */
  readonly publicUrl?: string
  readonly clock: Clock
  readonly log: Log
  /** Of the hub, for the API description. */
  readonly version: string
  /** The built board; without it / answers 404. */
  readonly staticDir?: string
  /** What connected systems deliver; without it nothing is taken. */
  readonly deliveries?: DeliveryPort
  /** The lab's control address, in the demo only. */
  readonly labUrl?: string
  readonly alerts?: AlertPort
  readonly pauses?: PausePort<PersonView>
  readonly webhooks?: WebhookPort
  readonly configuration?: ConfigPort
  /** Tokens that are made while the hub runs; without it there are those of the configuration alone. */
  readonly issued?: TokenPort
  /** Whether what others have revoked is known here; where it is not, sessions and made tokens are not taken. */
  readonly isSure?: () => boolean
  readonly consent?: ConsentPort
  /** Programs near phone systems that run connectors for this hub. */
  readonly sites?: { readonly port: SitePort; readonly accept: (socket: ProgramSocket) => void }
  readonly roster?: RosterPort
  readonly self?: SelfPort
  readonly tab?: TabPort
  /** Of one tenant, or of all. */
  readonly latency?: (tenant: string | undefined) => readonly LinkLatency[]
  /** How the hub and each system work just now. */
  readonly health?: HealthOf
  /** Of several hubs: which have the tenants that this one has not. */
  readonly elsewhere?: Elsewhere
  /** Prometheus text. */
  readonly metrics?: () => Promise<string>
  /** How often an idle event stream gets a comment, milliseconds. */
  readonly heartbeatMs?: number
}

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

const bodyLimit = 64 * 1024

function answerProblem(reply: FastifyReply, problem: HttpProblem): FastifyReply {
  return reply
    .code(problem.status)
    .headers({ ...securityHeaders, ...problem.headers })
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(problemBody(problem.status, problem.message, problem.errors)))
}

function createApp({ log, publicUrl }: Pick<HttpOptions, 'log' | 'publicUrl'>): FastifyInstance {
  const app = Fastify({
    logger: false,
    // Behind a proxy on this machine everybody would be at one address, and one who guesses would lock all out.
    trustProxy: publicUrl === undefined ? false : 'loopback',
    bodyLimit,
    requestTimeout: 30_000,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 400 },
    // Addresses that cannot be read at all pass no hook and no error handler.
    frameworkErrors: (error, _request, reply) => {
      answerProblem(reply, toProblem(error) ?? new HttpProblem(400, 'The address cannot be read.'))
    },
    // What the parser refuses never becomes a request; it still gets an answer in our form.
    clientErrorHandler: (error, socket) => {
      if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
      const [status, reason] =
        error.code === 'HPE_HEADER_OVERFLOW'
          ? ([431, `The header fields may have at most ${maxHeaderSize} bytes.`] as const)
          : ([400, 'This is not a valid HTTP request.'] as const)
      const body = JSON.stringify(problemBody(status, reason))
      socket.end(
        `HTTP/1.1 ${status} Refused\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
      )
    },
  })
  // A form that a foreign page can send without asking is no way in.
  app.removeContentTypeParser('text/plain')
  const lenient = createAjv(true)
  const strict = createAjv(false)
  app.setValidatorCompiler(({ schema, httpPart }) =>
    (httpPart === 'body' ? strict : lenient).compile(schema as object),
  )
  app.setErrorHandler((error, request, reply) => {
    const problem = toProblem(error)
    if (!problem) {
      log.error('A request failed unexpectedly.', {
        route: request.routeOptions.url,
        method: request.method,
        error,
      })
    }
    return answerProblem(
      reply,
      problem ?? new HttpProblem(500, 'Something unexpected happened. The log of the hub says more.'),
    )
  })
  app.setNotFoundHandler((_request, reply) =>
    answerProblem(
      reply,
      new HttpProblem(404, `There is nothing here. The API is at ${apiPrefix}/openapi.json.`),
    ),
  )
  return app
}

function registerRoute(app: FastifyInstance, route: Route): void {
  const { params, query, body } = route
  app.route({
    method: route.method,
    url: fullPath(route),
    config: { need: needOf(route) },
    ...(route.bodyLimit !== undefined && { bodyLimit: route.bodyLimit }),
    schema: {
      ...(params ? { params } : {}),
      ...(query ? { querystring: query } : {}),
      ...(body ? { body } : {}),
    },
    handler: (request, reply) => route.handle(request, reply),
  })
}

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

/** What is wrong, how everything works, how long changes take. */
function listHealthRoutes(
  { alerts, health, latency }: ReturnType<typeof seenPorts>,
  veil: Veil,
): readonly Route[] {
  return [
    ...(alerts ? createAlertRoutes(alerts, veil) : []),
    ...(health ? createHealthRoutes(health, veil) : []),
    ...(latency ? createLatencyRoutes(latency) : []),
  ]
}

function listConsentRoutes(
  { consent, publicUrl }: HttpOptions,
  seen: ReturnType<typeof seenPorts>,
  { isSecure: secure }: Doorkeeper,
): readonly Route[] {
  if (!consent || !seen.consent) return []
  const own = { consentOf: seen.consent, hubOf: seen.hub, publicUrl, secure }
  return [
    ...createConsentRoutes(seen.consent, publicUrl),
    ...createOwnConsentRoutes(own),
    ...createTripRoutes({ consent, publicUrl, secure }),
    ...createHandoverRoutes({ consent, publicUrl, secure }),
  ]
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
  const { configuration } = options
  const context = { hub: seen.hub, veil, history: seen.history, configuration: configuration?.source }
  const streams = new EventStreams({
    hub,
    veil,
    clock: options.clock,
    log,
    ...(options.heartbeatMs === undefined ? {} : { heartbeatMs: options.heartbeatMs }),
  })
  const { providers, publicUrl } = options
  const beside = providers && { providers, publicUrl }
  options.access?.watchEnds?.((account) => streams.endOf(account))
  options.issued?.watchEnds((id) => streams.endOfToken(id))
  const routes: Route[] = [
    ...createPeopleRoutes(context),
    ...createReachabilityRoutes(context),
    ...createSignalRoutes(context),
    ...createEventRoutes(streams),
    ...createHubRoutes(context),
    ...(seen.history ? createHistoryRoutes(seen.history) : []),
    ...(seen.history ? createDayRoutes(context, seen.history) : []),
    ...(seen.pauses ? notePauses(createPauseRoutes(seen.pauses), context) : []),
    ...createFleetRoutes({ ...seen }),
    ...listHealthRoutes(seen, veil),
    ...(seen.webhooks ? createWebhookRoutes(seen.webhooks) : []),
    ...createManagedRoutes(seen, { ...options, secure: door.isSecure }),
    ...listConsentRoutes(options, seen, door),
    ...(seen.self ? createSelfRoutes(context, seen.self) : []),
    ...(options.tab ? createTabRoutes(options.tab, publicUrl) : []),
    ...createSessionRoutes(options.access, door, beside),
    ...(beside ? createOidcRoutes({ ...beside, door }) : []),
    ...(seen.accounts ? createAccountRoutes(seen.accounts) : []),
    ...(options.accounts ? createPasswordRoutes(options.accounts, door) : []),
    ...(seen.roster ? createRosterRoutes(seen.roster, seen.history) : []),
    ...createProbeRoutes({
      hub,
      metrics: options.metrics,
      identify: (header) => door.identifyProgram(header),
    }),
  ]
  routes.push({
    method: 'GET',
    path: '/openapi.json',
    operationId: 'describeApi',
    summary: 'This description',
    scope: undefined,
    answers: { 200: { description: 'OpenAPI 3.1.', schema: { type: 'object' } } },
    handle: () => description,
  })
  const description = describeApi(routes, options.version)

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
