import { type ConnectorContext, ConnectorFailure } from '../../core/connector.ts'
import type { Priority } from '../kit/budget.ts'
import { type HttpAnswer, type HttpPort, readJson, sendHttp } from '../kit/http.ts'
import type { TokenHolder } from '../kit/token-holder.ts'
import type { Account } from './config.ts'
import { type Credential, shareCredential } from './credential.ts'

export interface WebexRequest {
  /** For metrics: `calls`, `dnd`, `people` ... */
  readonly call: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below the address of the API; a whole address of the same server for a next page. */
  readonly path: string
  readonly body?: unknown
  readonly priority: Priority
  /** How long it may stand in line, milliseconds; without it, as long as it takes. */
  readonly patienceMs?: number
  /** A person's own token in the place of the Service App's. */
  readonly as?: TokenHolder
}

export type WebexReply =
  | { readonly kind: 'ok'; readonly json: unknown; readonly headers: Headers }
  /** Answered, and the answer is not what it should be. */
  | { readonly kind: 'malformed'; readonly reason: string }
  /** 404, 410 */
  | { readonly kind: 'missing' }
  /** Will be refused again. */
  | { readonly kind: 'refused'; readonly status: number; readonly failure: ConnectorFailure }
  /** Nothing was done; come back later. */
  | { readonly kind: 'wait'; readonly retryAfterMs: number; readonly reason: string }
  /** Not known whether it arrived. */
  | { readonly kind: 'trouble'; readonly reason: string }

const timeoutMs = 10_000
const defaultWaitMs = 5_000

/** The Webex REST API, within the budget of the Service App. */
export class WebexClient {
  readonly credential: Credential
  readonly #account: Account
  readonly #context: ConnectorContext
  readonly #port: HttpPort

  /** No I/O. `signal` ends every request. */
  constructor(account: Account, context: ConnectorContext, signal: AbortSignal) {
    this.#account = account
    this.#context = context
    this.credential = shareCredential(account, context)
    this.#port = { fetch: context.fetch, clock: context.clock, signal }
  }

  /** The limit that is configured counts from now until `gone`: no trial changes what is shared. */
  agree(gone: AbortSignal): void {
    const limit = this.#account.requestsPer30s
    this.credential.queue.budget.agree({ start: limit, ceiling: limit }, gone)
  }

  /** A path with the organization in its query, where one is configured. */
  inOrg(path: string, query: Readonly<Record<string, string>> = {}): string {
    const { orgId } = this.#account
    const all = new URLSearchParams({ ...query, ...(orgId !== undefined && { orgId }) }).toString()
    return all === '' ? path : `${path}?${all}`
  }

  /** Never throws. A token that has ended before its time is exchanged once. */
  async send(request: WebexRequest): Promise<WebexReply> {
    const holder = request.as ?? this.credential.token
    for (let attempt = 1; ; attempt += 1) {
      let token: string
      try {
        token = await holder.get()
      } catch (error) {
        return unsigned(error)
      }
      const answer = await this.#sendWith(token, request)
      if ('done' in answer) return answer.done
      if (answer.status !== 401) {
        holder.accepted(token)
        return this.#judge(answer, request)
      }
      if (!holder.discard(token) || attempt > 1) {
        const failure = new ConnectorFailure('auth-failed', 'Webex refuses the access token (401).', {
          fix: 'Authorize the Service App in Control Hub again, and put its new refresh token into "refreshToken".',
        })
        return { kind: 'refused', status: 401, failure }
      }
    }
  }

