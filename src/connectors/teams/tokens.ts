import { decodeJwt } from 'jose'
import { allowInsecureRequests, Configuration, clientCredentialsGrant, customFetch } from 'openid-client'
import { ConnectorFailure } from '../../core/connector.ts'
import type { TokenView } from '../../core/workings.ts'
import { needsOperator } from '../kit/failures.ts'
import { fieldsOf, type HttpPort, readJson, sendHttp } from '../kit/http.ts'
import { type Credential, openCredential } from './credentials.ts'
import { explainEntra, readEntraRefusal } from './errors.ts'
import type { Settings } from './settings.ts'

export interface Token {
  readonly value: string
  /** Application permissions in the token; undefined when it cannot be read (Graph's tokens are opaque by contract). */
  readonly roles: readonly string[] | undefined
  /** Monotonic time of renewal and of the end. */
  readonly renewAt: number
  readonly endsAt: number
  /** The service's clock minus ours, milliseconds, from the Date header; undefined without one. */
  readonly skewMs: number | undefined
}

const timeoutMs = 15_000
const earlyMs = 5 * 60_000
/**
 * After a failure nobody asks again for so long, doubling to the longest: a wrong secret must not lock the
 * application out, and an Entra that is down is not helped by a storm.
 */
const coolMs = {
  final: { first: 60_000, longest: 600_000 },
  passing: { first: 1_000, longest: 30_000 },
} as const

/** Reads `roles` without proof: the token is Graph's to verify, we only want to name what is missing. */
export function readRoles(token: string): readonly string[] | undefined {
  try {
    const { roles, aud } = decodeJwt(token)
    if (Array.isArray(roles)) return roles.filter((role): role is string => typeof role === 'string')
    return aud === undefined ? undefined : []
  } catch {
    return undefined
  }
}

/** The one access token of the instance: asked for once however many wait, renewed five minutes early. */
export class TokenSource {
  readonly #settings: Settings
  readonly #port: HttpPort
  #token: Token | undefined
  #pending: Promise<Token> | undefined
  #credential: Credential | undefined
  #refused:
    | { readonly failure: ConnectorFailure; readonly until: number; readonly coolMs: number }
    | undefined

  constructor(settings: Settings, port: HttpPort) {
    this.#settings = settings
    this.#port = port
  }

  get tokenUrl(): string {
    return `${this.#settings.loginUrl}/${this.#settings.entraTenantId}/oauth2/v2.0/token`
  }

  /** Wall clock at which the certificate ends; undefined for a secret or before the first token. */
  get credentialExpiresAt(): number | undefined {
    return this.#credential?.expiresAt
  }

  /** Why the last attempt gave no token; undefined after one that did. */
  get failure(): ConnectorFailure | undefined {
    return this.#refused?.failure
  }

  /** When the token ends, and why it could not be renewed. */
  inspect(): TokenView {
    const token = this.#token
    const { clock } = this.#port
    const failure = this.#refused?.failure
    return {
      ...(token && { expiresAt: Math.round(clock.wall() + token.endsAt - clock.monotonic()) }),
      ...(failure && { trouble: failure.message }),
    }
  }

  /** Throws ConnectorFailure. While a token is still good, a failed renewal is nobody's problem yet. */
  async get(): Promise<Token> {
    const now = this.#port.clock.monotonic()
    const token = this.#token
    if (token && now < token.renewAt) return token
    if (token && now < token.endsAt) {
      this.#renew().catch(() => {})
      return token
    }
    return this.#renew()
  }

  /** The service did not accept this one: the next `get` asks for another. */
  discard(value: string): void {
    if (this.#token?.value === value) this.#token = undefined
  }

  #renew(): Promise<Token> {
    const refused = this.#refused
    if (refused && this.#port.clock.monotonic() < refused.until) return Promise.reject(refused.failure)
    this.#pending ??= this.#request().finally(() => {
      this.#pending = undefined
    })
    return this.#pending
  }

  async #request(): Promise<Token> {
    try {
      this.#credential ??= await openCredential(this.#settings, this.tokenUrl, this.#port.clock)
      this.#token = await this.#ask(this.#credential)
      this.#refused = undefined
      return this.#token
    } catch (error) {
      const failure =
        error instanceof ConnectorFailure
          ? error
          : new ConnectorFailure('unexpected', 'The sign-in failed.', { cause: error })
      const final = needsOperator(failure)
      const { first, longest } = final ? coolMs.final : coolMs.passing
      const last = this.#refused?.coolMs ?? 0
      const cool = Math.min(Math.max(first, last * 2), longest)
      const wait = Math.max(cool, failure.retryAfterMs ?? 0)
      this.#refused = { failure, until: this.#port.clock.monotonic() + wait, coolMs: cool }
      throw failure
    }
  }

  async #ask(credential: Credential): Promise<Token> {
    const { settings, clock } = { settings: this.#settings, clock: this.#port.clock }
    const seen: { failure?: ConnectorFailure; date?: string | null } = {}
    const config = new Configuration(
      { issuer: `${settings.loginUrl}/${settings.entraTenantId}/v2.0`, token_endpoint: this.tokenUrl },
      settings.clientId,
      {},
      credential.auth,
    )
    // Configuration accepted plain http for loopback only; the library would refuse it altogether.
    if (settings.loginUrl.startsWith('http:')) allowInsecureRequests(config)
    config[customFetch] = (url, options) => this.#send(url, options, seen)
    const asked = clock.monotonic()
    try {
      const reply = await clientCredentialsGrant(config, { scope: settings.scope })
      const life = Math.max(30, reply.expires_in ?? 3_600) * 1000
      const date = seen.date ? Date.parse(seen.date) : Number.NaN
      return {
        value: reply.access_token,
        roles: readRoles(reply.access_token),
        renewAt: asked + Math.max(life - earlyMs, life / 2),
        endsAt: asked + life - 5_000,
        skewMs: Number.isNaN(date) ? undefined : date - clock.wall(),
      }
    } catch (error) {
      throw (
        seen.failure ??
        new ConnectorFailure('not-ready', 'The answer of the token endpoint could not be understood.', {
          fix: 'Check that loginUrl is the sign-in address of the cloud.',
          cause: error,
        })
      )
    }
  }

  /** The library's transport: ours, so that every refusal is explained here and secrets stay out of its errors. */
  async #send(
    url: string,
    options: { readonly method: string; readonly headers: Record<string, string>; readonly body?: unknown },
    seen: { failure?: ConnectorFailure; date?: string | null },
  ): Promise<Response> {
    const answer = await sendHttp(this.#port, {
      method: 'POST',
      url,
      headers: options.headers,
      body: String(options.body ?? ''),
      timeoutMs,
    })
    if (answer.kind === 'silence') {
      seen.failure = new ConnectorFailure(
        'not-ready',
        `No token from ${new URL(this.#settings.loginUrl).host}: ${answer.reason}.`,
        { fix: 'Check loginUrl, the firewall, the proxy and name resolution of this machine.' },
      )
      throw seen.failure
    }
    seen.date = answer.headers.get('date')
    if (answer.status !== 200 || fieldsOf(readJson(answer.text)).access_token === undefined) {
      const refusal = readEntraRefusal(answer.status, readJson(answer.text))
      seen.failure = explainEntra(refusal, this.#settings, answer.retryAfterMs)
    }
    return new Response(answer.text, {
      status: answer.status,
      headers: { 'content-type': answer.headers.get('content-type') ?? 'application/json' },
    })
  }
}
