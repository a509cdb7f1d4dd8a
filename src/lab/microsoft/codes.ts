import { createHash, randomUUID } from 'node:crypto'
import type { Clock } from '../../core/ports.ts'
import type { Application } from './application.ts'
import { EntraRefusal } from './entra-errors.ts'
import type { SignedIn, SignIns } from './sign-ins.ts'
import { graphAudience, type Tokens } from './tokens.ts'
import { stableGuid, type User } from './user.ts'

/** A code lives for about ten minutes (learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow). */
const codeMs = 10 * 60_000
const tokenSeconds = 3600
/** Template id of the role, the same in every tenant. */
const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10'

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
  readonly #signIns: SignIns
  /** What a code stands for; `spent` ones stay to be told from unknown ones. */
  readonly #codes = new Map<string, { consent: Consent; until: number; spent: boolean }>()

  constructor(clock: Clock, tokens: Tokens, signIns: SignIns) {
    this.#clock = clock
    this.#tokens = tokens
    this.#signIns = signIns
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
    const { tenant, user, scope } = consent
    const signedIn = { tenant, clientId: application.clientId, user: user.id, scope }
    return {
      ...this.#answer(signedIn),
      id_token: await this.#idToken(consent, issuer.replace(/[^/]+(?=\/v2\.0$)/, tenant)),
    }
  }

  /** Answers the token request that a refresh token makes, or throws EntraRefusal. */
  renew(form: Readonly<Record<string, string>>, application: Application, tenant: string) {
    const asked = { tenant, clientId: application.clientId }
    return this.#answer(this.#signIns.use(form.refresh_token ?? '', asked))
  }

  #answer(signedIn: SignedIn) {
    const { tenant, clientId, user, scope } = signedIn
    const words = scope.split(' ').filter((one) => one !== '')
    const scopes = words.map((one) => one.replace(`${graphAudience}/`, ''))
    const { token, expiresIn } = this.#tokens.issueFor({ tenant, clientId, user: { id: user, scopes } })
    return {
      ...{ token_type: 'Bearer', scope, expires_in: expiresIn, ext_expires_in: expiresIn },
      access_token: token,
      ...(words.includes('offline_access') && { refresh_token: this.#signIns.issue(signedIn) }),
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
      ...(application.tellsDirectoryRoles && { wids: user.globalAdmin ? [globalAdministrator] : [] }),
      ...(nonce !== undefined && { nonce }),
    })
  }
}
