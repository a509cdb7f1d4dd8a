import { type ConnectorContext, ConnectorFailure } from '../../core/connector.ts'
import type { Workings } from '../../core/workings.ts'
import { type Priority, RequestBudget } from '../kit/budget.ts'
import { fieldsOf, type HttpAnswer, readJson, sendHttp, textOf } from '../kit/http.ts'
import { RequestQueue } from '../kit/request-queue.ts'
import type { TokenHolder } from '../kit/token-holder.ts'
import type { Settings } from './config.ts'

/** No limit is documented; this only keeps a burst from becoming a flood. Requests per 30 s. */
const budget = { start: 1200, ceiling: 3000 }
const usualTimeoutMs = 8_000
const usualWaitMs = 5_000

export interface Ask {
  readonly priority: Priority
  readonly method: 'GET' | 'PATCH'
  /** With the leading slash. */
  readonly path: string
  readonly body?: unknown
  /** How long to wait for a turn, milliseconds; without one, as long as it takes. */
  readonly patienceMs?: number
  readonly timeoutMs?: number
}

/** What became of a request. */
export type Reply =
  | { readonly kind: 'ok'; readonly json: unknown }
  | { readonly kind: 'missing' }
  /** Understood and declined; 401 after a new sign-in means that the role of the client does not cover it. */
  | { readonly kind: 'refused'; readonly status: number; readonly message: string }
  /** Not sent, or told to come back. */
  | { readonly kind: 'wait'; readonly retryAfterMs: number; readonly reason: string }
  | { readonly kind: 'signedOut'; readonly failure: ConnectorFailure }
  /** Not known whether it arrived. */
  | { readonly kind: 'trouble'; readonly reason: string }

const stopping: Reply = { kind: 'wait', retryAfterMs: 1_000, reason: 'the connector is stopping' }

/** Requests to one PBX, with its token and in the order of their urgency. */
export class Api {
  readonly tokens: TokenHolder
  readonly #settings: Settings
  readonly #context: ConnectorContext
  readonly #queue: RequestQueue
  readonly #stop = new AbortController()

  constructor(settings: Settings, context: ConnectorContext, tokens: TokenHolder) {
    this.#settings = settings
    this.#context = context
    this.tokens = tokens
    this.#queue = new RequestQueue(new RequestBudget(budget, context.clock.monotonic()), context.clock)
    context.signal.addEventListener('abort', () => this.close(), { signal: this.#stop.signal })
  }

  /** Sends everyone away; nothing leaves any more. Requests under way end with `trouble`. */
  close(): void {
    this.#stop.abort()
    this.#queue.close()
  }

  inspect(): Workings {
    return { ...this.#queue.inspect(), token: this.tokens.inspect() }
  }

  /** Never throws. */
  async send(ask: Ask): Promise<Reply> {
    const first = await this.#sendOnce(ask)
    return first === 'expired' ? this.#again(ask) : first
  }

  async #again(ask: Ask): Promise<Reply> {
    const second = await this.#sendOnce(ask)
    return second === 'expired' ? { kind: 'trouble', reason: 'the sign-in ended twice in a row' } : second
  }

  async #sendOnce(ask: Ask): Promise<Reply | 'expired'> {
    const { clock } = this.#context
    if (this.#stop.signal.aborted) return stopping
    let token: string
    try {
      token = await this.tokens.get()
    } catch (error) {
      return signedOut(error)
    }
    const turn = await this.#queue.turn(ask.priority, ask.patienceMs)
    if (turn.kind === 'wait') {
      return { kind: 'wait', retryAfterMs: turn.retryAfterMs, reason: 'the PBX asked for fewer requests' }
    }
    const answer = await sendHttp(
      { fetch: this.#context.fetch, clock, signal: this.#stop.signal },
      {
        method: ask.method,
        url: `${this.#settings.url}${ask.path}`,
        headers: {
          authorization: `Bearer ${token}`,
          accept: 'application/json',
          ...(ask.body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(ask.body === undefined ? {} : { body: JSON.stringify(ask.body) }),
        timeoutMs: ask.timeoutMs ?? usualTimeoutMs,
      },
    )
    this.#queue.done(ask.priority)
    if (answer.kind === 'silence') return { kind: 'trouble', reason: answer.reason }
    if (answer.status === 401) {
      if (this.tokens.discard(token)) return 'expired'
      return { kind: 'refused', status: 401, message: 'the role of the API client does not cover this' }
    }
    this.tokens.accepted(token)
    if (answer.status === 429 || (answer.status === 503 && answer.retryAfterMs !== undefined)) {
      const retryAfterMs = answer.retryAfterMs ?? usualWaitMs
      this.#queue.budget.refused(turn.sentAt, clock.monotonic(), retryAfterMs)
      return { kind: 'wait', retryAfterMs, reason: `the PBX answered with ${answer.status}` }
    }
    return judge(answer)
  }
}

function signedOut(error: unknown): Reply {
  const failure =
    error instanceof ConnectorFailure
      ? error
      : new ConnectorFailure('unexpected', 'The sign-in failed.', { cause: error })
  return { kind: 'signedOut', failure }
}

function judge({ status, text }: HttpAnswer): Reply {
  if (status === 404) return { kind: 'missing' }
  if (status >= 500) return { kind: 'trouble', reason: `the PBX answered with ${status}` }
  if (status >= 300) return { kind: 'refused', status, message: messageOf(text) ?? `answered with ${status}` }
  return { kind: 'ok', json: readJson(text) }
}

/** The message of an OData error body, short enough to be shown. */
function messageOf(text: string): string | undefined {
  const { error } = fieldsOf(readJson(text))
  return textOf(fieldsOf(error).message)?.slice(0, 200)
}

const fixRights: Readonly<Record<number, string>> = {
  401: 'Give the API client the role System Administrator or System Owner, or a department role that covers every user.',
  403: 'Tick 3CX Configuration API Access and 3CX Call Control API Access at the API client; both need an Enterprise or AI licence.',
}

/** A reply that gave nothing, as the reason why the connector cannot start. `what`: what was asked for. */
export function asFailure(reply: Exclude<Reply, { kind: 'ok' }>, what: string): ConnectorFailure {
  switch (reply.kind) {
    case 'signedOut':
      return reply.failure
    case 'wait': {
      const { retryAfterMs, reason } = reply
      return new ConnectorFailure('rate-limited', `${what} could not be read: ${reason}.`, { retryAfterMs })
    }
    case 'trouble':
      return new ConnectorFailure('not-ready', `${what} could not be read: ${reply.reason}.`)
    case 'missing':
      return new ConnectorFailure('misconfigured', `The PBX does not have ${what} (404).`, {
        fix: 'Check url; the API needs 3CX V20 or later. With V18, use the SIP connector for busy lamps.',
      })
    case 'refused': {
      const fix = fixRights[reply.status] ?? 'Look at the API client in Admin Console, Integrations, API.'
      const text = `${what} may not be read (${reply.status}): ${reply.message}.`
      return new ConnectorFailure('misconfigured', text, { fix })
    }
  }
}

/** What an operator should do about a refusal. */
export function fixOf(status: number): string | undefined {
  return fixRights[status]
}
