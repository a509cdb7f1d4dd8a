import { createHash } from 'node:crypto'
import { type ConnectorContext, ConnectorFailure } from '../../core/connector.ts'
import type { Clock } from '../../core/ports.ts'
import { parseBaseUrl } from '../kit/base-url.ts'
import { type Priority, RequestBudget } from '../kit/budget.ts'
import { type HttpAnswer, type HttpPort, readJson, sendHttp } from '../kit/http.ts'
import { RequestQueue } from '../kit/request-queue.ts'
import type { Settings } from './config.ts'

export interface PbxRequest {
  /** For metrics: `calls`, `dnd`, `extensions` ... */
  readonly call: string
  readonly method: 'GET' | 'POST'
  /** Below the address of the PBX. */
  readonly path: string
  readonly body?: unknown
  readonly priority: Priority
  /** How long it may stand in line, milliseconds; without it, as long as it takes. */
  readonly patienceMs?: number
  /** The token of a session speaks for itself (doc.vodia.com/docs/thirdparty). */
  readonly withoutSignIn?: boolean
}

export type PbxReply =
  | { readonly kind: 'ok'; readonly json: unknown; readonly headers: Headers }
  /** Answered, and the answer is no JSON. */
  | { readonly kind: 'malformed'; readonly reason: string }
  /** Will be refused again. */
  | { readonly kind: 'refused'; readonly status: number; readonly failure: ConnectorFailure }
  /** Nothing was done; come back later. */
  | { readonly kind: 'wait'; readonly retryAfterMs: number; readonly reason: string }
  /** Not known whether it arrived. */
  | { readonly kind: 'trouble'; readonly reason: string }

/** Requests under way at a time, as the vendor's own client has them. */
const width = 8
const timeoutMs = 10_000
/** After a refused password nothing is sent for this long: the PBX bans addresses that go on trying. */
const lockMs = 5 * 60_000
const defaultWaitMs = 5_000

/** What is once per user of a PBX, however many tenants share it. */
export class Credential {
  readonly queue: RequestQueue
  readonly #clock: Clock
  #locked: { readonly until: number; readonly failure: ConnectorFailure } | undefined

  constructor(clock: Clock, requestsPer30s: number) {
    this.#clock = clock
    const budget = new RequestBudget({ start: requestsPer30s, ceiling: requestsPer30s }, clock.monotonic())
    this.queue = new RequestQueue(budget, clock, width)
  }

  get locked(): ConnectorFailure | undefined {
    return this.#locked && this.#clock.monotonic() < this.#locked.until ? this.#locked.failure : undefined
  }

  lock(failure: ConnectorFailure): void {
    this.#locked = { until: this.#clock.monotonic() + lockMs, failure }
  }

  unlock(): void {
    this.#locked = undefined
  }
}

export function shareCredential(settings: Settings, url: string, context: ConnectorContext): Credential {
  const secret = createHash('sha256').update(settings.password).digest('hex')
  return context.shared(
    `vodia ${url} ${settings.username} ${secret}`,
    () => new Credential(context.clock, settings.requestsPer30s),
  )
}

function readAddress(url: string): string | ConnectorFailure {
  try {
    return parseBaseUrl(url, 'url')
  } catch (error) {
    return error instanceof ConnectorFailure
      ? error
      : new ConnectorFailure('misconfigured', 'url: this is not an address.', { cause: error })
  }
}

/** REST by HTTP Basic, within the budget of the user. */
export class PbxClient {
  /** Without a slash at the end; empty where the configured one cannot be used. */
  readonly url: string
  readonly credential: Credential
  readonly #unusable: ConnectorFailure | undefined
  readonly #settings: Settings
  readonly #context: ConnectorContext
  readonly #port: HttpPort

  /** No I/O. `signal` ends every request. */
  constructor(settings: Settings, context: ConnectorContext, signal: AbortSignal) {
    const address = readAddress(settings.url)
    this.#unusable = typeof address === 'string' ? undefined : address
    this.url = typeof address === 'string' ? address : ''
    this.#settings = settings
    this.#context = context
    this.credential = shareCredential(settings, this.url, context)
    this.#port = { fetch: context.fetch, clock: context.clock, signal }
  }

