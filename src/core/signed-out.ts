import type { PresenceFacet } from './observation.ts'
import type { Point } from './presentity.ts'
import { endContribution } from './read.ts'

/**
 * A person's logout from a system (a CRM's "Logout"): what it had said of them is withdrawn, and it is handed back: what
 * we wrote there ended with the logout, and nothing is written until they sign in again. Then it is in step with the
 * others like a system that is new.
 */
export function isSignedOut({ native }: Point): boolean {
  return native?.absent === 'signedOut'
}

/** Stands beside the state of a system that the person has signed out of. */
export const signedOutNote =
  'signed out: nothing is shown or signalled there until the next sign-in; missed calls are logged only where the hub keeps a history'

/** What the person is told there when they sign out; short enough for a notice. */
export const signedOutNotice =
  'You have signed out here. Calls are not signalled here until you sign in again, and calls you miss meanwhile are not logged here: they are logged only where the hub keeps a history.'

/** Takes a reading where the person signed out, or in again; undefined for every other one. */
export function readSignOut(point: Point, facet: PresenceFacet, now: number): 'changed' | 'same' | undefined {
  const was = isSignedOut(point)
  if (facet.absent !== 'signedOut') {
    // Whatever is shown first has not been chosen against anything: nothing was shown before.
    if (was) forgetChoices(point)
    return undefined
  }
  point.read = { state: facet.state, at: now }
  if (was) return 'same'
  point.native = {
    state: facet.state,
    chosen: 'no',
    outOfOffice: facet.outOfOffice ?? false,
    since: now,
    absent: 'signedOut',
  }
  point.hiddenSince = undefined
  forgetChoices(point)
  for (const contribution of point.contributions ?? []) {
    if (contribution.endAckAt === undefined) endContribution(contribution, 'signedOut', now)
  }
  return 'changed'
}

function forgetChoices(point: Point): void {
  point.base = undefined
  point.changedAt = undefined
  point.changedBy = undefined
  point.effects = undefined
}
