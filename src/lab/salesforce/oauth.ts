import { createPublicKey, type KeyObject, randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { jwtVerify } from 'jose'
import type { Clock } from '../../core/ports.ts'
import { type AppSwitches, Authorizations, noSuchClient, type Refusal } from './authorize.ts'
import { labOrgId, stableId } from './ids.ts'
import type { Tokens } from './tokens.ts'

/** The app and the integration user of the lab's organisation. They protect nothing. */
export const labCrmClient = {
  clientId: 'lab-consumer-key',
  clientSecret: 'lab-consumer-secret',
  refreshToken: 'lab-refresh-token',
  username: 'hookswitch@contoso.example',
} as const

/** Of the integration user. */
const userId = stableId('005', 'hookswitch')
const tokenLifeMs = 2 * 60 * 60_000
const bearer = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

interface Parts {
  readonly clock: Clock
  readonly tokens: Tokens
  readonly switches: AppSwitches
  readonly audience: () => string
}

/** Sign-in with a certificate (JWT bearer), with a refresh token, and in the browser (web-server flow). */
export class SignIn {
  readonly #parts: Parts
  readonly #authorizations: Authorizations
  readonly #refreshTokens = new Set<string>([labCrmClient.refreshToken])
  #certificate: KeyObject | undefined
  refused = 0

  constructor(parts: Parts) {
    this.#parts = parts
    const { clock, switches } = parts
    this.#authorizations = new Authorizations({ clock, switches, clientId: labCrmClient.clientId })
  }

  /** The key that was uploaded to the app; PEM, public key or certificate. */
  trust(pem: string): void {
    this.#certificate = createPublicKey(pem)
  }

  addRoutes(app: FastifyInstance): void {
    this.#authorizations.addRoutes(app)
    app.get('/services/oauth2/userinfo', async ({ headers }, reply) => {
      const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1]
      if (!this.#parts.tokens.accepts(token)) return reply.code(403).send('Bad_OAuth_Token')
      const { username } = labCrmClient
      return { organization_id: labOrgId, user_id: userId, preferred_username: username }
    })
    app.post('/services/oauth2/token', async ({ body }, reply) => {
      const granted = await this.#judge((body ?? {}) as Record<string, string>)
      if ('error' in granted) {
        this.refused += 1
        return reply.code(granted.error === 'invalid_client' ? 401 : 400).send(granted)
      }
      const instance = this.#parts.audience()
      return {
        access_token: this.#parts.tokens.grant(tokenLifeMs),
        ...granted,
        instance_url: instance,
        id: `${instance}/id/${labOrgId}/${userId}`,
        token_type: 'Bearer',
      }
    })
  }

  async #judge(
    form: Readonly<Record<string, string>>,
  ): Promise<{ readonly scope: string; readonly refresh_token?: string } | Refusal> {
    const scope = 'api refresh_token'
    if (form.grant_type === bearer) return (await this.#judgeAssertion(form.assertion ?? '')) ?? { scope }
    if (form.grant_type !== 'refresh_token' && form.grant_type !== 'authorization_code') {
      return { error: 'unsupported_grant_type', error_description: 'grant type not supported' }
    }
    if (form.client_id !== labCrmClient.clientId) return noSuchClient
    if (form.client_secret !== labCrmClient.clientSecret) {
      return { error: 'invalid_client', error_description: 'invalid client credentials' }
    }
    if (form.grant_type === 'authorization_code') return this.#redeem(form)
    const used = form.refresh_token ?? ''
    if (!this.#refreshTokens.has(used)) {
      return { error: 'invalid_grant', error_description: 'expired access/refresh token' }
    }
    if (!this.#parts.switches.rotates) return { scope }
    this.#refreshTokens.delete(used)
    return { scope, refresh_token: this.#issue() }
  }

  #redeem(form: Readonly<Record<string, string>>) {
    const redeemed = this.#authorizations.redeem(form)
    // Without that scope there is none.
    if ('error' in redeemed || !/\brefresh_token\b/.test(redeemed.scope)) return redeemed
    return { ...redeemed, refresh_token: this.#issue() }
  }

  #issue(): string {
    const refreshToken = `5Aep${randomBytes(32).toString('base64url')}`
    this.#refreshTokens.add(refreshToken)
    return refreshToken
  }

  async #judgeAssertion(assertion: string): Promise<Refusal | undefined> {
    const invalid = (error_description: string): Refusal => ({ error: 'invalid_grant', error_description })
    if (!this.#certificate) return invalid('invalid assertion')
    try {
      const { payload } = await jwtVerify(assertion, this.#certificate, {
        algorithms: ['RS256'],
        issuer: labCrmClient.clientId,
        audience: this.#parts.audience(),
        currentDate: new Date(this.#parts.clock.wall()),
      })
      if (payload.sub !== labCrmClient.username) return invalid("user hasn't approved this consumer")
      // Salesforce's help says three minutes, the client of one of its people signs for five.
      const left = (payload.exp ?? 0) - this.#parts.clock.wall() / 1000
      return left > 0 && left <= 305 ? undefined : invalid('expired authorization code')
    } catch {
      return invalid('invalid assertion')
    }
  }
}
