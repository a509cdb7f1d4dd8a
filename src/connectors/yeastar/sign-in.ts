import { createHash } from 'node:crypto'
import { type ConnectorContext, ConnectorFailure } from '../../core/connector.ts'
import type { TokenView } from '../../core/workings.ts'
import { fieldsOf, type HttpAnswer, readJson, sendHttp, textOf } from '../kit/http.ts'
import { type Granted, TokenHolder } from '../kit/token-holder.ts'
import type { Settings } from './config.ts'
import { codes, readErrcode } from './error-codes.ts'

/** The PBX answers only who says who it is (developer guide, API request overview). */
export const userAgent = { 'user-agent': 'OpenAPI' } as const
/** Every request has a connection of its own there: one that is kept might be closed under the next write. */
export const requestHeaders = { ...userAgent, connection: 'close' } as const
export const apiPath = '/openapi/v1.0'

const timeoutMs = 10_000
/** A stop must not wait long for a PBX that is gone. */
const leaveMs = 2_000
const usualLifeMs = 30 * 60_000
const limitWaitMs = 60_000

/**
 * The one access token of a client in this process: the PBX has eight for all of its clients together. Whoever uses it
 * joins and leaves; the last one to leave gives the token back.
 */
export class SignIn {
  readonly #settings: Settings
  readonly #context: ConnectorContext
  #holder: TokenHolder
  #held: string | undefined
  #users = 0

  constructor(settings: Settings, context: ConnectorContext) {
    this.#settings = settings
    this.#context = context
    this.#holder = this.#newHolder()
  }

  join(): void {
    this.#users += 1
  }

  /** Never throws. Once for each `join`. */
  async leave(): Promise<void> {
    this.#users -= 1
    const token = this.#held
    if (this.#users > 0 || token === undefined) return
    this.#held = undefined
    this.#holder = this.#newHolder()
    await this.#ask('GET', { path: `/del_token?access_token=${encodeURIComponent(token)}`, limitMs: leaveMs })
  }

  /** Throws ConnectorFailure. */
  get(): Promise<string> {
    return this.#holder.get()
  }

  accepted(token: string): void {
    this.#holder.accepted(token)
  }

  /** Of the token. */
  inspect(): TokenView {
    return this.#holder.inspect()
  }

  /** The token was refused. True when it is worth trying with another. */
  discard(token: string): boolean {
    return this.#holder.discard(token)
  }

  #newHolder(): TokenHolder {
    return new TokenHolder(this.#context.clock, () => this.#grant())
  }

  async #grant(): Promise<Granted> {
    const { url, clientId, clientSecret } = this.#settings
    const { host } = new URL(url)
    const body = JSON.stringify({ username: clientId, password: clientSecret })
    const answer = await this.#ask('POST', { path: '/get_token', body, limitMs: timeoutMs })
    if (answer.kind === 'silence') {
      throw new ConnectorFailure('not-ready', `No token from ${host}: ${answer.reason}.`, {
        fix: 'Check url, the firewall, the name resolution of this machine, and the IP restriction at Integrations > API. A self-signed certificate has to be trusted by this machine.',
      })
    }
    const json = readJson(answer.text)
    const errcode = readErrcode(json)
    if (answer.status !== 200 || errcode !== 0) throw explainRefusal(answer, errcode, host)
    const { access_token, access_token_expire_time: seconds } = fieldsOf(json)
    const value = textOf(access_token)
    if (value === undefined) throw noApi(host, answer.status)
    this.#held = value
    const lifeMs = typeof seconds === 'number' && seconds > 0 ? seconds * 1000 : usualLifeMs
    return { value, lifeMs }
  }

  #ask(method: 'GET' | 'POST', about: { path: string; body?: string; limitMs: number }) {
    const { fetch, clock } = this.#context
    return sendHttp(
      // Shared by all instances of this client: the end of one must not end the sign-in of another.
      { fetch, clock, signal: new AbortController().signal },
      {
        method,
        url: `${this.#settings.url}${apiPath}${about.path}`,
        headers: { ...requestHeaders, 'content-type': 'application/json' },
        ...(about.body === undefined ? {} : { body: about.body }),
        timeoutMs: about.limitMs,
      },
    )
  }
}

function noApi(host: string, status: number): ConnectorFailure {
  return new ConnectorFailure('misconfigured', `${host} has no API for applications (${status}).`, {
    fix: 'Check url, and enable Integrations > API. It needs a P550, P560 or P570 with firmware 37.7.0.16 or later, a Software Edition, or a Cloud Edition 84.7.0.17 or later; a P520 has none.',
  })
}

function explainRefusal(
  { status, retryAfterMs }: HttpAnswer,
  errcode: number | undefined,
  host: string,
): ConnectorFailure {
  if (status === 429 || status >= 500) {
    const wait = retryAfterMs === undefined ? {} : { retryAfterMs }
    const kind = status === 429 ? 'rate-limited' : 'not-ready'
    return new ConnectorFailure(kind, `${host} answered the sign-in with ${status}.`, wait)
  }
  if (status !== 200 || errcode === undefined || errcode === codes.noInterface) return noApi(host, status)
  if (errcode === codes.tokenLimit) {
    return new ConnectorFailure('rate-limited', `${host} has no access token left (${errcode}).`, {
      retryAfterMs: limitWaitMs,
      fix: 'The PBX has eight tokens for all of its applications; end programs that ask for new ones without giving them back.',
    })
  }
  if (errcode === codes.addressBlocked) {
    return new ConnectorFailure('auth-failed', `${host} has blocked the address of this hub (${errcode}).`, {
      fix: 'Unblock it at Security > Security Rules > Blocked IPs of the PBX, and check clientId and clientSecret.',
    })
  }
  return new ConnectorFailure(
    'auth-failed',
    `${host} does not accept the Client ID or Client Secret (${errcode}).`,
    {
      fix: 'Compare clientId and clientSecret with Integrations > API of the PBX, and its IP restriction with the address of this machine.',
    },
  )
}

/** The sign-in that all instances with this client share. */
export function shareSignIn(settings: Settings, context: ConnectorContext): SignIn {
  const { url, clientId, clientSecret } = settings
  const key = createHash('sha256')
    .update(JSON.stringify([url, clientId, clientSecret]))
    .digest('hex')
  return context.shared(`yeastar token ${key}`, () => new SignIn(settings, context))
}
