import type { Outcome } from '../../../core/connector.ts'
import { featureEvent } from './feature-event.ts'
import { parseSeconds } from './header-values.ts'
import { header, type SipResponse } from './message.ts'

const busyMs = 30_000

/** Answers of a server that does not take the request at all: 405, 415 Unsupported Media Type, 489 Bad Event, 501. */
const unsupported = new Set([405, 415, 489, 501])

const fixes: Readonly<Record<number, string>> = {
  403: 'Let the account of this connector change the features of the extension at the PBX.',
  404: 'Correct the extension of this person.',
}

/** What to do about a refused change; `otherwise` where the server does not know the event. */
export function fixOfRefusal(status: number, otherwise: string): string {
  if (unsupported.has(status)) return otherwise
  return fixes[status] ?? `Look in the log of the PBX why it refuses SUBSCRIBE with Event: ${featureEvent}.`
}

/** `403 Forbidden`. */
export function describeAnswer({ status, reason }: SipResponse): string {
  return `${status} ${reason}`.trim()
}

/** What a final answer of 300 and more to a change means. */
export function outcomeOfRefusal(response: SipResponse, otherwise: string): Outcome {
  const { status } = response
  const why = describeAnswer(response)
  const wait = parseSeconds(header(response, 'retry-after'))
  if (wait !== undefined || status === 503 || status === 480) {
    return { kind: 'deferred', reason: why, retryAfterMs: wait === undefined ? busyMs : wait * 1000 }
  }
  // It asked for something else first: the next attempt has it.
  if (status === 423 || status === 481) return { kind: 'deferred', reason: why, retryAfterMs: 1000 }
  if (status >= 500 && status !== 501) return { kind: 'failed', reason: why }
  const reason = `The PBX does not let do not disturb be set (${featureEvent}): ${why}.`
  return { kind: 'rejected', reason, fix: fixOfRefusal(status, otherwise) }
}
