import type { FastifyInstance } from 'fastify'
import { WebexRefusal } from './gate.ts'
import { accessSeconds, type Grant, refreshSeconds } from './tokens.ts'
import type { WebexWorld } from './world.ts'

type Form = Readonly<Record<string, string | undefined>>

/** `POST /access_token` for refresh tokens and codes, and the page on which a person consents. */
export function addOauthRoutes(
  app: FastifyInstance,
  world: WebexWorld,
  counted: (refused: boolean) => void,
): void {
  const { settings, tokens } = world
  const isServiceApp = ({ client_id, client_secret }: Form) =>
    client_id === settings.clientId && client_secret === settings.clientSecret
  const isIntegration = ({ client_id, client_secret }: Form) =>
    client_id === settings.integrationId && client_secret === settings.integrationSecret
  const grantOf = (form: Form): Grant => {
    if (!isServiceApp(form) && !isIntegration(form)) throw new WebexRefusal(401, 'invalid_client')
    const byRefresh = form.grant_type === 'refresh_token'
    const grant = byRefresh ? tokens.refreshes(form.refresh_token ?? '') : tokens.redeem(form.code ?? '')
    const fits = grant && (grant.as === 'serviceApp' ? isServiceApp(form) : isIntegration(form))
    if (!grant || !fits)
      throw new WebexRefusal(
        400,
        byRefresh ? 'The refresh token provided is invalid or expired.' : 'The code is invalid or expired.',
      )
    return grant
  }
  app.post('/v1/access_token', async (request) => {
    const form = (request.body ?? {}) as Form
    let grant: Grant
    try {
      grant = grantOf(form)
      counted(false)
    } catch (error) {
      counted(true)
      throw error
    }
    const kept = settings.rotates ? undefined : form.refresh_token
    if (settings.rotates && form.refresh_token) tokens.forget(form.refresh_token)
    return {
      access_token: tokens.issueAccess(grant),
      expires_in: accessSeconds,
      refresh_token: kept ?? tokens.issueRefresh(grant),
      refresh_token_expires_in: refreshSeconds,
      token_type: 'Bearer',
    }
  })
  app.get<{ Querystring: Form }>('/v1/authorize', async (request, reply) => {
    const { client_id, redirect_uri = '', response_type, scope = '', state = '' } = request.query
    if (client_id !== settings.integrationId || response_type !== 'code' || !URL.canParse(redirect_uri)) {
      throw new WebexRefusal(400, 'The request for consent is invalid.')
    }
    const scopes = scope.split(' ').filter((each) => settings.userScopes.includes(each))
    const code = tokens.code({ as: { extension: settings.browser }, scopes })
    const target = new URL(redirect_uri)
    target.searchParams.set('code', code)
    target.searchParams.set('state', state)
    return reply.redirect(target.href, 302)
  })
}
