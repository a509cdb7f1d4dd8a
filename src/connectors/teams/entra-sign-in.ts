import { createHash } from 'node:crypto'
import { createLocalJWKSet, type JSONWebKeySet, type JWTPayload, jwtVerify } from 'jose'
import type { DoorTrip } from '../../core/account-door.ts'
import { ConnectorFailure } from '../../core/connector.ts'
import type { SystemAccount } from '../../core/consent-port.ts'
import { fieldsOf, type HttpPort, readJson, sendHttp, textOf } from '../kit/http.ts'
import { openCredential } from './credentials.ts'
import { explainEntra, readEntraRefusal } from './errors.ts'
import type { Settings } from './settings.ts'

const timeoutMs = 15_000
/** By how much Microsoft's clock and ours may differ, seconds. */
const skewSeconds = 300

/** What Entra says of one of its endpoints (OpenID Connect Discovery 1.0). */
interface Endpoint {
  /** With `{tenantid}` in it where it stands for every tenant. */
  readonly issuer: string
  readonly authorize: string
  readonly token: string
  readonly keys: string
}

/** What the token endpoint gave for a person. */
export interface PersonsTokens {
  readonly access: string
  readonly refresh: string | undefined
  /** Monotonic milliseconds. */
  readonly until: number
  readonly idToken: string | undefined
}

/** Who an ID token says signed in. */
export interface IdClaims {
  readonly account: SystemAccount
  readonly isGuest: boolean
  /** Template ids of directory roles; undefined where the token does not tell. */
  readonly roles: readonly unknown[] | undefined
}

/**
 * People signing in to an application by code with PKCE (learn.microsoft.com/entra/identity-platform/
 * v2-oauth2-auth-code-flow), at one tenant or at the endpoint that stands for all. Throws ConnectorFailure.
 */
export class EntraSignIn {
  readonly #settings: Settings
  readonly #port: HttpPort
  /** Tenant id, domain, or `organizations`. */
  readonly #authority: string
  #endpoint: Promise<Endpoint> | undefined

  constructor(settings: Settings, port: HttpPort, authority: string) {
    this.#settings = settings
    this.#port = port
    this.#authority = authority
  }

