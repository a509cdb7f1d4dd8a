import { createRemoteJWKSet, customFetch as keyFetch } from 'jose'
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  type CustomFetch,
  calculatePKCECodeChallenge,
  clockTolerance,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  None,
} from 'openid-client'
import type { Clock } from '../../core/ports.ts'
import { type Claims, readClaim } from './claims.ts'
import type { RoundTrip } from './round-trips.ts'
import type { ProviderSettings } from './settings.ts'

/** By how much its clock and ours may differ, seconds. */
export const skewSeconds = 60
/** What it says of itself is read again after this long, milliseconds. */
const believedMs = 60 * 60_000
const patienceSeconds = 10

/** What is known of a provider by its own word. */
interface Known {
  readonly client: Configuration
  readonly keys: ReturnType<typeof createRemoteJWKSet> | undefined
  readonly until: number
}

/** One provider of OpenID Connect; it is asked for its addresses when somebody first needs it. */
export class Provider {
  readonly settings: ProviderSettings
  readonly #clock: Clock
  readonly #fetch: typeof fetch
  #known: Promise<Known> | undefined

  constructor(settings: ProviderSettings, clock: Clock, fetchBy: typeof fetch) {
    this.settings = settings
    this.#clock = clock
    this.#fetch = fetchBy
  }

  /** Where the browser signs in: authorization code with PKCE (RFC 7636). */
  async addressFor({ state, nonce, verifier }: RoundTrip, redirectUri: string): Promise<string> {
    const { client } = await this.know()
    return buildAuthorizationUrl(client, {
      redirect_uri: redirectUri,
      scope: [...new Set(['openid', ...this.settings.scopes])].join(' '),
      response_mode: 'query',
      ...{ state, nonce },
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    }).href
  }

  /**
   * Who came back: state, issuer, code, signature, nonce, audience and times are checked.
   * @throws Error of openid-client.
   */
  async redeem(
    trip: RoundTrip,
    answer: URL,
  ): Promise<Claims & { readonly sub: string; readonly iss: string }> {
    const { client } = await this.know()
    const tokens = await authorizationCodeGrant(client, answer, {
      expectedState: trip.state,
      expectedNonce: trip.nonce,
      pkceCodeVerifier: trip.verifier,
      idTokenExpected: true,
    })
    const told = tokens.claims()!
    if (!client.serverMetadata().userinfo_endpoint || this.#isEnough(told)) return told
    // Some providers tell the rest there alone; the ID token stands above it.
    return { ...(await fetchUserInfo(client, tokens.access_token, told.sub)), ...told }
  }

  /** @throws Error where it cannot be reached, or says that it is another. */
  know(): Promise<Known> {
    const now = this.#clock.monotonic()
    const asked = (this.#known ?? this.#ask(now)).then((known) =>
      known.until > now ? known : this.#ask(now),
    )
    this.#known = asked
    asked.catch(() => {
      // The next one asks again.
      if (this.#known === asked) this.#known = undefined
    })
    return asked
  }

  async #ask(now: number): Promise<Known> {
    const { issuer, clientId, clientSecret } = this.settings
    const server = new URL(issuer)
    const client = await discovery(
      server,
      clientId,
      { [clockTolerance]: skewSeconds },
      clientSecret === undefined ? None() : bySecret(clientSecret),
      {
        timeout: patienceSeconds,
        [customFetch]: this.#fetch as CustomFetch,
        execute: [
          enableNonRepudiationChecks,
          // The configuration takes plain http on loopback only.
          ...(server.protocol === 'http:' ? [allowInsecureRequests] : []),
        ],
      },
    )
    const { jwks_uri: keys } = client.serverMetadata()
    return {
      client,
      keys: keys === undefined ? undefined : createRemoteJWKSet(new URL(keys), { [keyFetch]: this.#fetch }),
      until: now + believedMs,
    }
  }

  #isEnough(told: Claims): boolean {
    const named = this.settings.grants.flatMap(({ claim }) => claim ?? [])
    const wanted = [...named, 'name', ...(this.settings.trustMail && told.tid === undefined ? ['email'] : [])]
    return wanted.every((claim) => readClaim(told, claim) !== undefined)
  }
}

/** In the form that the provider names first (OpenID Connect Core 1.0, section 9). */
function bySecret(secret: string): ClientAuth {
  const [basic, post] = [ClientSecretBasic(secret), ClientSecretPost(secret)]
  return (...call) => {
    const named = call[0].token_endpoint_auth_methods_supported ?? []
    const first = named.find((one) => one === 'client_secret_basic' || one === 'client_secret_post')
    return (first === 'client_secret_post' ? post : basic)(...call)
  }
}
