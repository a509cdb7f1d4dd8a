import type { FastifyInstance } from 'fastify'
import { accountPage, listAccounts } from './account-page.ts'
import { type BrowserAsked, readWay } from './browser-way.ts'
import type { MicrosoftWorld } from './world.ts'

/**
 * Where an administrator consents for the whole organisation (learn.microsoft.com/entra/identity-platform/v2-admin-consent).
 * As there, `admin_consent=True` stands in refusals too, and nothing binds `tenant` to who is signed in afterwards.
 */
export function addConsentRoutes(app: FastifyInstance, world: MicrosoftWorld): void {
  app.get<BrowserAsked>('/:tenant/v2.0/adminconsent', async ({ params, query, url: asked }, reply) => {
    const way = readWay({ params, query }, world, ['scope'])
    const back = (answer: Readonly<Record<string, string>>) =>
      way.back(reply, { admin_consent: 'True', ...answer })
    const refuse = (code: number) =>
      back({ error: 'access_denied', error_description: way.describe(code).error_description })
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
    world.entra.consent(found.tenant.id, way.application)
    return back({ tenant: found.tenant.id, scope: query.scope ?? '' })
  })
}
