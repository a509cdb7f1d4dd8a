import type { ConnectorContext, Health } from '../../core/connector.ts'
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

type Said = Omit<Health, 'since'>

/** The worst first. */
export function judge({ takes, refused, target, nearOnly }: Condition): Said {
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

/** Says how it is, once for each change. */
export class HealthTeller {
  readonly #context: Pick<ConnectorContext, 'health'>
  #last = ''

  constructor(context: Pick<ConnectorContext, 'health'>) {
    this.#context = context
  }

  say(health: Said): void {
    const text = JSON.stringify(health)
    if (text === this.#last) return
    this.#last = text
    this.#context.health(health)
  }
}
