import { type ConnectorContext, ConnectorFailure } from '../../core/connector.ts'
import type { Workings } from '../../core/workings.ts'
import { type Priority, RequestBudget } from '../kit/budget.ts'
import { fieldsOf, type HttpAnswer, readJson, sendHttp, textOf } from '../kit/http.ts'
import { RequestQueue } from '../kit/request-queue.ts'
import type { Settings } from './config.ts'
import { type Session, type Site, sessionOf } from './sign-in.ts'

/** The daily limit is the organisation's; this only keeps a burst from becoming a flood. Requests per 30 s. */
const budget = { start: 300, ceiling: 1000 }
const usualTimeoutMs = 8_000
const usualWaitMs = 5_000
/** The day's requests are used up: asking often does not bring them back. */
const usedUpWaitMs = 60_000

export interface Ask {
  readonly priority: Priority
  readonly method: 'GET' | 'POST'
  /** After `/services/data/vXX.0/`, or a whole path with a leading slash. */
  readonly path: string
  readonly body?: unknown
  /** How long to wait for a turn, milliseconds; without one, as long as it takes. */
  readonly patienceMs?: number
  readonly timeoutMs?: number
}

/** What became of a request. */
export type Reply =
  | { readonly kind: 'ok'; readonly json: unknown }
  | { readonly kind: 'refused'; readonly status: number; readonly code: string; readonly message: string }
  /** Not sent, or told to come back. */
  | { readonly kind: 'wait'; readonly retryAfterMs: number; readonly reason: string }
  | { readonly kind: 'signedOut'; readonly failure: ConnectorFailure }
  /** Not known whether it arrived. */
  | { readonly kind: 'trouble'; readonly reason: string }

/** `Sforce-Limit-Info`: how many of the day's requests the organisation has used. */
export interface Usage {
  readonly used: number
  readonly limit: number
}

const stopping: Reply = { kind: 'wait', retryAfterMs: 1_000, reason: 'the connector is stopping' }

/** Requests to the REST API of one organisation. */
export class Api {
  readonly session: Session
  readonly #settings: Settings
  readonly #context: ConnectorContext
  readonly #queue: RequestQueue
  readonly #stop = new AbortController()
  #usage: Usage | undefined

  constructor(settings: Settings, context: ConnectorContext) {
    this.#settings = settings
    this.#context = context
    this.session = sessionOf(settings, context)
    this.#queue = new RequestQueue(new RequestBudget(budget, context.clock.monotonic()), context.clock)
    context.signal.addEventListener('abort', () => this.close(), { signal: this.#stop.signal })
  }

  get usage(): Usage | undefined {
    return this.#usage
  }

  /** The path of something under the version in use. */
  path(rest: string): string {
    return `/services/data/v${this.#settings.apiVersion}/${rest}`
  }

  /** Sends everyone away; nothing leaves any more. Requests under way end with `trouble`. */
  close(): void {
    this.#stop.abort()
    this.#queue.close()
  }

  inspect(): Workings {
    return { ...this.#queue.inspect(), token: this.session.holder.inspect() }
  }

  /** Never throws. */
  async send(ask: Ask): Promise<Reply> {
    const first = await this.#sendOnce(ask)
    if (first !== 'expired') return first
    const second = await this.#sendOnce(ask)
    return second === 'expired' ? { kind: 'trouble', reason: 'the sign-in ended twice in a row' } : second
  }

  async #sendOnce(ask: Ask): Promise<Reply | 'expired'> {
    if (this.#stop.signal.aborted) return stopping
    let site: Site
    try {
      site = await this.session.site()
    } catch (error) {
      return { kind: 'signedOut', failure: asConnectorFailure(error) }
    }
    const turn = await this.#queue.turn(ask.priority, ask.patienceMs)
    if (turn.kind === 'wait') {
      return { kind: 'wait', retryAfterMs: turn.retryAfterMs, reason: 'Salesforce asked for fewer requests' }
    }
    const answer = await this.#exchange(ask, site)
    this.#queue.done(ask.priority)
    if (answer.kind === 'silence') return { kind: 'trouble', reason: answer.reason }
    this.#usage = readUsage(answer.headers.get('sforce-limit-info')) ?? this.#usage
    if (answer.status === 401) {
      if (this.session.holder.discard(site.token)) return 'expired'
      return judge(answer)
    }
    this.session.holder.accepted(site.token)
    const reply = judge(answer)
    if (reply.kind === 'wait') {
      this.#queue.budget.refused(turn.sentAt, this.#context.clock.monotonic(), reply.retryAfterMs)
    }
    return reply
  }

  #exchange(ask: Ask, { instanceUrl, token }: Site) {
    const { fetch, clock } = this.#context
    const path = ask.path.startsWith('/') ? ask.path : this.path(ask.path)
    return sendHttp(
      { fetch, clock, signal: this.#stop.signal },
      {
        method: ask.method,
        url: `${instanceUrl}${path}`,
        headers: {
          authorization: `Bearer ${token}`,
          accept: 'application/json',
          ...(ask.body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(ask.body === undefined ? {} : { body: JSON.stringify(ask.body) }),
        timeoutMs: ask.timeoutMs ?? usualTimeoutMs,
      },
    )
  }
}

export function asConnectorFailure(error: unknown): ConnectorFailure {
  if (error instanceof ConnectorFailure) return error
  return new ConnectorFailure('unexpected', 'Something unexpected happened at Salesforce.', { cause: error })
}

function readUsage(header: string | null): Usage | undefined {
  const [, used, limit] = /api-usage=(\d+)\/(\d+)/.exec(header ?? '') ?? []
  return used === undefined ? undefined : { used: Number(used), limit: Number(limit) }
}

function judge({ status, text, retryAfterMs }: HttpAnswer): Reply {
  if (status === 429 || (status === 503 && retryAfterMs !== undefined)) {
    return {
      kind: 'wait',
      retryAfterMs: retryAfterMs ?? usualWaitMs,
      reason: `Salesforce answered with ${status}`,
    }
  }
  return judgeBody(status, text)
}

/** An answer by its status and its body: that of a request, or of one inside a composite request. */
export function judgeBody(status: number, text: string): Reply {
  if (status >= 500) return { kind: 'trouble', reason: `Salesforce answered with ${status}` }
  const json = readJson(text)
  if (status < 300) return { kind: 'ok', json }
  const first = fieldsOf(Array.isArray(json) ? json[0] : json)
  const code = textOf(first.errorCode) ?? ''
  if (code === 'REQUEST_LIMIT_EXCEEDED') {
    const reason = 'the requests of the organisation are used up (REQUEST_LIMIT_EXCEEDED)'
    return { kind: 'wait', retryAfterMs: usedUpWaitMs, reason }
  }
  const message = (textOf(first.message) ?? `answered with ${status}`).slice(0, 200)
  return { kind: 'refused', status, code, message }
}
