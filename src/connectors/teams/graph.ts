import { ConnectorFailure } from '../../core/connector.ts'
import type { Metrics } from '../../core/ports.ts'
import type { Priority } from '../kit/budget.ts'
import { type HttpAnswer, type HttpPort, type HttpSilence, readJson, sendHttp } from '../kit/http.ts'
import type { RequestQueue } from '../kit/request-queue.ts'
import type { Batches } from './batches.ts'
import { type GraphRefusal, readGraphRefusal } from './errors.ts'
import { headersWith } from './request-headers.ts'
import type { Settings } from './settings.ts'
import type { TokenSource } from './tokens.ts'

export interface GraphRequest {
  /** For metrics: `presences`, `users`, `setPresence` ... */
  readonly call: string
  readonly priority: Priority
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Path below the version, or a whole address as Graph hands out for the next page. */
  readonly path: string
  readonly body?: string
  readonly timeoutMs: number
  /** Of a person who signed in, in the place of the application's own. A 401 is the caller's to answer. */
  readonly bearer?: string
  /** How long the request may stand in line; without it, as long as it takes. */
  readonly patienceMs?: number
  /** May go out together with others that are ready at the same moment. */
  readonly together?: true
  /** Called when the request leaves the line, whether it is sent or not. */
  readonly left?: () => void
}

export type GraphReply =
  | {
      readonly kind: 'ok'
      readonly text: string
      readonly headers: Headers
      readonly sentAt: number
      readonly status: number
    }
  /** Will be refused again: 4xx other than 408 and 429. */
  | { readonly kind: 'refused'; readonly refusal: GraphRefusal }
  /** Nothing was done; come back later. */
  | { readonly kind: 'wait'; readonly retryAfterMs: number; readonly reason: string }
  /** Not known whether it arrived; `late`: it may yet, since it was given up on its way. */
  | { readonly kind: 'trouble'; readonly reason: string; readonly late?: true }
  /** No token: nothing was sent. */
  | { readonly kind: 'signedOut'; readonly failure: ConnectorFailure }

export interface GraphParts {
  readonly settings: Settings
  readonly port: HttpPort
  readonly tokens: TokenSource
  readonly queue: RequestQueue
  readonly metrics: Metrics
  /** Left out: every request goes by itself. */
  readonly batches?: Batches
}

const longestBackOffMs = 60_000
/** A token made before a permission was granted lacks it: after a 403 a new one is asked for, at most this often. */
const rolesRenewalMs = 300_000

/** Graph over keep-alive connections, within the request budget, with the one token of the instance. */
export class GraphClient {
  readonly #parts: GraphParts
  #refusals = 0
  #rolesRenewedAt = Number.NEGATIVE_INFINITY

  constructor(parts: GraphParts) {
    this.#parts = parts
  }

  /** Never throws. A 401 is answered once with a new token, everything else by what the reply says. */
  async send(request: GraphRequest): Promise<GraphReply> {
    const first = await this.#sendOnce(request)
    if (first.kind !== 'refused' || first.refusal.status !== 401 || request.bearer) return first
    return this.#sendOnce(request)
  }

  async #sendOnce(request: GraphRequest): Promise<GraphReply> {
    const { tokens, queue } = this.#parts
    let bearer: string
    try {
      bearer = request.bearer ?? (await tokens.get()).value
    } catch (error) {
      const failure =
        error instanceof ConnectorFailure
          ? error
          : new ConnectorFailure('unexpected', 'The sign-in failed.', { cause: error })
      return { kind: 'signedOut', failure }
    }
    const turn = await queue.turn(request.priority, request.patienceMs)
    request.left?.()
    if (turn.kind === 'wait') {
      return { kind: 'wait', retryAfterMs: turn.retryAfterMs, reason: 'the request budget is used up' }
    }
    const answer = await this.#exchange(request, bearer).finally(() => queue.done(request.priority))
    this.#measure(request.call, answer.kind === 'answer' ? String(answer.status) : answer.why, turn.sentAt)
    if (answer.kind === 'silence')
      return { kind: 'trouble', reason: answer.reason, ...(answer.why !== 'connection' && { late: true }) }
    return this.#judge(answer, { bearer, sentAt: turn.sentAt })
  }

  #exchange(request: GraphRequest, bearer: string): Promise<HttpAnswer | HttpSilence> {
    const { port, settings, batches } = this.#parts
    const alone = () =>
      sendHttp(port, {
        method: request.method,
        url: this.#address(request.path, settings.graphUrl),
        headers: headersWith(bearer, request.body !== undefined),
        ...(request.body === undefined ? {} : { body: request.body }),
        timeoutMs: request.timeoutMs,
      })
    return batches && request.together ? batches.send(request, { bearer, alone }) : alone()
  }

  /** The next page of a list is an address that Graph made up; the token goes nowhere but to Graph. */
  #address(path: string, root: string): string {
    if (!/^https?:/i.test(path)) return root + path
    const next = new URL(path)
    const known = new URL(root)
    return next.origin === known.origin
      ? next.href
      : root + next.pathname.replace(/^\/v1\.0/, '') + next.search
  }

  #judge(answer: HttpAnswer, sent: { bearer: string; sentAt: number }): GraphReply {
    const { queue, port, tokens } = this.#parts
    const { status } = answer
    const now = port.clock.monotonic()
    if (status >= 200 && status < 300) {
      this.#refusals = 0
      return { kind: 'ok', text: answer.text, headers: answer.headers, sentAt: sent.sentAt, status }
    }
    const refusal = readGraphRefusal(status, readJson(answer.text), answer.headers)
    if (status === 429) {
      this.#refusals += 1
      const retryAfterMs = answer.retryAfterMs ?? this.#backOff()
      queue.budget.refused(sent.sentAt, now, retryAfterMs)
      return { kind: 'wait', retryAfterMs, reason: 'Graph asked for fewer requests (429)' }
    }
    if ((status === 503 || status === 504) && answer.retryAfterMs !== undefined) {
      return { kind: 'wait', retryAfterMs: answer.retryAfterMs, reason: `Graph is not available (${status})` }
    }
    if (status >= 500 || status === 408) return { kind: 'trouble', reason: `Graph answered ${status}` }
    if (status === 401) tokens.discard(sent.bearer)
    if (status === 403 && now - this.#rolesRenewedAt > rolesRenewalMs) {
      this.#rolesRenewedAt = now
      tokens.discard(sent.bearer)
    }
    return { kind: 'refused', refusal }
  }

  #backOff(): number {
    const full = Math.min(longestBackOffMs, 1_000 * 2 ** Math.min(this.#refusals, 10))
    return full / 2 + Math.random() * (full / 2)
  }

  #measure(call: string, status: string, sentAt: number): void {
    const { metrics, port } = this.#parts
    metrics.count('teams_requests_total', { call, status })
    metrics.observe('teams_request_ms', port.clock.monotonic() - sentAt, { call })
  }
}
