import type { Activity, Availability } from '../../../src/core/presence.ts'
import type { PersonView, StateView } from '../../../src/core/view.ts'

/**
 * Everything that has an icon of its own. Beside the activities: why nothing is known, which a person needs to tell
 * apart (requirement MM-08): presence is off, no licence, signed out there, the system cannot be heard, no address there.
 */
export type StateKind = Activity | 'notEnabled' | 'notLicensed' | 'signedOut' | 'unheard' | 'noAddress'

export function stateKind(state: Pick<StateView, 'activity' | 'absent'>): StateKind {
  return state.absent ?? state.activity
}

/** The groups by which the board counts and filters. Ringing and out of office are flags, not groups. */
export const stateGroups = ['available', 'call', 'busy', 'dnd', 'away', 'offline', 'unknown'] as const
export type StateGroup = (typeof stateGroups)[number]

const groupOfAvailability: Record<Availability, StateGroup> = {
  available: 'available',
  away: 'away',
  beRightBack: 'away',
  busy: 'busy',
  doNotDisturb: 'dnd',
  offline: 'offline',
  unknown: 'unknown',
}

export function stateGroup(state: StateView): StateGroup {
  if (state.activity === 'inACall' || state.activity === 'inAConferenceCall') return 'call'
  return groupOfAvailability[state.availability] ?? 'unknown'
}

/** The icon that stands for a group. */
export const groupKinds: Record<StateGroup, StateKind> = {
  available: 'available',
  call: 'inACall',
  busy: 'busy',
  dnd: 'doNotDisturb',
  away: 'away',
  offline: 'offline',
  unknown: 'unknown',
}

/** True where an administrator should look: something is shown wrong, refused, or cannot be heard. */
export function needsAttention(person: PersonView): boolean {
  return person.systems.some(
    (system) =>
      (system.addresses.length > 0 && !system.synced) ||
      system.targets.some(({ status }) => status === 'masked' || status === 'rejected' || status === 'lost'),
  )
}
