import type { ConnectorFailure } from '../../core/connector.ts'
import type { ToldHealth } from '../kit/health-teller.ts'
import type { SyncProblem } from '../kit/vendor-sync.ts'
import type { HookState } from './subscriptions.ts'

/** Everything that says how the instance is doing. */
export interface Condition {
  readonly lost: string | undefined
  readonly refused: ConnectorFailure | undefined
  readonly pausedMs: number
  readonly barred: { readonly failure: ConnectorFailure; readonly user: string } | undefined
  readonly followed: number
  readonly hooks: HookState
  /** Something was posted before a look found it. */
  readonly announced: boolean
  /** How the SIP side does, where do not disturb is heard and set there. */
  readonly features: ToldHealth | undefined
  /** ConnecttoTeams beside us where nobody said so. */
  readonly doubleSync: SyncProblem | undefined
}

/** The worst first; what only makes changes come later is told beside `up`. */
export function judge(condition: Condition): ToldHealth {
  const { lost, refused, pausedMs, barred, followed, hooks, announced, doubleSync, features } = condition
  if (refused) {
    const { message: detail, fix, kind: failure } = refused
    return { state: 'down', detail, failure, ...(fix && { fix }) }
  }
  if (lost !== undefined) return { state: 'degraded', detail: `The platform cannot be heard: ${lost}.` }
  if (barred) {
    const { message, fix, kind: failure } = barred.failure
    const detail = `Answer rules of user ${barred.user} cannot be read: ${message}`
    return { state: 'degraded', detail, failure, ...(fix && { fix }) }
  }
  if (features && features.state !== 'up' && features.state !== 'starting') {
    const { state: _, detail = 'it is stopped.', ...more } = features
    return { state: 'degraded', detail: `Do not disturb by as-feature-event: ${detail}`, ...more }
  }
  if (pausedMs > 0) {
    return { state: 'degraded', detail: 'The platform asked for fewer requests; reading goes on later.' }
  }
  if (doubleSync) return { state: 'up', detail: doubleSync.text, fix: doubleSync.fix }
  if (announced && hooks.delivers)
    return { state: 'up', detail: `${followed} users, changes are posted to us` }
  const why = hooks.delivers ? 'subscribed, but nothing was posted yet' : hooks.detail
  const detail = `${followed} users, polled${why === undefined ? '' : `: ${why}`}`
  return { state: 'up', detail, ...(hooks.fix && { fix: hooks.fix }) }
}
