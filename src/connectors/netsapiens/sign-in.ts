import { createHash } from 'node:crypto'
import { type ConnectorContext, ConnectorFailure } from '../../core/connector.ts'
import type { Clock } from '../../core/ports.ts'
import type { TokenView } from '../../core/workings.ts'
import { fieldsOf, type HttpAnswer, readJson, sendHttp, textOf } from '../kit/http.ts'
import { type Granted, TokenHolder } from '../kit/token-holder.ts'
import type { Settings, SignIn } from './config.ts'

/** What requests are signed with. */
export interface Signer {
  /** Throws ConnectorFailure. */
  get(): Promise<string>
  accepted(value: string): void
  /** Refused as not signed in; true when it is worth trying with another. */
  discard(value: string): boolean
  /** Of the token; a key has none. */
  inspect?(): TokenView
}

const timeoutMs = 10_000
/** After a refused key nothing is sent for this long. */
const lockMs = 5 * 60_000
const usualLifeMs = 3_600_000

/** A key needs no sign-in; one that was refused is let rest for a while. */
class FixedKey implements Signer {
  readonly #key: string
  readonly #clock: Clock
  readonly #failure: ConnectorFailure
  #lockedUntil = Number.NEGATIVE_INFINITY

  constructor(key: string, clock: Clock, failure: ConnectorFailure) {
    this.#key = key
    this.#clock = clock
    this.#failure = failure
  }

  get(): Promise<string> {
    const locked = this.#clock.monotonic() < this.#lockedUntil
    return locked ? Promise.reject(this.#failure) : Promise.resolve(this.#key)
  }

  accepted(): void {
    this.#lockedUntil = Number.NEGATIVE_INFINITY
  }

  discard(): boolean {
    this.#lockedUntil = this.#clock.monotonic() + lockMs
    return false
  }
}

type Password = Exclude<SignIn, { kind: 'apiKey' }>

/** Asks for tokens: by the refresh token where there is one, else by user and password. */
class Asker {
  readonly #settings: Settings
  readonly #signIn: Password
  readonly #context: ConnectorContext
  #refresh: string | undefined

  constructor(settings: Settings, signIn: Password, context: ConnectorContext) {
    this.#settings = settings
    this.#signIn = signIn
    this.#context = context
  }

  async ask(): Promise<Granted> {
    const refresh = this.#refresh
    // Good for one use, whatever comes of it.
    this.#refresh = undefined
    const renewed = refresh === undefined ? undefined : await this.#send(this.#refreshBody(refresh))
    const granted = renewed && this.#read(renewed)
    if (granted) return granted
    const { clientId, clientSecret, username, password } = this.#signIn
    const body = {
      ...{ grant_type: 'password', client_id: clientId, client_secret: clientSecret },
      ...{ username, password },
    }
    const answer = await this.#send(body)
    const first = this.#read(answer)
    if (first) return first
    throw this.#explain(answer)
  }

  #refreshBody(refresh: string): Record<string, string> {
    const { kind, clientId, clientSecret } = this.#signIn
    if (kind === 'jwt') return { refresh }
    return {
      ...{ grant_type: 'refresh_token', client_id: clientId, client_secret: clientSecret },
      refresh_token: refresh,
    }
  }

  /** Throws ConnectorFailure where nobody answers. */
  async #send(body: Readonly<Record<string, string>>): Promise<HttpAnswer> {
    const path = this.#signIn.kind === 'jwt' ? '/ns-api/v2/jwt' : '/ns-api/v2/tokens'
    const answer = await this.#post(path, JSON.stringify(body), 'application/json')
    if (answer.status !== 404 || this.#signIn.kind === 'jwt') return answer
    // Releases before this path have the older one, with a form.
    const form = new URLSearchParams({ ...body, format: 'json' }).toString()
    return this.#post('/ns-api/oauth2/token/', form, 'application/x-www-form-urlencoded')
  }

