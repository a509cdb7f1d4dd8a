import type { FastifyInstance } from 'fastify'
import { admit, NetSapiensRefusal } from './gate.ts'
import type { NetSapiensWorld } from './world.ts'

type Body = Readonly<Record<string, unknown>>

function describeToken(world: NetSapiensWorld) {
  const { account } = world.credentials
  const { token, refresh, expiresIn } = world.credentials.grant()
  const [user = ''] = account.username.split('@')
  return {
    ...{ username: account.username, user, territory: 'Lab', domain: account.domain, site: '', group: '' },
    ...{ department: '', uid: `${user}@${account.domain}`, login: account.username, scope: account.scope },
    ...{ user_email: `${user}@${account.domain}`, displayName: 'Lab Administrator' },
    ...{ access_token: token, expires_in: expiresIn, token_type: 'Bearer', refresh_token: refresh },
    ...{ client_id: account.clientId, apiversion: world.settings.apiVersion },
  }
}

function take(world: NetSapiensWorld, body: Body) {
  const { credentials } = world
  if (body.grant_type === 'refresh_token') {
    if (!credentials.takeRefresh(body.refresh_token))
      throw new NetSapiensRefusal(400, 'Invalid refresh token')
    return credentials.emptyRefresh ? { code: 200, message: 'Accepted' } : describeToken(world)
  }
  if (!credentials.knows(body)) {
    credentials.refused += 1
    throw new NetSapiensRefusal(401, 'Invalid credentials')
  }
  if (credentials.account.secondFactor) return { mfa_type: 'authenticator', access_token: '' }
  return describeToken(world)
}

/** `/version`, access tokens, JSON Web Tokens, and what the API key of the request may do. */
export function addSignInRoutes(app: FastifyInstance, world: NetSapiensWorld): void {
  const { credentials, settings, clock } = world
  const root = '/ns-api/v2'
  app.get(`${root}/version`, async () => ({
    apiversion: settings.apiVersion,
    hostname: 'core1.lab.example',
    'current-time': new Date(clock.wall()).toISOString(),
  }))
  app.post(`${root}/tokens`, async (request) => take(world, (request.body ?? {}) as Body))
  // The way of releases before v2, which newer ones still have: a form.
  const form = 'application/x-www-form-urlencoded'
  app.addContentTypeParser(form, { parseAs: 'string' }, async (_request: unknown, body: string | Buffer) =>
    Object.fromEntries(new URLSearchParams(String(body))),
  )
  app.post('/ns-api/oauth2/token/', async (request) => take(world, (request.body ?? {}) as Body))
  app.post(`${root}/jwt`, async (request) => {
    const body = (request.body ?? {}) as Body
    if (body.refresh !== undefined) {
      if (!credentials.takeRefresh(body.refresh)) throw new NetSapiensRefusal(403, 'Invalid refresh token')
      return credentials.grantJwt()
    }
    if (!credentials.knows(body)) {
      credentials.refused += 1
      throw new NetSapiensRefusal(403, 'Invalid credentials')
    }
    return credentials.grantJwt()
  })
  app.get(`${root}/apikeys/~`, async (request) => {
    admit(world, request)
    if (!credentials.isKey(request.headers.authorization)) throw new NetSapiensRefusal(404, 'Not an API key')
    const { scope, domain, readonly, allowedModels } = credentials.key
    return {
      ...{ description: 'Presence of the lab', 'key-id': 'nsd-lab00001', reseller: '*', user: '*' },
      ...{ domain, 'user-scope': scope, 'ip-address': '', readonly: readonly ? 'yes' : 'no' },
      ...{ 'can-create-keys': 'no', 'allowed-models': allowedModels },
    }
  })
}
