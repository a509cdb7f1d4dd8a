import type { DialogFacet, Party } from '../../core/observation.ts'
import type { Leg } from './legs.ts'

/** How the number of the other end tells a colleague from the outside world. */
export interface NumberPlan {
  /** Numbers of at most so many digits are internal. */
  readonly internalDigits: number
  isExtension(number: string): boolean
}

export function partyOf({ remote, outside }: Pick<Leg, 'remote' | 'outside'>, plan: NumberPlan): Party {
  if (remote !== undefined && plan.isExtension(remote)) return 'internal'
  if (outside) return 'external'
  if (remote === undefined) return 'unknown'
  return /^[\d*#]+$/.test(remote) && remote.length <= plan.internalDigits ? 'internal' : 'external'
}

/** A call as the hub is told of it. */
export function dialogOf(call: string, leg: Leg, plan: NumberPlan): DialogFacet {
  const { state, direction, remote } = leg
  const dialled = remote !== undefined && /^\+?[\d*#]+$/.test(remote)
  return {
    ...{ kind: 'dialog', leg: call, state, direction, party: partyOf(leg, plan), evidence: 'call' },
    ...(dialled && { remote }),
    ...(dialled && /^[*#]/.test(remote) && { featureCode: true }),
  }
}
