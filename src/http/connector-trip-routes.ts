import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import type { ConfigPort } from '../core/config-port.ts'
import { awayCookie, readAwayCookie } from './away-cookie.ts'
import { takeDone } from './config-answer.ts'
import { connectorParams } from './config-schemas.ts'
import { originOf } from './consent-routes.ts'
import { sentAwaySchema } from './consent-schemas.ts'
import { originFor } from './oidc-routes.ts'
import { languageOf, sendPage } from './result-page.ts'
import { apiPrefix, type Route, type Seen } from './route.ts'
import { whoAsks } from './who.ts'

/** Where a system sends the browser back after the hub's account has signed in: to be registered there. */
const connectorCallback = `${apiPrefix}/connector-sign-in/callback`

export interface ConnectorTripContext {
  readonly configuration: ConfigPort
  readonly configurationOf: Seen<ConfigPort>
  readonly publicUrl: string | undefined
  readonly secure: boolean
}

const html = { mediaType: 'text/html', schema: { type: 'string' } } as const

const words = {
  en: {
    done: 'Done',
    signedIn: (id: string) =>
      `\u201c${id}\u201d is signed in. The token is sealed in the configuration of the hub.`,
    failed: 'This did not work',
    back: 'Back to Hookswitch',
  },
  de: {
    done: 'Erledigt',
    signedIn: (id: string) =>
      `\u201e${id}\u201c ist angemeldet. Das Token ist in der Konfiguration des Hubs versiegelt.`,
    failed: 'Das hat nicht geklappt',
    back: 'Zur\u00fcck zu Hookswitch',
  },
} as const

/** The hub's own account at a system signs in in the browser: to the system, and back. */
export function createConnectorTripRoutes(context: ConnectorTripContext): readonly Route[] {
  const { configuration, configurationOf, publicUrl, secure } = context
  const redirectUriOf = (request: FastifyRequest) => originOf(request, publicUrl) + connectorCallback
  const path = '/config/tenants/:tenant/connectors/:id/sign-in'
  const common = { scope: 'admin', about: 'tenant', params: { ...connectorParams } } as const
  return [
    {
      ...{ ...common, method: 'GET', path, operationId: 'describeConnectorSignIn' },
      summary: 'Where a system is to send the browser back after a sign-in',
      answers: {
        200: {
          description: 'To be registered there, letter by letter.',
          schema: Type.Object({ redirectUri: Type.String() }),
        },
      },
      handle: (request) => ({ redirectUri: redirectUriOf(request) }),
    },
    {
      ...{ ...common, method: 'POST', path: `${path}/begin`, operationId: 'beginConnectorSignIn' },
      summary: 'Sign the hub\u2019s own account in at the system of a connector, in this browser',
      description:
        'Authorization code with PKCE. Answers where the browser goes; the browser that asked must go there itself. What it brings back is sealed into the stored configuration.',
      answers: { 200: { description: 'Where to go.', schema: sentAwaySchema } },
      handle: (request, reply) => {
        const place = request.params as { tenant: string; id: string }
        const wish = { who: whoAsks(request), comment: 'Signed in in the browser' }
        const at = { ...place, redirectUri: redirectUriOf(request) }
        const sent = takeDone(configurationOf(request).beginSignIn(at, wish))
        reply.header('set-cookie', awayCookie(sent.kept, { secure, lifeMs: sent.lifeMs }))
        return { url: sent.url }
      },
    },
    {
      ...{ method: 'GET', path: '/connector-sign-in/callback', scope: undefined },
      operationId: 'comeBackFromConnectorSignIn',
      summary: 'Come back from the sign-in of the hub\u2019s account at a system',
      description: 'The redirect URI to register there.',
      answers: {
        200: { description: 'A page.', ...html },
        409: { description: 'A page with why not.', ...html },
      },
      handle: async (request, reply) => {
        const language = languageOf(request)
        const { done, signedIn, failed, back } = words[language]
        const origin = originFor(request, publicUrl)
        const refuse = (text: string) =>
          sendPage(
            reply,
            { tone: 'bad', title: failed, text: [text], link: { href: '/', words: back } },
            { language, status: 409 },
          )
        if (typeof origin === 'object') return refuse(origin.refused)
        const { searchParams: query } = new URL(request.url, origin)
        const kept = readAwayCookie(request.headers.cookie, secure)
        const redirectUri = origin + connectorCallback
        const ended = await configuration.endSignIn({ redirectUri, query, kept })
        reply.header('set-cookie', awayCookie('', { secure, lifeMs: 0 }))
        if ('refused' in ended) return refuse(ended.detail)
        const { tenant, id } = ended
        const href = `${origin}/#/connectors/${encodeURIComponent(tenant)}/${encodeURIComponent(id)}`
        return sendPage(
          reply,
          { tone: 'good', title: done, text: [signedIn(id)], link: { href, words: back } },
          { language },
        )
      },
    },
  ]
}
