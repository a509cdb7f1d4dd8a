import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import Type, { type Static } from 'typebox'
import type { Refusal } from '../core/access.ts'
import { isLoopbackHost } from '../core/loopback.ts'
import type { ProviderPort } from '../core/provider-port.ts'
import { awayCookie, readAwayCookie } from './away-cookie.ts'
import type { Doorkeeper } from './doorkeeper.ts'
import { HttpProblem } from './problem.ts'
import { apiPrefix, type Route } from './route.ts'

export interface OidcContext {
  readonly providers: ProviderPort
  readonly door: Doorkeeper
  /** How browsers reach the hub through a proxy. */
  readonly publicUrl: string | undefined
}

const params = Type.Object({ provider: Type.String({ minLength: 1, maxLength: 63, description: 'Its id.' }) })
const wordParams = Type.Object({ id: Type.String({ minLength: 1, maxLength: 40 }) })
const frontQuery = Type.Object({
  sid: Type.String({ minLength: 1, maxLength: 400, description: 'The session at the provider.' }),
  iss: Type.Optional(Type.String({ maxLength: 1000, description: 'The issuer.' })),
})
const backPath = '/sign-in/:provider/back-channel'

/** Whether a request is one that comes from the page of another site: of a provider, or from a mail with a link. */
export function comesFromProvider(url: string): boolean {
  return /^\/api\/v1\/(sign-in\/[^/?]+\/(callback|front-channel)|consent\/(callback|links\/[^/?]+(\/go)?)|pairing\/callback|connector-sign-in\/callback)(\?|$)/.test(
    url,
  )
}

/** A form is taken at one place only: where a provider ends sessions. */
export function takeLogoutForms(app: FastifyInstance): void {
  const type = 'application/x-www-form-urlencoded'
  app.addContentTypeParser(type, { parseAs: 'string' }, (request, body, done) => {
    if (request.routeOptions.url === apiPrefix + backPath) return done(null, String(body))
    done(new HttpProblem(415, 'Send JSON with the header Content-Type: application/json.'))
  })
}

/**
 * How this browser reaches the hub: the public address, or the loopback name it used.
 * A Host header of anything else decides nothing.
 */
export function originFor(request: FastifyRequest, publicUrl: string | undefined): string | Refusal {
  if (publicUrl !== undefined) {
    const { protocol, hostname } = new URL(publicUrl)
    if (protocol === 'https:' || isLoopbackHost(hostname)) return publicUrl.replace(/\/+$/, '')
    return {
      refused: 'Nobody signs in over a network without TLS. Set http.publicUrl to an https address.',
    }
  }
  const origin = `http://${request.headers.host ?? ''}`
  if (URL.canParse(origin) && isLoopbackHost(new URL(origin).hostname)) return new URL(origin).origin
  return { refused: 'Set http.publicUrl to the address under which browsers reach this hub.' }
}