  async #post(path: string, body: string, contentType: string): Promise<HttpAnswer> {
    const answer = await sendHttp(
      // Shared by all instances of this user: the end of one must not end the sign-in of another.
      { fetch: this.#context.fetch, clock: this.#context.clock, signal: new AbortController().signal },
      {
        ...{ method: 'POST', url: this.#settings.url + path, body, timeoutMs },
        headers: { 'content-type': contentType, accept: 'application/json' },
      },
    )
    if (answer.kind === 'answer') return answer
    throw new ConnectorFailure('not-ready', `No sign-in at the platform: ${answer.reason}.`, {
      fix: 'Check "url", the network, and the IP restriction of the API client.',
    })
  }

  /** A renewal may be answered with 200 and hold no token. */
  #read({ status, text }: HttpAnswer): Granted | undefined {
    if (status !== 200) return undefined
    const fields = fieldsOf(readJson(text))
    const value = textOf(fields.access_token) ?? textOf(fields.token)
    if (value === undefined) return undefined
    this.#refresh = textOf(fields.refresh_token) ?? textOf(fields.refresh)
    const seconds = Number(fields.expires_in)
    if (seconds > 0) return { value, lifeMs: seconds * 1000 }
    return { value, lifeMs: lifeOf(value, this.#context.clock.wall()) }
  }

  #explain({ status, text, retryAfterMs }: HttpAnswer): ConnectorFailure {
    const { operator } = this.#settings.profile
    if (status === 429 || status >= 500) {
      const kind = status === 429 ? 'rate-limited' : 'not-ready'
      const wait = retryAfterMs === undefined ? {} : { retryAfterMs }
      return new ConnectorFailure(kind, `The platform answered the sign-in with ${status}.`, wait)
    }
    if (status === 200 && /mfa/.test(text)) {
      return new ConnectorFailure('auth-failed', 'The platform asks for a second factor.', {
        fix: 'Use an API key, or a user without a second factor.',
      })
    }
    if (status === 404 || (status >= 300 && status < 400) || status === 200) {
      return new ConnectorFailure('misconfigured', `There is no sign-in at this address (${status}).`, {
        fix: `Set "url" to the host of the API, for example ${this.#settings.profile.exampleUrl}; the portal may be elsewhere.`,
      })
    }
    return new ConnectorFailure('auth-failed', `The platform refuses client, user or password (${status}).`, {
      fix: `Correct clientId, clientSecret, username and password; the client is issued by ${operator}.`,
    })
  }
}

/** `exp` of a JSON Web Token, unverified: it only says when to ask for the next. */
function lifeOf(token: string, wall: number): number {
  const part = token.split('.')[1] ?? ''
  const { exp } = fieldsOf(readJson(Buffer.from(part, 'base64url').toString('utf8')))
  const lifeMs = Number(exp) * 1000 - wall
  return lifeMs > 0 ? lifeMs : usualLifeMs
}

/** A name for the credential that does not tell it. */
export function credentialKey({ url, signIn }: Settings): string {
  return createHash('sha256')
    .update(JSON.stringify([url, signIn instanceof ConnectorFailure ? '' : signIn]))
    .digest('hex')
}

/** One per credential in this process, however many domains share it. */
export function signerOf(settings: Settings, context: ConnectorContext): Signer {
  const { signIn, profile } = settings
  if (signIn instanceof ConnectorFailure) {
    return { get: () => Promise.reject(signIn), accepted: () => {}, discard: () => false }
  }
  return context.shared(`netsapiens sign-in ${credentialKey(settings)}`, (): Signer => {
    if (signIn.kind === 'apiKey')
      return new FixedKey(signIn.apiKey, context.clock, keyRefused(profile.operator))
    const asker = new Asker(settings, signIn, context)
    return new TokenHolder(context.clock, () => asker.ask())
  })
}

function keyRefused(operator: string): ConnectorFailure {
  return new ConnectorFailure('auth-failed', 'The platform refuses the API key (401).', {
    fix: `Correct "apiKey"; a new one comes from ${operator}. It may also be bound to other IP addresses.`,
  })
}
