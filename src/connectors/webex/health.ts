import type { ConnectorFailure } from '../../core/connector.ts'
import { judgeFailure, type ToldHealth } from '../kit/health-teller.ts'
import type { SyncProblem } from '../kit/vendor-sync.ts'

/** Everything that says how the instance is doing. */
export interface Condition {
  readonly lost: ConnectorFailure | undefined
  readonly refused: { readonly address: string; readonly failure: ConnectorFailure } | undefined
  readonly pausedMs: number
  /** Somebody else signs in with the same credential. */
  readonly contested: boolean
  readonly syncProblem: SyncProblem | undefined
  /** In words, while everything is well. */
  readonly well: string
  readonly note?: { readonly text: string; readonly fix?: string } | undefined
}

/** The worst first; what only makes changes come later is told beside `up`. */
export function judge({
  lost,
  refused,
  pausedMs,
  contested,
  syncProblem,
  well,
  note,
}: Condition): ToldHealth {
  if (lost) return judgeFailure(lost)
  if (refused) {
    const { message, fix, kind: failure } = refused.failure
    const detail = `${refused.address} cannot be read: ${message}`
    return { state: 'degraded', detail, failure, ...(fix && { fix }) }
  }
  if (pausedMs > 0) {
    return { state: 'degraded', detail: 'Webex asked for fewer requests; reading goes on later.' }
  }
  if (contested) {
    return {
      state: 'degraded',
      detail: 'Access tokens end again and again before their time.',
      fix: 'Use the Service App for the hub alone.',
    }
  }
  if (syncProblem) return { state: 'up', detail: syncProblem.text, fix: syncProblem.fix }
  return { state: 'up', detail: note ? `${well}: ${note.text}` : well, ...(note?.fix && { fix: note.fix }) }
}
