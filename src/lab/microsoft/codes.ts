import { createHash, randomUUID } from 'node:crypto'
import type { Clock } from '../../core/ports.ts'
import type { Application } from './application.ts'
import { EntraRefusal } from './entra-errors.ts'
import type { Tokens } from './tokens.ts'
import { stableGuid, type User } from './user.ts'

/** A code lives for about ten minutes (learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow). */
const codeMs = 10 * 60_000
const tokenSeconds = 3600

/** What somebody signed in for. */
export interface Consent {
  readonly tenant: string
  readonly application: Application
  readonly user: User
  readonly redirectUri: string
  readonly scope: string
  readonly nonce: string | undefined
  /** Of PKCE, S256. */
  readonly challenge: string | undefined
}

/** Authorization codes, each for one token request, and the ID tokens given for them. */
export class Codes {
  readonly #clock: Clock
  readonly #tokens: Tokens
  /** What a code stands for; `spent` ones stay to be told from unknown ones. */
  readonly #codes = new Map<string, { consent: Consent; until: number; spent: boolean }>()

  constructor(clock: Clock, tokens: Tokens) {
    this.#clock = clock
    this.#tokens = tokens
  }

  issue(consent: Consent): string {
    const code = `1.${randomUUID()}${randomUUID()}`.replaceAll('-', '')
    this.#codes.set(code, { consent, until: this.#clock.monotonic() + codeMs, spent: false })
    return code
  }

  /** Answers the token request of an application that proved itself, or throws EntraRefusal. */
  async redeem(form: Readonly<Record<string, string>>, application: Application, issuer: string) {
    for (const name of ['code', 'redirect_uri'])
      if (!form[name]) throw new EntraRefusal(900144, `It must contain '${name}'.`)
    const found = this.#codes.get(form.code ?? '')
    if (!found || found.consent.application.clientId !== application.clientId) throw new EntraRefusal(70000)
    if (found.spent) throw new EntraRefusal(54005)
    if (this.#clock.monotonic() >= found.until) throw new EntraRefusal(70008)
    const { consent } = found
    if (form.redirect_uri !== consent.redirectUri) throw new EntraRefusal(500112)
    const verifier = createHash('sha256').update(form.code_verifier ?? '')
    if (consent.challenge !== undefined && verifier.digest('base64url') !== consent.challenge)
      throw new EntraRefusal(501481)
    found.spent = true
    return {
      token_type: 'Bearer',
      scope: consent.scope,
      expires_in: tokenSeconds,
      ext_expires_in: tokenSeconds,
      // Stands for the person; Graph of the lab knows tokens of applications only.
      access_token: randomUUID(),
      id_token: await this.#idToken(consent, issuer),
    }
  }

  #idToken({ tenant, application, user, nonce }: Consent, issuer: string): Promise<string> {
    const now = Math.floor(this.#clock.wall() / 1000)
    const roles = application.appRoles?.[user.userPrincipalName.toLowerCase()]
    return this.#tokens.sign({
      ...{ iss: issuer, aud: application.clientId, iat: now, nbf: now, exp: now + tokenSeconds },
      ...{ name: user.displayName, preferred_username: user.userPrincipalName, oid: user.id, tid: tenant },
      // Another for each application (learn.microsoft.com/entra/identity-platform/id-token-claims-reference).
      sub: stableGuid(`subject/${application.clientId}/${user.id}`),
      ...{ sid: stableGuid(`session/${user.id}`), uti: randomUUID(), ver: '2.0' },
      ...(user.mail !== null && { email: user.mail }),
      ...(user.userType === 'Guest' && { idp: 'https://sts.windows.net/another-tenant/' }),
      ...(roles && { roles }),
      ...(nonce !== undefined && { nonce }),
    })
  }
}