/** Sign-in by providers of OpenID Connect; every failure ends on the sign-in page, in words. */
export function createOidcRoutes({ providers, door, publicUrl }: OidcContext): readonly Route[] {
  const page = `${publicUrl === undefined ? '' : new URL(publicUrl).pathname.replace(/\/+$/, '')}/`
  const secure = door.isSecure
  const refuse = (reply: FastifyReply, { refused }: Refusal) =>
    reply.redirect(`${page}#/sign-in/${providers.leaveWord(refused)}`, 303)
  const providerOf = (request: FastifyRequest) => (request.params as Static<typeof params>).provider
  const redirectUriOf = (origin: string, id: string) =>
    `${origin}${apiPrefix}/sign-in/${encodeURIComponent(id)}/callback`
  const about = { scope: undefined, params: { ...params } } as const
  return [
    {
      ...{ ...about, method: 'GET', path: '/sign-in/:provider', operationId: 'signInByProvider' },
      summary: 'Go to a provider to sign in',
      description: 'For browsers. OpenID Connect: authorization code with PKCE.',
      answers: { 303: { description: 'To the provider, or to the sign-in page with why not.' } },
      handle: async (request, reply) => {
        const [id, origin] = [providerOf(request), originFor(request, publicUrl)]
        if (typeof origin === 'object') return refuse(reply, origin)
        const sent = await providers.begin({ provider: id, redirectUri: redirectUriOf(origin, id) })
        if ('refused' in sent) return refuse(reply, sent)
        reply.header('set-cookie', awayCookie(sent.kept, { secure, lifeMs: sent.lifeMs }))
        return reply.redirect(sent.url, 303)
      },
    },
    {
      ...{
        ...about,
        method: 'GET',
        path: '/sign-in/:provider/callback',
        operationId: 'comeBackFromProvider',
      },
      summary: 'Come back from a provider',
      description: 'The redirect URI to register there.',
      answers: { 303: { description: 'To the board, or to the sign-in page with why not.' } },
      handle: async (request, reply) => {
        const [id, origin] = [providerOf(request), originFor(request, publicUrl)]
        if (typeof origin === 'object') return refuse(reply, origin)
        const { searchParams: query } = new URL(request.url, origin)
        const kept = readAwayCookie(request.headers.cookie, secure)
        reply.header('set-cookie', awayCookie('', { secure, lifeMs: 0 }))
        const redirectUri = redirectUriOf(origin, id)
        const session = await providers.finish({
          ...{ provider: id, redirectUri, query, kept },
        })
        if ('refused' in session) return refuse(reply, session)
        door.letIn(reply, session)
        return reply.redirect(page, 303)
      },
    },
    ...logoutRoutes(providers, providerOf),
    {
      ...{ method: 'GET', path: '/sign-in-words/:id', operationId: 'readSignInWords' },
      ...{ scope: undefined, params: { ...wordParams } },
      summary: 'Why a sign-in by a provider failed',
      answers: { 200: { description: 'In words.', schema: Type.Object({ refused: Type.String() }) } },
      handle: (request) => {
        const refused = providers.wordOf((request.params as Static<typeof wordParams>).id)
        if (refused === undefined) throw new HttpProblem(404, 'There are no such words any more.')
        return { refused }
      },
    },
  ]
}

function logoutRoutes(providers: ProviderPort, providerOf: (request: FastifyRequest) => string): Route[] {
  const about = { scope: undefined, params: { ...params } } as const
  return [
    {
      ...{ ...about, method: 'POST', path: backPath, operationId: 'endSessionsByToken' },
      summary: 'A provider ends sessions by a logout token',
      description:
        'OpenID Connect Back-Channel Logout 1.0: a form (`application/x-www-form-urlencoded`) with `logout_token`.',
      answers: {
        200: { description: 'Ended.' },
        400: { description: 'The token is not valid.', schema: Type.Object({ error: Type.String() }) },
      },
      handle: async (request, reply) => {
        const token = typeof request.body === 'string' ? new URLSearchParams(request.body) : undefined
        const refusal = await providers.endByToken(providerOf(request), token?.get('logout_token') ?? '')
        if (!refusal) return reply.code(200).send()
        return reply.code(400).send({ error: 'invalid_request', error_description: refusal.refused })
      },
    },
    {
      ...{
        ...about,
        method: 'GET',
        path: '/sign-in/:provider/front-channel',
        operationId: 'endSessionByPage',
      },
      summary: 'A page of a provider ends its session',
      description: 'OpenID Connect Front-Channel Logout 1.0.',
      query: { ...frontQuery },
      answers: { 200: { description: 'Ended, where there was one.' } },
      handle: async (request, reply) => {
        const { sid, iss: issuer } = request.query as Static<typeof frontQuery>
        await providers.endByPage(providerOf(request), { sid, issuer })
        return reply.code(200).type('text/plain; charset=utf-8').send('')
      },
    },
  ]
}
