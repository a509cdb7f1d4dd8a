import type { FastifyInstance } from 'fastify'
import { accountPage, listAccounts, page } from './account-page.ts'
import type { Codes } from './codes.ts'
import { EntraRefusal, entraError } from './entra-errors.ts'
import type { MicrosoftWorld } from './world.ts'

interface Asked {
  readonly Params: { readonly tenant: string }
  readonly Querystring: Readonly<Record<string, string | undefined>>
}

/**
 * Where people sign in by code (learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow): a page with the
 * tenant's accounts and no passwords. What is wrong with client or redirect URI is told on a page and goes nowhere else.
 */
export function addAuthorizeRoutes(app: FastifyInstance, world: MicrosoftWorld, codes: Codes): void {
  app.get<Asked>('/:tenant/oauth2/v2.0/authorize', async (request, reply) => {
    const { params, query } = request
    const accounts = listAccounts(world, params.tenant)
    for (const name of ['client_id', 'redirect_uri', 'response_type', 'scope'])
      if (!query[name]) throw new EntraRefusal(900144, `It must contain '${name}'.`)
    const application = world.entra.published(params.tenant, query.client_id ?? '')
    const redirectUri = query.redirect_uri ?? ''
    if (!application.redirectUris?.includes(redirectUri)) throw new EntraRefusal(50011)
    const back = (answer: Readonly<Record<string, string>>) => {
      const url = new URL(redirectUri)
      const all = { ...answer, ...(query.state !== undefined && { state: query.state }) }
      for (const [name, value] of Object.entries(all)) url.searchParams.set(name, value)
      return reply.redirect(url.href, 302)
    }
    const refuse = (code: number) => {
      const { body } = entraError(new EntraRefusal(code), { wall: world.clock.wall() })
      return back({ error: body.error, error_description: body.error_description })
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
  app.get<Asked>('/:tenant/oauth2/v2.0/logout', async ({ params, query }, reply) => {
    const back = query.post_logout_redirect_uri
    const known = back !== undefined && world.entra.knowsRedirect(params.tenant, back)
    if (known) return reply.redirect(back, 302)
    return reply.type('text/html; charset=utf-8').send(page('<p>You signed out of your account.</p>'))
  })
}
