/**
 * The one vocabulary of states. Names follow Microsoft Graph's presence resource
 * (learn.microsoft.com/graph/api/resources/presence), because it is the richest of the systems we join;
 * other systems map into it inside their connector.
 */

/** Every availability, in alphabetical order. */
export const availabilities = [
  'available',
  'away',
  'beRightBack',
  'busy',
  'doNotDisturb',
  'offline',
  'unknown',
] as const
/** The coarse half of a state: may this person be disturbed? */
export type Availability = (typeof availabilities)[number]

/** Every activity, in alphabetical order. */
export const activities = [
  'available',
  'away',
  'beRightBack',
  'busy',
  'doNotDisturb',
  'focusing',
  'inACall',
  'inAConferenceCall',
  'inAMeeting',
  'inactive',
  'offWork',
  'offline',
  'outOfOffice',
  'presenting',
  'unknown',
  'urgentInterruptionsOnly',
] as const
/** The fine half of a state: what is the person doing? */
export type Activity = (typeof activities)[number]

/** A state as one system shows it. `unknown` is a value of its own and never reads as available. */
export interface Presence {
  readonly availability: Availability
  readonly activity: Activity
}

/** Whether a person picked the state by hand. `unknown` is honest: it is never guessed. */
export type Chosen = 'yes' | 'no' | 'unknown'

/** `doNotDisturb/presenting`: the spelling used in tables, logs, the ledger and explanations. */
export type PresenceName = `${Availability}/${Activity}`

const intern = new Map<string, Presence>()

/** The one shared, frozen object of a pair; a hundred thousand people hold references, not copies. */
export function presence(availability: Availability, activity: Activity): Presence {
  const name = `${availability}/${activity}`
  let found = intern.get(name)
  if (!found) {
    found = Object.freeze({ availability, activity })
    intern.set(name, found)
  }
  return found
}

/** Reachable, and the neutral value of a choice. */
export const AVAILABLE = presence('available', 'available')
/** Not at the desk. */
export const AWAY = presence('away', 'away')
/** Busy without a known reason. */
export const BUSY = presence('busy', 'busy')
/** Do not disturb, as a person picks it. */
export const DO_NOT_DISTURB = presence('doNotDisturb', 'doNotDisturb')
/** In a call, on whatever system. */
export const IN_A_CALL = presence('busy', 'inACall')
/** Signed out everywhere; reveals no choice. */
export const OFFLINE = presence('offline', 'offline')
/** Sharing a screen: silences like do not disturb. */
export const PRESENTING = presence('doNotDisturb', 'presenting')
/** Nothing is known. */
export const UNKNOWN = presence('unknown', 'unknown')

/** The spelling used in tables, logs, the ledger and explanations. */
export function presenceName(state: Presence): PresenceName {
  return `${state.availability}/${state.activity}`
}

/** Equality of pairs. */
export function samePresence(a: Presence, b: Presence): boolean {
  return a.availability === b.availability && a.activity === b.activity
}

/** Reads `availability/activity` in any letter case; undefined when either word is not one of ours. */
export function parsePresence(text: string): Presence | undefined {
  const [left = '', right = ''] = text.split('/')
  const availability = availabilities.find((word) => word.toLowerCase() === left.trim().toLowerCase())
  const activity = activities.find((word) => word.toLowerCase() === right.trim().toLowerCase())
  return availability && activity ? presence(availability, activity) : undefined
}

/** True for a call, on whatever system: the two call activities. */
export function isCall(state: Presence): boolean {
  return state.activity === 'inACall' || state.activity === 'inAConferenceCall'
}

/** True for the whole family that silences a Teams client: Do not disturb, Presenting, Focusing, urgent only. */
export function isDoNotDisturb(state: Presence): boolean {
  return state.availability === 'doNotDisturb'
}

/**
 * The pairs a person can pick in Teams' status menu (graph.md 1.5: the pairs of setUserPreferredPresence).
 * A shown pair of this set may still be automatic (Available, Away); every other pair is automatic for certain.
 */
const selectable = new Set<PresenceName>([
  'available/available',
  'busy/busy',
  'doNotDisturb/doNotDisturb',
  'beRightBack/beRightBack',
  'away/away',
  'offline/offWork',
])

/** True for a pair that a person can pick by hand. */
export function isSelectable(state: Presence): boolean {
  return selectable.has(presenceName(state))
}

const labels: Record<Activity, string> = {
  available: 'Available',
  away: 'Away',
  beRightBack: 'Be right back',
  busy: 'Busy',
  doNotDisturb: 'Do not disturb',
  focusing: 'Focusing',
  inACall: 'In a call',
  inAConferenceCall: 'In a conference call',
  inAMeeting: 'In a meeting',
  inactive: 'Inactive',
  offWork: 'Appear offline',
  offline: 'Offline',
  outOfOffice: 'Out of office',
  presenting: 'Presenting',
  unknown: 'Unknown',
  urgentInterruptionsOnly: 'Urgent interruptions only',
}

/** What a person reads on the board; a connector may have its own words for its own states. */
export function presenceLabel(state: Presence): string {
  return labels[state.activity]
}
