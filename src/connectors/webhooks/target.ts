import { cloudEvent, cloudEventType, eventSource } from '../../core/cloud-event.ts'
import type { ConnectorContext, Outcome, Publication } from '../../core/connector.ts'
import { presenceName } from '../../core/presence.ts'
import { fieldsOf, type HttpAnswer, type HttpSilence, readJson, sendHttp, textOf } from '../kit/http.ts'
import { signedHeaders } from '../kit/standard-webhooks.ts'
import type { Target } from './settings.ts'

const timeoutMs = 10_000
/** How soon to come back where the target does not say, milliseconds. */
const busyRetryMs = 5_000
const refusedRetryMs = 60_000

const wantedType = 'hookswitch.state.wanted'
const pingType = 'hookswitch.webhook.ping'

/** What the target said to a ping. */
export type PingAnswer =
  | { readonly kind: 'ok' }
  | { readonly kind: 'refused'; readonly status: number }
  | { readonly kind: 'trouble'; readonly reason: string }

/** Posts to one target. Never throws; neither address nor secret is in what it says. */
export class TargetClient {
  readonly #target: Target
  readonly #context: ConnectorContext
  readonly #signal: AbortSignal

  constructor(target: Target, context: ConnectorContext, signal: AbortSignal) {
    this.#target = target
    this.#context = context
    this.#signal = signal
  }

  /** @param callback where the target may deliver, told only where deliveries are taken. */
  async ping(id: string, callback: string | undefined): Promise<PingAnswer> {
    const reply = await this.#post({ id, type: pingType, data: callback === undefined ? {} : { callback } })
    if (reply.kind === 'silence') return { kind: 'trouble', reason: reply.reason }
    if (reply.status < 300) return { kind: 'ok' }
    if (reply.status >= 500 || reply.status === 429) {
      return { kind: 'trouble', reason: `the target answers with status ${reply.status}` }
    }
    return { kind: 'refused', status: reply.status }
  }

  async publish({ id, address, act, state, lifeMs }: Publication, seconds: number): Promise<Outcome> {
    const { clock } = this.#context
    const life = seconds > 0 ? (lifeMs ?? seconds * 1000) : undefined
    const data = {
      person: address,
      act,
      state: presenceName(state),
      availability: state.availability,
      activity: state.activity,
      ...(act === 'assert' && life !== undefined && { expiresAt: isoTime(clock.wall() + life) }),
    }
    return outcomeOf(await this.#post({ id, type: wantedType, subject: address, data }), act, clock.wall())
  }

  #post(event: {
    readonly id: string
    readonly type: string
    readonly subject?: string
    readonly data: unknown
  }): Promise<HttpAnswer | HttpSilence> {
    const { clock, fetch, tenant, connector } = this.#context
    const at = clock.wall()
    const body = JSON.stringify(
      cloudEvent({ ...event, source: eventSource(tenant, connector), time: isoTime(at) }),
    )
    return sendHttp(
      { fetch, clock, signal: this.#signal },
      {
        method: 'POST',
        url: this.#target.url,
        headers: {
          'content-type': cloudEventType,
          ...signedHeaders(this.#target.secrets, { id: event.id, at, body }),
        },
        body,
        timeoutMs,
      },
    )
  }
}

/** What became of a publication, by status and, within 2xx, by the `result` in the answer's body. */
export function outcomeOf(reply: HttpAnswer | HttpSilence, act: Publication['act'], at: number): Outcome {
  if (reply.kind === 'silence') return { kind: 'failed', reason: reply.reason }
  const { status, retryAfterMs } = reply
  const fields = fieldsOf(readJson(reply.text))
  const reason = plain(textOf(fields.reason))
  if (status < 300) return outcomeOfResult(fields, { at, reason })
  if (status === 429 || (status === 503 && retryAfterMs !== undefined)) {
    return {
      kind: 'deferred',
      reason: 'the target asked to wait',
      retryAfterMs: retryAfterMs ?? busyRetryMs,
    }
  }
  if (status >= 500) return { kind: 'failed', reason: `the target answered with status ${status}` }
  if (status === 401 || status === 403) {
    return {
      kind: 'deferred',
      reason: `the target does not believe our signature (status ${status})`,
      retryAfterMs: refusedRetryMs,
    }
  }
  if (status === 404 && act === 'withdraw') return { kind: 'unchanged', at }
  if (status === 404) {
    const fix = 'Correct the address of the person.'
    return { kind: 'rejected', reason: reason ?? 'The target knows no such person.', fix }
  }
  return { kind: 'rejected', reason: reason ?? `The target refused with status ${status}.` }
}

function outcomeOfResult(
  { result, retryAfter }: Readonly<Record<string, unknown>>,
  { at, reason }: { readonly at: number; readonly reason: string | undefined },
): Outcome {
  switch (result) {
    case 'unchanged':
      return { kind: 'unchanged', at }
    case 'rejected':
      return { kind: 'rejected', reason: reason ?? 'The target refused.' }
    case 'deferred': {
      const retryAfterMs = Number(retryAfter) > 0 ? Math.min(Number(retryAfter), 3600) * 1000 : busyRetryMs
      return { kind: 'deferred', reason: reason ?? 'the target asked to wait', retryAfterMs }
    }
    default:
      return { kind: 'applied', at }
  }
}

/** What a foreign program says is shown to people: short, and without control characters. */
function plain(text: string | undefined): string | undefined {
  return text?.replace(/[^\p{L}\p{N}\p{P} ]/gu, ' ').slice(0, 200)
}

function isoTime(at: number): string {
  return new Date(at).toISOString()
}
