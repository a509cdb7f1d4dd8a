import { type Parameters, parseSeconds } from './header-values.ts'
import { header, type SipResponse } from './message.ts'

/** How a subscription came to its end, and so what to do next. */
export type SubscriptionEnd =
  /** Subscribe anew. Without `afterMs`: at once, or when the follower's own patience says so. */
  | { readonly kind: 'again'; readonly afterMs?: number; readonly why: string }
  /** The server does not let us watch this address, or does not know it (`nobody`). */
  | { readonly kind: 'refused'; readonly why: string; readonly fix: string; readonly nobody?: true }
  /** There is no such resource any more. */
  | { readonly kind: 'gone'; readonly why: string }
  /** The last state told will never change. */
  | { readonly kind: 'invariant' }
  /** The server does not know the event package. */
  | { readonly kind: 'unsupported'; readonly why: string }
  /** No answer, or none that can be understood. */
  | { readonly kind: 'unanswered'; readonly why: string }

const fixes: Readonly<Record<number, string>> = {
  403: 'Allow the account of this connector to watch the extension (at Asterisk: subscribe context and hints).',
  404: 'Correct the extension of this person, or give it a hint or presence at the PBX.',
}

const refusals = new Set([
  400, 403, 404, 405, 406, 410, 416, 420, 421, 484, 485, 488, 501, 505, 603, 604, 606,
])

/** Nobody of that name is there (RFC 3261 sections 21.4.5, 21.4.11, 21.4.22, 21.6.3). */
const unknown = new Set([404, 410, 484, 604])

/** The meaning of a final answer of 300 and more to SUBSCRIBE (RFC 6665 section 4.1.2, RFC 3261 section 21). */
export function endOfResponse(response: SipResponse): SubscriptionEnd {
  const { status } = response
  const why = `${status} ${response.reason}`.trim()
  if (status === 489) return { kind: 'unsupported', why }
  if (status === 481) return { kind: 'again', why }
  const wait = parseSeconds(header(response, 'retry-after'))
  if (refusals.has(status) || (status >= 300 && status < 400)) {
    const fix = fixes[status] ?? 'Look in the log of the PBX why it refuses SUBSCRIBE for this extension.'
    return { kind: 'refused', why, fix, ...(unknown.has(status) && { nobody: true }) }
  }
  return { kind: 'again', why, ...(wait === undefined ? {} : { afterMs: wait * 1000 }) }
}

/** Waits where the notifier asked for patience without saying how long, milliseconds. */
const probationMs = 60_000
const giveUpMs = 30_000

/** The meaning of `Subscription-State: terminated` by its reason (RFC 6665 section 4.1.3). */
export function endOfNotify(parameters: Parameters): SubscriptionEnd {
  const reason = parameters.get('reason')?.toLowerCase() ?? ''
  const seconds = parseSeconds(parameters.get('retry-after'))
  const wait = seconds === undefined ? undefined : seconds * 1000
  const why = reason === '' ? 'ended by the server' : `ended by the server: ${reason}`
  switch (reason) {
    case 'deactivated':
    case 'timeout':
      // Here a retry-after has no meaning.
      return { kind: 'again', why }
    case 'probation':
      return { kind: 'again', why, afterMs: wait ?? probationMs }
    case 'giveup':
      return { kind: 'again', why, afterMs: wait ?? giveUpMs }
    case 'rejected':
      return { kind: 'refused', why, fix: fixes[403]! }
    case 'noresource':
      return { kind: 'gone', why }
    case 'invariant':
      return { kind: 'invariant' }
    default:
      return { kind: 'again', why, ...(wait === undefined ? {} : { afterMs: wait }) }
  }
}