  async #sendWith(
    token: string,
    request: WebexRequest,
  ): Promise<(HttpAnswer & { readonly sentAt: number }) | { readonly done: WebexReply }> {
    const { queue } = this.credential
    const turn = await queue.turn(request.priority, request.patienceMs, this.#port.signal)
    if (turn.kind === 'wait') {
      const reason = 'the request budget is used up'
      return { done: { kind: 'wait', retryAfterMs: turn.retryAfterMs, reason } }
    }
    const { method, path, body, call } = request
    const answer = await sendHttp(this.#port, {
      method,
      url: path.startsWith('/') ? this.#account.url + path : path,
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      timeoutMs,
    }).finally(() => queue.done(request.priority))
    const status = answer.kind === 'answer' ? String(answer.status) : answer.why
    this.#context.metrics.count('webex_requests_total', { call, status })
    this.#context.metrics.observe('webex_request_ms', this.#port.clock.monotonic() - turn.sentAt, { call })
    if (answer.kind === 'silence') return { done: { kind: 'trouble', reason: answer.reason } }
    return { ...answer, sentAt: turn.sentAt }
  }

  #judge(answer: HttpAnswer & { readonly sentAt: number }, { call }: WebexRequest): WebexReply {
    const { status, retryAfterMs, text, headers } = answer
    if (status >= 200 && status < 300) {
      const json = readJson(text)
      if (json === undefined && text.trim() !== '')
        return { kind: 'malformed', reason: 'the answer is no JSON' }
      return { kind: 'ok', json, headers }
    }
    // 423 is "locked for the moment" in Webex' own list of codes.
    const asksToWait = status === 429 || ((status === 503 || status === 423) && retryAfterMs !== undefined)
    if (asksToWait) {
      const wait = retryAfterMs ?? defaultWaitMs
      this.credential.queue.budget.refused(answer.sentAt, this.#port.clock.monotonic(), wait)
      return { kind: 'wait', retryAfterMs: wait, reason: `Webex asked for fewer requests (${status})` }
    }
    if (status === 404 || status === 410) return { kind: 'missing' }
    if (status >= 500 || status === 408 || status === 423) {
      return { kind: 'trouble', reason: `Webex answered ${status}` }
    }
    return { kind: 'refused', status, failure: refusalOf(status, call) }
  }
}

/** Which scope each call needs (developer.webex.com, the page of each call). */
const scopes: Readonly<Record<string, string>> = {
  people: 'spark-admin:people_read',
  presence: 'spark-admin:people_read',
  dnd: 'spark-admin:people_read',
  setDnd: 'spark-admin:people_write',
  calls: 'spark-admin:calls_read',
  msTeams: 'spark-admin:telephony_config_read',
  webhooks: 'spark:calls_read (of the integration)',
  ownCalls: 'spark:calls_read (of the integration)',
}

function refusalOf(status: number, call: string): ConnectorFailure {
  if (status === 403) {
    return new ConnectorFailure('misconfigured', `Webex does not allow this request (${call}, 403).`, {
      fix: `Give the app the scope ${scopes[call] ?? ''} at developer.webex.com and have it authorized again in Control Hub; for a customer's organization check "orgId".`,
    })
  }
  return new ConnectorFailure('misconfigured', `Webex refuses this request (${call}, ${status}).`, {
    fix: 'Check "url" and "orgId".',
  })
}

function unsigned(error: unknown): WebexReply {
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

/** What a reply that cannot be used means for a start, a directory or a check. */
export function failureOf(reply: Exclude<WebexReply, { kind: 'ok' }>, what: string): ConnectorFailure {
  switch (reply.kind) {
    case 'refused':
      return reply.failure
    case 'wait':
      return new ConnectorFailure('rate-limited', `${what} cannot be read: ${reply.reason}.`, {
        retryAfterMs: reply.retryAfterMs,
      })
    case 'trouble':
      return new ConnectorFailure('not-ready', `${what} cannot be read: ${reply.reason}.`, {
        fix: 'Check "url" and the network; status.webex.com tells of outages.',
      })
    default: {
      const why = reply.kind === 'missing' ? 'Webex knows nothing there (404)' : reply.reason
      return new ConnectorFailure('misconfigured', `${what} cannot be read: ${why}.`, {
        fix: 'Check "url" and "orgId".',
      })
    }
  }
}
