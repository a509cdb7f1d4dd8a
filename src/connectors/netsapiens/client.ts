import { type ConnectorContext, ConnectorFailure } from '../../core/connector.ts'
import type { Workings } from '../../core/workings.ts'
import { parseBaseUrl } from '../kit/base-url.ts'
import { type Priority, RequestBudget } from '../kit/budget.ts'
import { fieldsOf, type HttpAnswer, type HttpPort, readJson, sendHttp, textOf } from '../kit/http.ts'
import { RequestQueue } from '../kit/request-queue.ts'
import type { Settings } from './config.ts'
import { credentialKey, type Signer, signerOf } from './sign-in.ts'

export interface ApiRequest {
  /** For metrics: `calls`, `rules`, `users` ... */
  readonly call: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below `/ns-api/v2`. */
  readonly path: string
  readonly body?: unknown
  readonly priority: Priority
  /** How long it may stand in line, milliseconds; without it, as long as it takes. */
  readonly patienceMs?: number
}

export type ApiReply =
  | { readonly kind: 'ok'; readonly json: unknown }
  /** Answered, and the answer is no JSON. */
  | { readonly kind: 'malformed'; readonly reason: string }
  /** Will be refused again. */
  | { readonly kind: 'refused'; readonly status: number; readonly failure: ConnectorFailure }
  /** Nothing was done; come back later. */
  | { readonly kind: 'wait'; readonly retryAfterMs: number; readonly reason: string }
  /** Not known whether it arrived. */
  | { readonly kind: 'trouble'; readonly reason: string }

/** Requests under way at a time, as clients of others have them. */
const width = 5
const timeoutMs = 10_000
const defaultWaitMs = 5_000

/** API v2 with a key or token, within the budget of the credential. */
export class ApiClient {
  readonly settings: Settings
  /** Without a slash at the end; empty where the configured one cannot be used. */
  readonly url: string
  readonly queue: RequestQueue
  readonly #unusable: ConnectorFailure | undefined
  readonly #signer: Signer
  readonly #metrics: ConnectorContext['metrics']
  readonly #port: HttpPort

  /** No I/O. `signal` ends every request. */
  constructor(settings: Settings, context: ConnectorContext, signal: AbortSignal) {
    const address = readAddress(settings.url)
    this.#unusable = typeof address === 'string' ? undefined : address
    this.url = typeof address === 'string' ? address : ''
    this.settings = { ...settings, url: this.url }
    this.#metrics = context.metrics
    this.#port = { fetch: context.fetch, clock: context.clock, signal }
    this.#signer = signerOf(this.settings, context)
    const limit = settings.requestsPer30s
    this.queue = context.shared(`netsapiens budget ${credentialKey(this.settings)}`, () => {
      const budget = new RequestBudget({ start: limit, ceiling: limit }, context.clock.monotonic())
      return new RequestQueue(budget, context.clock, width)
    })
  }

  /** The limit that is configured counts from now until `gone`: no trial changes what is shared. */
  agree(gone: AbortSignal): void {
    const limit = this.settings.requestsPer30s
    this.queue.budget.agree({ start: limit, ceiling: limit }, gone)
  }

  /** `/domains/{domain}` and what follows. */
  domainPath(rest: string): string {
    return `/domains/${encodeURIComponent(this.settings.domain)}/${rest}`
  }

  userPath(user: string, rest: string): string {
    return this.domainPath(`users/${encodeURIComponent(user)}/${rest}`)
  }

  inspect(): Workings {
    const token = this.#signer.inspect?.()
    return { ...this.queue.inspect(), ...(token && { token }) }
  }

  /** Never throws. */
  async send(request: ApiRequest): Promise<ApiReply> {
    const first = await this.#sendOnce(request)
    if (first !== 'expired') return first
    const second = await this.#sendOnce(request)
    return second === 'expired' ? { kind: 'trouble', reason: 'the sign-in ended twice in a row' } : second
  }

