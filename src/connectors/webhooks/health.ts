import type { ToldHealth } from '../kit/health-teller.ts'
import type { PingAnswer } from './target.ts'

/** Everything that says how the instance is doing. */
export interface Condition {
  readonly takes: boolean
  /** The last delivery was not believed or not understood, and why. */
  readonly refused: string | undefined
  readonly target: PingAnswer | 'unasked' | undefined
  /** A system elsewhere cannot deliver: the hub has no public address. */
  readonly nearOnly: boolean
}

/** The worst first. */
export function judge({ takes, refused, target, nearOnly }: Condition): ToldHealth {
  if (target !== undefined && target !== 'unasked' && target.kind === 'refused') {
    return {
      state: 'degraded',
      detail: `The target refuses what we send with status ${target.status}.`,
      failure: 'auth-failed',
      fix: 'Compare targetUrl and targetSecrets with what the target knows.',
    }
  }
  if (target !== undefined && target !== 'unasked' && target.kind === 'trouble') {
    return { state: 'degraded', detail: `The target cannot be reached: ${target.reason}.` }
  }
  if (refused !== undefined) {
    return {
      state: 'degraded',
      detail: `The last delivery was refused: ${refused}.`,
      fix: 'Compare secrets, proof and the pointers with what the system sends.',
    }
  }
  const detail = takes ? 'deliveries are taken' : 'writes only: no secret for deliveries'
  if (!takes || !nearOnly) return { state: 'up', detail }
  return {
    state: 'up',
    detail: `${detail} from this machine only`,
    fix: 'Set http.publicUrl where the system runs elsewhere.',
  }
}
