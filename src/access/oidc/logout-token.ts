import { type JWTVerifyGetKey, jwtVerify } from 'jose'
import type { Clock } from '../../core/ports.ts'

const event = 'http://schemas.openid.net/event/backchannel-logout'
/** No `none`, and nothing that is signed with what both sides know. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA']
/** Older ones are refused, seconds; so long is remembered which came. */
const oldestSeconds = 300

export interface LogoutExpectation {
  readonly keys: JWTVerifyGetKey
  readonly issuer: string
  readonly clientId: string
  readonly skewSeconds: number
}

/** What a logout token ends: a session at the provider, or all of a subject. */
export interface Logout {
  readonly sid?: string
  readonly subject?: string
}

/** Reads logout tokens, each once (OpenID Connect Back-Channel Logout 1.0, section 2.6). */
export class LogoutTokens {
  readonly #clock: Clock
  /** By issuer and `jti`, until it would be too old. */
  readonly #seen = new Map<string, number>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** @throws Error that says what is wrong with it. */
  async read(token: string, { keys, issuer, clientId, skewSeconds }: LogoutExpectation): Promise<Logout> {
    const { payload } = await jwtVerify(token, keys, {
      ...{ issuer, audience: clientId, algorithms, clockTolerance: skewSeconds },
      currentDate: new Date(this.#clock.wall()),
      maxTokenAge: oldestSeconds,
      requiredClaims: ['iat', 'jti', 'events'],
    })
    const { events, jti, sid, sub, nonce } = payload
    if (nonce !== undefined) throw new Error('It has a nonce, as an ID token has.')
    if (!isObject(events) || !isObject(events[event])) throw new Error(`Its events lack ${event}.`)
    if (typeof sid !== 'string' && typeof sub !== 'string') throw new Error('It has neither sid nor sub.')
    this.#takeOnce(`${issuer}\n${jti}`, skewSeconds)
    return { ...(typeof sid === 'string' && { sid }), ...(typeof sub === 'string' && { subject: sub }) }
  }

  #takeOnce(id: string, skewSeconds: number): void {
    const now = this.#clock.monotonic()
    for (const [one, until] of this.#seen) {
      if (until > now) break
      this.#seen.delete(one)
    }
    if (this.#seen.has(id)) throw new Error('It was here already (jti).')
    this.#seen.set(id, now + (oldestSeconds + 2 * skewSeconds) * 1000)
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
