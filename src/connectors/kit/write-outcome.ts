import type { ConnectorFailure, Outcome } from '../../core/connector.ts'

/** Why a request of a write came to nothing, as clients of REST APIs tell it. */
export type Unanswered =
  /** Nothing was done; come back later. */
  | { readonly kind: 'wait'; readonly retryAfterMs: number; readonly reason: string }
  /** Not known whether it arrived. */
  | { readonly kind: 'trouble' | 'malformed'; readonly reason: string }
  | { readonly kind: 'refused'; readonly status: number; readonly failure: ConnectorFailure }

const signInRetryMs = 60_000

/**
 * `asked`: nothing was written yet. `sent`: it is not known whether it was, unless the system said no. `nobody`: where the
 * address is not known there (404).
 */
export function outcomeOfReply(reply: Unanswered, when: 'asked' | 'sent', nobody: Outcome): Outcome {
  switch (reply.kind) {
    case 'wait':
      return { kind: 'deferred', reason: reply.reason, retryAfterMs: reply.retryAfterMs }
    case 'trouble':
    case 'malformed':
      return when === 'sent'
        ? { kind: 'failed', reason: reply.reason }
        : { kind: 'deferred', reason: reply.reason, retryAfterMs: 1_000 }
    case 'refused': {
      const { message: reason, fix } = reply.failure
      if (reply.status === 401) return { kind: 'deferred', reason, retryAfterMs: signInRetryMs }
      if (reply.status === 404) return nobody
      return { kind: 'rejected', reason, ...(fix !== undefined && { fix }) }
    }
  }
}