  async #sendOnce(request: ApiRequest): Promise<ApiReply | 'expired'> {
    if (this.#unusable) return { kind: 'refused', status: 0, failure: this.#unusable }
    const { signal, clock } = this.#port
    let token: string
    try {
      token = await this.#signer.get()
    } catch (error) {
      return notSignedIn(error)
    }
    const turn = await this.queue.turn(request.priority, request.patienceMs, signal)
    if (turn.kind === 'wait') {
      return { kind: 'wait', retryAfterMs: turn.retryAfterMs, reason: 'the request budget is used up' }
    }
    const answer = await sendHttp(this.#port, {
      method: request.method,
      url: `${this.url}/ns-api/v2${request.path}`,
      headers: {
        ...{ accept: 'application/json', authorization: `Bearer ${token}` },
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      timeoutMs,
    }).finally(() => this.queue.done(request.priority))
    const { call } = request
    const status = answer.kind === 'answer' ? String(answer.status) : answer.why
    this.#metrics.count('netsapiens_requests_total', { call, status })
    this.#metrics.observe('netsapiens_request_ms', clock.monotonic() - turn.sentAt, { call })
    if (answer.kind === 'silence') return { kind: 'trouble', reason: answer.reason }
    if (answer.status === 401) {
      if (this.#signer.discard(token)) return 'expired'
      return { kind: 'refused', status: 401, failure: await this.#refusal() }
    }
    this.#signer.accepted(token)
    return this.#judge(answer, turn.sentAt, token)
  }

  /** What the signer says after a refusal. */
  async #refusal(): Promise<ConnectorFailure> {
    try {
      await this.#signer.get()
    } catch (error) {
      if (error instanceof ConnectorFailure) return error
    }
    return new ConnectorFailure(
      'auth-failed',
      'The platform refuses a token that it has just granted (401).',
      {
        fix: 'Check that the user is an office manager of the domain or above, and the IP restriction of the client.',
      },
    )
  }

  #judge(answer: HttpAnswer, sentAt: number, token: string): ApiReply {
    const { status, retryAfterMs } = answer
    if (status >= 200 && status < 300) {
      const json = readJson(answer.text)
      if (json === undefined && answer.text.trim() !== '') {
        return { kind: 'malformed', reason: 'the answer is no JSON' }
      }
      return { kind: 'ok', json }
    }
    if (status === 429 || ((status === 503 || status === 504) && retryAfterMs !== undefined)) {
      const wait = retryAfterMs ?? defaultWaitMs
      this.queue.budget.refused(sentAt, this.#port.clock.monotonic(), wait)
      return { kind: 'wait', retryAfterMs: wait, reason: `the platform asked for fewer requests (${status})` }
    }
    if (status >= 500 || status === 408) return { kind: 'trouble', reason: `the platform answered ${status}` }
    return { kind: 'refused', status, failure: this.#failureOf(answer, token) }
  }

  #failureOf({ status, text }: HttpAnswer, token: string): ConnectorFailure {
    const { domain, profile } = this.settings
    const said = withoutSecrets(textOf(fieldsOf(readJson(text)).message), token)
    const why = said === undefined ? `${status}` : `${status}: ${said}`
    if (status === 403) {
      return new ConnectorFailure('misconfigured', `Key or user may not do this (${why}).`, {
        fix: `Ask ${profile.operator} for a key of scope Office Manager for domain "${domain}" that may write.`,
      })
    }
    if (status === 404) {
      return new ConnectorFailure('misconfigured', `The platform does not have this (${why}).`, {
        fix: `Write "domain" as the platform lists it, and "url" as the host of the API, for example ${profile.exampleUrl}.`,
      })
    }
    const redirect = status >= 300 && status < 400
    return new ConnectorFailure('misconfigured', `The platform answered ${why}.`, {
      fix: redirect
        ? 'Write the address behind the redirection into "url".'
        : `Show this answer to ${profile.operator}.`,
    })
  }
}

/** What the platform says, short; it may repeat our key, or the address that it is to post to. */
function withoutSecrets(message: string | undefined, token: string): string | undefined {
  return message
    ?.replaceAll(token, '(hidden)')
    .replace(/https?:\S+/g, '(an address)')
    .slice(0, 120)
}

function readAddress(url: string): string | ConnectorFailure {
  try {
    return parseBaseUrl(url.replace(/\/ns-api(\/v2)?\/*$/, ''), 'url')
  } catch (error) {
    return error instanceof ConnectorFailure
      ? error
      : new ConnectorFailure('misconfigured', 'url: this is not an address.', { cause: error })
  }
}

function notSignedIn(error: unknown): ApiReply {
  const failure =
    error instanceof ConnectorFailure
      ? error
      : new ConnectorFailure('unexpected', 'The sign-in failed.', { cause: error })
  if (failure.kind === 'rate-limited') {
    return { kind: 'wait', retryAfterMs: failure.retryAfterMs ?? defaultWaitMs, reason: failure.message }
  }
  if (failure.kind === 'not-ready') return { kind: 'trouble', reason: failure.message }
  return { kind: 'refused', status: 401, failure }
}

/** What a reply that cannot be used means for the start. */
export function failureOf(reply: ApiReply): ConnectorFailure {
  if (reply.kind === 'refused') return reply.failure
  const text = `The platform cannot be read: ${'reason' in reply ? reply.reason : 'no reason was given'}.`
  if (reply.kind === 'wait') {
    return new ConnectorFailure('rate-limited', text, { retryAfterMs: reply.retryAfterMs })
  }
  if (reply.kind === 'trouble') {
    return new ConnectorFailure('not-ready', text, { fix: 'Check "url", the network and the platform.' })
  }
  return new ConnectorFailure('misconfigured', text, {
    fix: 'Check that "url" is the host of the API of a NetSapiens platform; the portal may be at another.',
  })
}
