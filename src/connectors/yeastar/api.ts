import { type ConnectorContext, ConnectorFailure } from '../../core/connector.ts'
import type { Workings } from '../../core/workings.ts'
import { type Priority, RequestBudget } from '../kit/budget.ts'
import { fieldsOf, type HttpAnswer, readJson, sendHttp, textOf } from '../kit/http.ts'
import { RequestQueue } from '../kit/request-queue.ts'
import type { Settings } from './config.ts'
import { codes, readErrcode } from './error-codes.ts'
import { apiPath, requestHeaders, type SignIn } from './sign-in.ts'

/** No limit is documented; this only keeps a burst from becoming a flood. Requests per 30 s. */
const budget = { start: 300, ceiling: 1200 }
const usualTimeoutMs = 8_000
const usualWaitMs = 5_000
const limitWaitMs = 60_000

export interface Ask {
  readonly priority: Priority
  readonly method: 'GET' | 'POST'
  /** Below the path of the API, without the leading slash. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** How long to wait for a turn, milliseconds; without one, as long as it takes. */
  readonly patienceMs?: number
  readonly timeoutMs?: number
}

/** What became of a request. */
export type Reply =
  | { readonly kind: 'ok'; readonly json: unknown }
  /** Understood and declined. */
  | { readonly kind: 'refused'; readonly code: number; readonly message: string }
  /** Not sent, or told to come back. */
  | { readonly kind: 'wait'; readonly retryAfterMs: number; readonly reason: string }
  | { readonly kind: 'signedOut'; readonly failure: ConnectorFailure }
  /** Not known whether it arrived. */
  | { readonly kind: 'trouble'; readonly reason: string }

const stopping: Reply = { kind: 'wait', retryAfterMs: 1_000, reason: 'the connector is stopping' }

/** Requests to one PBX, with its token and in the order of their urgency. */
export class Api {
  readonly signIn: SignIn
  readonly #url: string
  readonly #context: ConnectorContext
  readonly #queue: RequestQueue
  readonly #stop = new AbortController()

  constructor(settings: Settings, context: ConnectorContext, signIn: SignIn) {
    this.#url = settings.url
    this.#context = context
    this.signIn = signIn
    this.#queue = new RequestQueue(new RequestBudget(budget, context.clock.monotonic()), context.clock)
    context.signal.addEventListener('abort', () => this.close(), { signal: this.#stop.signal })
  }

  /** Sends everyone away; nothing leaves any more. Requests under way end with `trouble`. */
  close(): void {
    this.#stop.abort()
    this.#queue.close()
  }

  inspect(): Workings {
    return { ...this.#queue.inspect(), token: this.signIn.inspect() }
  }

  /** Never throws. */
  async send(ask: Ask): Promise<Reply> {
    const first = await this.#sendOnce(ask)
    if (first !== 'expired') return first
    const second = await this.#sendOnce(ask)
    return second === 'expired' ? { kind: 'trouble', reason: 'the sign-in ended twice in a row' } : second
  }

  async #sendOnce(ask: Ask): Promise<Reply | 'expired'> {
    const { clock, fetch } = this.#context
    if (this.#stop.signal.aborted) return stopping
    let token: string
    try {
      token = await this.signIn.get()
    } catch (error) {
      return { kind: 'signedOut', failure: error as ConnectorFailure }
    }
    const turn = await this.#queue.turn(ask.priority, ask.patienceMs)
    if (turn.kind === 'wait') {
      return { kind: 'wait', retryAfterMs: turn.retryAfterMs, reason: 'the PBX asked for fewer requests' }
    }
    const query = new URLSearchParams({ ...ask.query, access_token: token })
    const answer = await sendHttp(
      { fetch, clock, signal: this.#stop.signal },
      {
        method: ask.method,
        url: `${this.#url}${apiPath}/${ask.path}?${query}`,
        headers: {
          ...requestHeaders,
          ...(ask.body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(ask.body === undefined ? {} : { body: JSON.stringify(ask.body) }),
        timeoutMs: ask.timeoutMs ?? usualTimeoutMs,
      },
    )
    this.#queue.done(ask.priority)
    const status = answer.kind === 'silence' ? answer.why : String(answer.status)
    this.#context.metrics.count('yeastar_requests_total', { call: ask.path, status })
    if (answer.kind === 'silence') return { kind: 'trouble', reason: answer.reason }
    const reply = judge(answer)
    if (reply.kind === 'refused' && reply.code === codes.tokenExpired) {
      return this.signIn.discard(token) ? 'expired' : reply
    }
    if (reply.kind === 'ok') this.signIn.accepted(token)
    if (reply.kind === 'wait') {
      this.#queue.budget.refused(turn.sentAt, clock.monotonic(), reply.retryAfterMs)
    }
    return reply
  }
}

function judge({ status, text, retryAfterMs }: HttpAnswer): Reply {
  if (status === 429 || (status === 503 && retryAfterMs !== undefined)) {
    return {
      kind: 'wait',
      retryAfterMs: retryAfterMs ?? usualWaitMs,
      reason: `the PBX answered with ${status}`,
    }
  }
  if (status >= 500) return { kind: 'trouble', reason: `the PBX answered with ${status}` }
  if (status !== 200) return { kind: 'refused', code: status, message: `answered with ${status}` }
  const json = readJson(text)
  const errcode = readErrcode(json)
  if (errcode === undefined) return { kind: 'trouble', reason: 'the answer could not be understood' }
  if (errcode === 0) return { kind: 'ok', json }
  if (errcode === codes.tokenLimit) {
    return {
      kind: 'wait',
      retryAfterMs: limitWaitMs,
      reason: `the PBX is at one of its limits (${errcode})`,
    }
  }
  const message = textOf(fieldsOf(json).errmsg)?.slice(0, 200) ?? 'no reason given'
  return { kind: 'refused', code: errcode, message }
}

/** A reply that gave nothing, as the reason why the connector cannot go on. `what`: what was asked for. */
export function asFailure(reply: Exclude<Reply, { kind: 'ok' }>, what: string): ConnectorFailure {
  switch (reply.kind) {
    case 'signedOut':
      return reply.failure
    case 'wait': {
      const { retryAfterMs, reason } = reply
      return new ConnectorFailure('rate-limited', `The ${what} could not be read: ${reason}.`, {
        retryAfterMs,
      })
    }
    case 'trouble':
      return new ConnectorFailure('not-ready', `The ${what} could not be read: ${reply.reason}.`)
    case 'refused':
      return new ConnectorFailure(
        'misconfigured',
        `The PBX declines to tell the ${what} (${reply.code}): ${reply.message}.`,
        {
          fix: 'Look at Integrations > API of the PBX: enabled, its IP restriction, and the firmware, which must be 37.7.0.16, 84.7.0.17 or later.',
        },
      )
  }
}