  /** The limit that is configured counts from now until `gone`: no trial changes what is shared. */
  agree(gone: AbortSignal): void {
    const limit = this.#settings.requestsPer30s
    this.credential.queue.budget.agree({ start: limit, ceiling: limit }, gone)
  }

  /** `/rest/domain/{domain}` and what follows. */
  tenantPath(rest: string): string {
    return `/rest/domain/${encodeURIComponent(this.#settings.domain)}/${rest}`
  }

  /** `/rest/user/{extension}@{domain}` and what follows. */
  userPath(extension: string, rest: string): string {
    return `/rest/user/${encodeURIComponent(extension)}@${encodeURIComponent(this.#settings.domain)}/${rest}`
  }

  /** Never throws. */
  async send(request: PbxRequest): Promise<PbxReply> {
    const { credential } = this
    if (this.#unusable) return { kind: 'refused', status: 0, failure: this.#unusable }
    const locked = credential.locked
    if (locked) return { kind: 'refused', status: 401, failure: locked }
    const { signal, clock } = this.#port
    const turn = await credential.queue.turn(request.priority, request.patienceMs, signal)
    if (turn.kind === 'wait') {
      return { kind: 'wait', retryAfterMs: turn.retryAfterMs, reason: 'the request budget is used up' }
    }
    const { username, password } = this.#settings
    const basic = Buffer.from(`${username}:${password}`).toString('base64')
    const answer = await sendHttp(this.#port, {
      method: request.method,
      url: this.url + request.path,
      headers: {
        accept: 'application/json',
        ...(request.withoutSignIn ? {} : { authorization: `Basic ${basic}` }),
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      timeoutMs,
    }).finally(() => credential.queue.done(request.priority))
    const status = answer.kind === 'answer' ? String(answer.status) : answer.why
    this.#context.metrics.count('vodia_requests_total', { call: request.call, status })
    this.#context.metrics.observe('vodia_request_ms', clock.monotonic() - turn.sentAt, { call: request.call })
    if (answer.kind === 'silence') return { kind: 'trouble', reason: answer.reason }
    return this.#judge(answer, turn.sentAt)
  }

  #judge(answer: HttpAnswer, sentAt: number): PbxReply {
    const { status, retryAfterMs } = answer
    if (status >= 200 && status < 300) {
      this.credential.unlock()
      const json = readJson(answer.text)
      if (json === undefined && answer.text.trim() !== '') {
        return { kind: 'malformed', reason: 'the answer is no JSON' }
      }
      return { kind: 'ok', json, headers: answer.headers }
    }
    if (status === 429 || ((status === 503 || status === 504) && retryAfterMs !== undefined)) {
      const wait = retryAfterMs ?? defaultWaitMs
      this.credential.queue.budget.refused(sentAt, this.#port.clock.monotonic(), wait)
      return { kind: 'wait', retryAfterMs: wait, reason: `the PBX asked for fewer requests (${status})` }
    }
    if (status >= 500 || status === 408) return { kind: 'trouble', reason: `the PBX answered ${status}` }
    const failure = this.#failureOf(status)
    if (status === 401) this.credential.lock(failure)
    return { kind: 'refused', status, failure }
  }

  #failureOf(status: number): ConnectorFailure {
    const { username, domain } = this.#settings
    if (status === 401) {
      return new ConnectorFailure(
        'auth-failed',
        `The PBX refuses user "${username}" or the password (401).`,
        {
          fix: 'Correct "username" and "password" of this connector; they are those of the PBX’s web interface.',
        },
      )
    }
    if (status === 403) {
      return new ConnectorFailure('misconfigured', `User "${username}" may not do this at the PBX (403).`, {
        fix: `Give the administrator "API access" at the PBX, or use one of the system: a tenant’s own administrator may not read calls of its users on every release.`,
      })
    }
    if (status === 404) {
      return new ConnectorFailure('misconfigured', `The PBX knows no tenant "${domain}" (404).`, {
        fix: 'Write "domain" as the PBX lists the tenant, and "url" as the address of its web interface.',
      })
    }
    const redirect = status >= 300 && status < 400
    return new ConnectorFailure('misconfigured', `The PBX answered ${status}.`, {
      fix: redirect
        ? 'Write the address behind the redirection into "url".'
        : 'Look into the log of the PBX.',
    })
  }
}
