import { createHash, randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Clock } from '../../core/ports.ts'

/** What a sign-in is refused with: help.salesforce.com, "OAuth 2.0 Authorization Errors". */
export interface Refusal {
  readonly error: string
  readonly error_description: string
}

/** How the app is set up, and what its user does; a test changes it while it runs. */
export interface AppSwitches {
  /** Callback URLs of the app: what is asked for has to be one of them, letter by letter. */
  callbacks: readonly string[]
  /** "Require Proof Key for Code Exchange (PKCE)". */
  requirePkce: boolean
  /** What the app may ask for; what is asked beyond is left out. */
  scopes: Set<string>
  /** "Enable Refresh Token Rotation": each is good once. */
  rotates: boolean
  /** Whether the user agrees. */
  consents: boolean
}

export const createAppSwitches = (): AppSwitches => ({
  callbacks: ['http://localhost:8422/callback'],
  requirePkce: true,
  scopes: new Set(['api', 'refresh_token']),
  rotates: false,
  consents: true,
})

/** A code is good for one exchange within 15 minutes ("OAuth 2.0 Web Server Flow for Web App Integration"). */
const codeLifeMs = 15 * 60_000

interface Code {
  readonly redirectUri: string
  readonly challenge: string | undefined
  readonly scope: string
  readonly endsAt: number
}

interface Parts {
  readonly clock: Clock
  readonly clientId: string
  readonly switches: AppSwitches
}

export const noSuchClient: Refusal = {
  error: 'invalid_client_id',
  error_description: 'client identifier invalid',
}
const elsewhere: Refusal = {
  error: 'redirect_uri_mismatch',
  error_description: 'redirect_uri must match configuration',
}
const invalid = (error_description: string): Refusal => ({ error: 'invalid_grant', error_description })

/** The page where the integration user signs in, and the codes that it hands out; the user is there and answers at once. */
export class Authorizations {
  readonly #parts: Parts
  readonly #codes = new Map<string, Code>()

  constructor(parts: Parts) {
    this.#parts = parts
  }

  addRoutes(app: FastifyInstance): void {
    app.get<{ Querystring: Readonly<Record<string, string>> }>(
      '/services/oauth2/authorize',
      async ({ query }, reply) => this.#answer(query, reply),
    )
  }

  /** The scope that a code is worth. */
  redeem(form: Readonly<Record<string, string>>): { readonly scope: string } | Refusal {
    const { code = '', redirect_uri, code_verifier } = form
    const found = this.#codes.get(code)
    this.#codes.delete(code)
    if (!found) return invalid('invalid authorization code')
    if (found.endsAt < this.#parts.clock.monotonic()) return invalid('expired authorization code')
    if (redirect_uri !== found.redirectUri) return elsewhere
    const hash = createHash('sha256')
      .update(code_verifier ?? '')
      .digest('base64url')
    if (found.challenge !== undefined && hash !== found.challenge) return invalid('invalid code verifier')
    return { scope: found.scope }
  }

  #answer(query: Readonly<Record<string, string>>, reply: FastifyReply) {
    const { redirect_uri: redirectUri = '', state } = query
    // Nobody is sent to an address that the app does not name.
    if (query.client_id !== this.#parts.clientId) return tell(reply, noSuchClient)
    if (!this.#parts.switches.callbacks.includes(redirectUri)) return tell(reply, elsewhere)
    const back = new URL(redirectUri)
    const answer = this.#judge(query) ?? { code: this.#grant(query, redirectUri) }
    for (const [name, value] of Object.entries(answer)) back.searchParams.set(name, value)
    if (state !== undefined) back.searchParams.set('state', state)
    return reply.redirect(back.href)
  }

  #judge(query: Readonly<Record<string, string>>): Refusal | undefined {
    const { requirePkce, consents } = this.#parts.switches
    if (query.response_type !== 'code') {
      return { error: 'unsupported_response_type', error_description: 'response type not supported' }
    }
    if (requirePkce && query.code_challenge === undefined) {
      return { error: 'invalid_request', error_description: 'missing required code challenge' }
    }
    if (!['S256', undefined].includes(query.code_challenge_method)) {
      return { error: 'invalid_request', error_description: 'invalid code challenge method' }
    }
    if (consents) return undefined
    return { error: 'access_denied', error_description: 'end-user denied authorization' }
  }

  #grant(query: Readonly<Record<string, string>>, redirectUri: string): string {
    // Codes of Salesforce end so and have to be escaped in addresses.
    const code = `aPrx${randomBytes(24).toString('base64url')}==`
    this.#codes.set(code, {
      redirectUri,
      challenge: query.code_challenge,
      scope: (query.scope ?? 'api')
        .split(' ')
        .filter((scope) => this.#parts.switches.scopes.has(scope))
        .join(' '),
      endsAt: this.#parts.clock.monotonic() + codeLifeMs,
    })
    return code
  }
}

function tell(reply: FastifyReply, refusal: Refusal) {
  return reply
    .code(400)
    .type('text/plain')
    .send(new URLSearchParams({ ...refusal }).toString())
}
