import type { FastifyInstance } from 'fastify'
import { accountPage, listAccounts, page } from './account-page.ts'
import { type BrowserAsked, readWay } from './browser-way.ts'
import type { Codes } from './codes.ts'
import type { MicrosoftWorld } from './world.ts'

/**
 * Where people sign in by code (learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow): a page with the
 * tenant's accounts and no passwords. What is wrong with client or redirect URI is told on a page and goes nowhere else.
 */
export function addAuthorizeRoutes(app: FastifyInstance, world: MicrosoftWorld, codes: Codes): void {
  app.get<BrowserAsked>('/:tenant/oauth2/v2.0/authorize', async (request, reply) => {
    const { params, query } = request
    const accounts = listAccounts(world, params.tenant)
    const way = readWay({ params, query }, world, ['response_type', 'scope'])
    const { application, redirectUri } = way
    const back = (answer: Readonly<Record<string, string>>) => way.back(reply, answer)
    const refuse = (code: number) => {
      const { error, error_description } = way.describe(code)
      return back({ error, error_description })
    }
    if (query.response_type !== 'code') return refuse(700054)
    if (query.code_challenge !== undefined && query.code_challenge_method !== 'S256') return refuse(501491)
    if (query.lab_user === '') return refuse(65004)
    const wanted = query.lab_user?.toLowerCase()
    const person = accounts.find(({ user }) => user.userPrincipalName.toLowerCase() === wanted)
    if (query.prompt === 'none' && !person) return refuse(50058)
    if (person?.user.accountEnabled === false) return refuse(50057)
    if (person) {
      const consent = { tenant: person.tenant.id, application, user: person.user, redirectUri }
      const code = codes.issue({
        ...{ ...consent, scope: query.scope ?? '' },
        ...{ nonce: query.nonce, challenge: query.code_challenge },
      })
      return back({ code, session_state: person.user.id })
    }
    return reply.type('text/html; charset=utf-8').send(accountPage('Pick an account', request.url, accounts))
  })
  app.get<BrowserAsked>('/:tenant/oauth2/v2.0/logout', async ({ params, query }, reply) => {
    const back = query.post_logout_redirect_uri
    const known = back !== undefined && world.entra.knowsRedirect(params.tenant, back)
    if (known) return reply.redirect(back, 302)
    return reply.type('text/html; charset=utf-8').send(page('<p>You signed out of your account.</p>'))
  })
}
