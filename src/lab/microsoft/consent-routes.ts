import type { FastifyInstance } from 'fastify'
import { accountPage, listAccounts } from './account-page.ts'
import { EntraRefusal, entraError } from './entra-errors.ts'
import type { MicrosoftWorld } from './world.ts'

interface Asked {
  readonly Params: { readonly tenant: string }
  readonly Querystring: Readonly<Record<string, string | undefined>>
}

/**
 * Where an administrator consents for the whole organisation (learn.microsoft.com/entra/identity-platform/v2-admin-consent).
 * As there, `admin_consent=True` stands in refusals too, and nothing binds `tenant` to who is signed in afterwards.
 */
export function addConsentRoutes(app: FastifyInstance, world: MicrosoftWorld): void {
  app.get<Asked>('/:tenant/v2.0/adminconsent', async ({ params, query, url: asked }, reply) => {
    for (const name of ['client_id', 'redirect_uri', 'scope'])
      if (!query[name]) throw new EntraRefusal(900144, `It must contain '${name}'.`)
    const application = world.entra.published(params.tenant, query.client_id ?? '')
    const redirectUri = query.redirect_uri ?? ''
    if (!application.redirectUris?.includes(redirectUri)) throw new EntraRefusal(50011)
    const back = (answer: Readonly<Record<string, string>>) => {
      const url = new URL(redirectUri)
      const all = {
        admin_consent: 'True',
        ...answer,
        ...(query.state !== undefined && { state: query.state }),
      }
      for (const [name, value] of Object.entries(all)) url.searchParams.set(name, value)
      return reply.redirect(url.href, 302)
    }
    const refuse = (code: number) => {
      const { body } = entraError(new EntraRefusal(code), { wall: world.clock.wall() })
      return back({ error: 'access_denied', error_description: body.error_description })
    }
    if (query.lab_user === '') return refuse(65004)
    const accounts = listAccounts(world, params.tenant)
    const found = accounts.find(
      ({ user }) => user.userPrincipalName.toLowerCase() === query.lab_user?.toLowerCase(),
    )
    if (!found) {
      return reply
        .type('text/html; charset=utf-8')
        .send(accountPage('Permissions requested', asked, accounts))
    }
    if (!found.user.globalAdmin) return refuse(90094)
    world.entra.consent(found.tenant.id, application)
    return back({ tenant: found.tenant.id, scope: query.scope ?? '' })
  })
}
