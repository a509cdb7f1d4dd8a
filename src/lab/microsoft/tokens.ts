import { generateKeyPair, type KeyObject, randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import { exportJWK, type JWK, type JWTPayload, SignJWT } from 'jose'
import type { Clock } from '../../core/ports.ts'
import type { Application, Role } from './application.ts'
import { stableGuid } from './user.ts'

/** What a bearer token stands for. */
export interface Grant {
  readonly tenant: string
  readonly clientId: string
  readonly roles: readonly Role[]
  /** Of a person who signed in: object id, and what they let the application do for them. */
  readonly user?: { readonly id: string; readonly scopes: readonly string[] }
  /** Monotonic milliseconds. */
  readonly endsAt: number
}

export const graphAudience = 'https://graph.microsoft.com'
const keyId = 'lab-signing-key'

/** Issues access tokens and knows those it issued; anything else is refused by Graph. */
export class Tokens {
  readonly #clock: Clock
  readonly #key: KeyObject
  readonly #grants = new Map<string, Grant>()
  /** The public half of the signing key, for `/discovery/v2.0/keys`. */
  readonly publicKey: JWK

  private constructor(clock: Clock, key: KeyObject, publicKey: JWK) {
    this.#clock = clock
    this.#key = key
    this.publicKey = publicKey
  }

  static async create(clock: Clock): Promise<Tokens> {
    const { privateKey, publicKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
    const jwk = { ...(await exportJWK(publicKey)), kid: keyId, use: 'sig', alg: 'RS256' }
    return new Tokens(clock, privateKey, jwk)
  }

  /** A signed token with decoded `roles`, as Entra's v1 tokens for Graph are. */
  async issue(tenant: string, application: Application): Promise<{ token: string; expiresIn: number }> {
    const expiresIn = application.tokenLifeSeconds ?? 3599
    const issuedAt = Math.floor(this.#clock.wall() / 1000)
    const principal = stableGuid(`principal/${tenant}/${application.clientId}`)
    const token = await new SignJWT({
      appid: application.clientId,
      appidacr: application.secrets ? '1' : '2',
      idtyp: 'app',
      oid: principal,
      tid: tenant,
      uti: randomUUID(),
      ver: '1.0',
      ...(application.roles.length > 0 && { roles: [...application.roles] }),
    })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: keyId })
      .setAudience(graphAudience)
      .setIssuer(`https://sts.windows.net/${tenant}/`)
      .setSubject(principal)
      .setIssuedAt(issuedAt)
      .setNotBefore(issuedAt)
      .setExpirationTime(issuedAt + expiresIn)
      .sign(this.#key)
    this.#grants.set(token, {
      tenant,
      clientId: application.clientId,
      roles: application.roles,
      endsAt: this.#clock.monotonic() + expiresIn * 1000,
    })
    return { token, expiresIn }
  }

  /** A token that acts for a person who signed in; opaque to whoever gets it, as Graph's are by contract. */
  issueFor(grant: Pick<Grant, 'tenant' | 'clientId'> & { readonly user: NonNullable<Grant['user']> }): {
    readonly token: string
    readonly expiresIn: number
  } {
    const expiresIn = 3600
    const token = `lab-${randomUUID()}`
    this.#grants.set(token, { ...grant, roles: [], endsAt: this.#clock.monotonic() + expiresIn * 1000 })
    return { token, expiresIn }
  }

  /** Those of one person become invalid. */
  revoke(user: string): void {
    for (const [token, grant] of this.#grants) if (grant.user?.id === user) this.#grants.delete(token)
  }

  /** A token of any content, such as an ID token; Graph does not know it. */
  sign(claims: JWTPayload): Promise<string> {
    return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: keyId }).sign(this.#key)
  }

  /** `invalid` for a token that is not ours or was revoked. */
  check(token: string): Grant | 'expired' | 'invalid' {
    const grant = this.#grants.get(token)
    if (!grant) return 'invalid'
    return grant.endsAt <= this.#clock.monotonic() ? 'expired' : grant
  }

  /** Every token issued so far becomes invalid. */
  revokeAll(): void {
    this.#grants.clear()
  }
}