  async address(trip: DoorTrip, scope: string, more: Readonly<Record<string, string>>): Promise<string> {
    const url = new URL((await this.#know()).authorize)
    const asked = {
      ...{ client_id: this.#settings.clientId, response_type: 'code', response_mode: 'query', scope },
      ...{ redirect_uri: trip.redirectUri, state: trip.state, nonce: trip.nonce },
      code_challenge: createHash('sha256').update(trip.verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...more,
    }
    for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value)
    return url.href
  }

  /** The tokens of whoever came back, and who they are. */
  async redeem(trip: DoorTrip, answer: URL): Promise<PersonsTokens & IdClaims> {
    const query = answer.searchParams
    if (query.get('state') !== trip.state) {
      throw new ConnectorFailure('rejected', 'The answer does not belong to this sign-in. Begin it again.')
    }
    const code = query.get('code')
    if (query.has('error') || !code) throw this.#explain(400, Object.fromEntries(query))
    const tokens = await this.#ask({
      ...{ grant_type: 'authorization_code', code },
      ...{ redirect_uri: trip.redirectUri, code_verifier: trip.verifier },
    })
    return { ...tokens, ...(await this.#verify(tokens.idToken ?? '', trip.nonce)) }
  }

  /** `auth-failed` where only a new sign-in of the person helps. */
  renew(refresh: string): Promise<PersonsTokens> {
    return this.#ask({ grant_type: 'refresh_token', refresh_token: refresh })
  }

  async #ask(form: Readonly<Record<string, string>>): Promise<PersonsTokens> {
    const { token: url, issuer } = await this.#know()
    const { auth } = await openCredential(this.#settings, url, this.#port.clock)
    const body = new URLSearchParams(form)
    const headers = new Headers({ 'content-type': 'application/x-www-form-urlencoded' })
    const { clientId } = this.#settings
    await auth({ issuer, token_endpoint: url }, { client_id: clientId }, body, headers)
    const asked = this.#port.clock.monotonic()
    const answer = await sendHttp(this.#port, {
      ...{ method: 'POST', url, timeoutMs },
      headers: Object.fromEntries(headers),
      body: body.toString(),
    })
    if (answer.kind === 'silence') throw this.#silent(answer.reason)
    const fields = fieldsOf(readJson(answer.text))
    const access = textOf(fields.access_token)
    if (answer.status !== 200 || access === undefined) throw this.#explain(answer.status, fields)
    const seconds = Number(fields.expires_in)
    return {
      access,
      refresh: textOf(fields.refresh_token),
      until: asked + Math.max(30, Number.isFinite(seconds) ? seconds : 3600) * 1000,
      idToken: textOf(fields.id_token),
    }
  }

  /** Signature, audience, times, nonce, and that the issuer is that of the very tenant the token names. */
  async #verify(token: string, nonce: string): Promise<IdClaims> {
    const { issuer, keys } = await this.#know()
    const wrong = (cause: unknown) =>
      new ConnectorFailure(
        'rejected',
        'Microsoft\u2019s proof of who signed in is not valid. Sign in again.',
        {
          cause,
        },
      )
    let claims: JWTPayload
    try {
      const { payload } = await jwtVerify(
        token,
        createLocalJWKSet((await this.#get(keys)) as JSONWebKeySet),
        {
          ...{ audience: this.#settings.clientId, algorithms: ['RS256'], clockTolerance: skewSeconds },
          currentDate: new Date(this.#port.clock.wall()),
          requiredClaims: ['exp', 'iat', 'sub'],
        },
      )
      claims = payload
    } catch (cause) {
      throw cause instanceof ConnectorFailure ? cause : wrong(cause)
    }
    const { tid, oid, iss, idp, acct, wids } = claims
    const isOurs = typeof tid === 'string' && iss === issuer.replace('{tenantid}', tid)
    if (!isOurs || typeof oid !== 'string' || claims.nonce !== nonce) throw wrong(undefined)
    const name = String(claims.preferred_username ?? claims.upn ?? oid).slice(0, 320)
    const isHome = idp === undefined || String(idp).toLowerCase().includes(tid.toLowerCase())
    return {
      account: { organisation: tid, id: oid, name },
      isGuest: Number(acct) === 1 || !isHome,
      roles: Array.isArray(wids) ? wids : undefined,
    }
  }

  #know(): Promise<Endpoint> {
    const asked = this.#endpoint ?? this.#discover()
    this.#endpoint = asked
    asked.catch(() => {
      // The next one asks again.
      if (this.#endpoint === asked) this.#endpoint = undefined
    })
    return asked
  }

  async #discover(): Promise<Endpoint> {
    const { loginUrl } = this.#settings
    const root = `${loginUrl}/${encodeURIComponent(this.#authority)}/v2.0`
    const told = fieldsOf(await this.#get(`${root}/.well-known/openid-configuration`))
    const [issuer, authorize] = [textOf(told.issuer), textOf(told.authorization_endpoint)]
    const [token, keys] = [textOf(told.token_endpoint), textOf(told.jwks_uri)]
    const isOfLogin = (url: string | undefined) =>
      url !== undefined && new URL(url).origin === new URL(loginUrl).origin
    if (
      !issuer ||
      !authorize ||
      !token ||
      !keys ||
      !isOfLogin(authorize) ||
      !isOfLogin(token) ||
      !isOfLogin(keys)
    ) {
      throw this.#silent('what it says of itself cannot be used')
    }
    return { issuer, authorize, token, keys }
  }

  async #get(url: string): Promise<unknown> {
    const answer = await sendHttp(this.#port, { method: 'GET', url, timeoutMs })
    if (answer.kind === 'silence') throw this.#silent(answer.reason)
    const body = readJson(answer.text)
    if (answer.status !== 200) throw this.#explain(answer.status, body)
    return body
  }

  #silent(reason: string): ConnectorFailure {
    const { host } = new URL(this.#settings.loginUrl)
    return new ConnectorFailure('not-ready', `No answer from ${host}: ${reason}.`, {
      fix: 'Check loginUrl, the firewall, the proxy and name resolution of this machine.',
    })
  }

  /** The application's own trouble is nobody's sign-in: only errors of the grant ask for a new one. */
  #explain(status: number, body: unknown): ConnectorFailure {
    const refusal = readEntraRefusal(status, body)
    const failure = explainEntra(refusal, { ...this.#settings, entraTenantId: this.#authority })
    if (failure.kind !== 'auth-failed' || refusal.error !== 'invalid_client') return failure
    return new ConnectorFailure('misconfigured', failure.message, {
      ...(failure.fix !== undefined && { fix: failure.fix }),
    })
  }
}
