import { cloudEventType } from '../core/cloud-event.ts'
import { HostRefusal } from '../core/network.ts'
import type { Clock } from '../core/ports.ts'
import type { Sign, Subscription, Waiting } from './subscription.ts'

/** How long an answer may take, milliseconds. */
const timeoutMs = 10_000
/** No receiver makes us rest longer than this, milliseconds. */
const longestRestMs = 60 * 60_000

/** What came of one attempt. `everybody`: the receiver will not take other events either. `status`: HTTP, of an answer. */
export type Attempt =
  | { readonly taken: true; readonly status?: number }
  | {
      readonly taken: false
      readonly everybody: boolean
      readonly reason: string
      readonly status?: number
      readonly retryAfterMs?: number
    }

/** Statuses that speak of the receiver and not of the event. */
const receiverStatuses = new Set([401, 403, 404, 405, 407, 408, 410, 425, 429])

export interface PostIo {
  readonly clock: Clock
  readonly fetch: typeof fetch
  readonly sign: Sign
  readonly signal: AbortSignal
}

/** One signed POST. Never throws; redirections are not followed. */
export async function postEvent(
  { url, secrets }: Pick<Subscription, 'url' | 'secrets'>,
  { id, body }: Pick<Waiting, 'id' | 'body'>,
  { clock, fetch, sign, signal }: PostIo,
): Promise<Attempt> {
  const late = new AbortController()
  const timer = clock.after(timeoutMs, () => late.abort())
  try {
    const answer = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.any([signal, late.signal]),
      headers: { 'content-type': cloudEventType, ...sign(secrets, { id, at: clock.wall(), body }) },
      body,
    })
    await answer.body?.cancel()
    const { status } = answer
    if (answer.ok) return { taken: true, status }
    const retryAfter = Number(answer.headers.get('retry-after') ?? Number.NaN)
    return {
      taken: false,
      everybody: status < 400 || status >= 500 || receiverStatuses.has(status),
      reason: `it answered with status ${status}`,
      status,
      ...(retryAfter > 0 && { retryAfterMs: Math.min(retryAfter * 1000, longestRestMs) }),
    }
  } catch (error) {
    const reason = late.signal.aborted ? `no answer within ${timeoutMs / 1000} s` : whyUnreached(error)
    return { taken: false, everybody: true, reason }
  } finally {
    timer.cancel()
  }
}

/** Of what fetch says, the cause is what happened to the connection. */
function whyUnreached(error: unknown): string {
  const refused = error instanceof Error && error.cause instanceof HostRefusal
  return refused
    ? 'this hub does not connect to the network that it is in (network.allow)'
    : 'it cannot be reached'
}
