import type { ConnectorFailure } from '../../core/connector.ts'
import type { ToldHealth } from '../kit/health-teller.ts'
import type { SyncProblem } from '../kit/vendor-sync.ts'
import type { HookState } from './hook-keeper.ts'
import type { Stream } from './stream.ts'

/** Everything that says how the instance is doing. */
export interface Condition {
  readonly lost: string | undefined
  readonly locked: ConnectorFailure | undefined
  readonly pausedMs: number
  readonly refused: { readonly failure: ConnectorFailure; readonly address: string } | undefined
  readonly followed: number
  readonly stream: Pick<Stream, 'open' | 'trouble'> | undefined
  readonly hooks: HookState
  /** A change was told before it was found. */
  readonly announced: boolean
  /** What is wrong about the vendor's own sync with Teams. */
  readonly syncProblem: SyncProblem | undefined
  readonly expiryMissing: boolean
}

/** The worst first; what only makes changes come later is told beside `up`. */
export function judge(condition: Condition): ToldHealth {
  const { lost, locked, pausedMs, refused, followed, stream, hooks, announced, syncProblem, expiryMissing } =
    condition
  if (locked) {
    const { message: detail, fix, kind: failure } = locked
    return { state: 'down', detail, failure, ...(fix && { fix }) }
  }
  if (lost !== undefined) return { state: 'degraded', detail: `The PBX cannot be heard: ${lost}.` }
  if (refused) {
    const { message, fix, kind: failure } = refused.failure
    const detail = `Extension ${refused.address} cannot be read: ${message}`
    return { state: 'degraded', detail, failure, ...(fix && { fix }) }
  }
  if (pausedMs > 0) {
    return { state: 'degraded', detail: 'The PBX asked for fewer requests; reading goes on later.' }
  }
  if (syncProblem) return { state: 'up', detail: syncProblem.text, fix: syncProblem.fix }
  if (expiryMissing) {
    return {
      state: 'up',
      detail: 'The PBX shows no end of a do not disturb that was given one.',
      fix: 'Set "dndExpires: false": the hub then takes back by itself what the PBX would leave for ever.',
    }
  }
  const push = stream?.open ? 'WebSocket' : hooks.delivers ? 'action URLs' : undefined
  const silent = push && `${push} set up, but no change was told yet`
  const why = announced && push ? undefined : (stream?.trouble?.reason ?? silent ?? hooks.detail)
  const fix = stream?.trouble?.fix ?? hooks.fix
  const how = announced && push ? `changes by ${push}` : `polled${why === undefined ? '' : `: ${why}`}`
  return { state: 'up', detail: `${followed} extensions, ${how}`, ...(!push && fix ? { fix } : {}) }
}
