import { createPublicKey, type KeyObject } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { jwtVerify } from 'jose'
import type { Clock } from '../../core/ports.ts'
import { labOrgId, stableId } from './ids.ts'
import type { Tokens } from './tokens.ts'

/** The app and the integration user of the lab's organisation. They protect nothing. */
export const labCrmClient = {
  clientId: 'lab-consumer-key',
  clientSecret: 'lab-consumer-secret',
  refreshToken: 'lab-refresh-token',
  username: 'hookswitch@contoso.example',
} as const

const tokenLifeMs = 2 * 60 * 60_000
const bearer = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

/** What a sign-in is refused with: help.salesforce.com, "OAuth 2.0 error codes". */
interface Refusal {
  readonly error: 'invalid_client_id' | 'invalid_client' | 'invalid_grant' | 'unsupported_grant_type'
  readonly error_description: string
}

interface Parts {
  readonly clock: Clock
  readonly tokens: Tokens
  readonly audience: () => string
}

/** The token endpoint, for JWT bearer and refresh token. */
export class SignIn {
  readonly #parts: Parts
  #certificate: KeyObject | undefined
  refused = 0

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** The key that was uploaded to the app; PEM, public key or certificate. */
  trust(pem: string): void {
    this.#certificate = createPublicKey(pem)
  }

  addRoutes(app: FastifyInstance): void {
    app.post('/services/oauth2/token', async ({ body }, reply) => {
      const refusal = await this.#judge((body ?? {}) as Record<string, string>)
      if (refusal) {
        this.refused += 1
        return reply.code(refusal.error === 'invalid_client' ? 401 : 400).send(refusal)
      }
      const instance = this.#parts.audience()
      return {
        access_token: this.#parts.tokens.grant(tokenLifeMs),
        scope: 'api refresh_token',
        instance_url: instance,
        id: `${instance}/id/${labOrgId}/${stableId('005', 'hookswitch')}`,
        token_type: 'Bearer',
      }
    })
  }

  async #judge(form: Readonly<Record<string, string>>): Promise<Refusal | undefined> {
    if (form.grant_type === bearer) return this.#judgeAssertion(form.assertion ?? '')
    if (form.grant_type !== 'refresh_token') {
      return { error: 'unsupported_grant_type', error_description: 'grant type not supported' }
    }
    if (form.client_id !== labCrmClient.clientId) {
      return { error: 'invalid_client_id', error_description: 'client identifier invalid' }
    }
    if (form.client_secret !== labCrmClient.clientSecret) {
      return { error: 'invalid_client', error_description: 'invalid client credentials' }
    }
    if (form.refresh_token === labCrmClient.refreshToken) return undefined
    return { error: 'invalid_grant', error_description: 'expired access/refresh token' }
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
      // An assertion may not be valid for longer than three minutes.
      const left = (payload.exp ?? 0) - this.#parts.clock.wall() / 1000
      return left > 0 && left <= 185 ? undefined : invalid('expired authorization code')
    } catch {
      return invalid('invalid assertion')
    }
  }
}
