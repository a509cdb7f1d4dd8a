import {
  type Activity,
  type Availability,
  type Chosen,
  isSelectable,
  type Presence,
  presence,
  presenceName,
  UNKNOWN,
} from '../../core/presence.ts'
import type { StrangeWord } from '../kit/unknown-values.ts'

/** Graph's words for the base state, in small letters (presence resource, versions of 2025-09 and 2025-12). */
const availabilityWords: ReadonlyMap<string, Availability> = new Map(
  Object.entries<Availability>({
    available: 'available',
    availableidle: 'available',
    away: 'away',
    berightback: 'beRightBack',
    busy: 'busy',
    busyidle: 'busy',
    donotdisturb: 'doNotDisturb',
    offline: 'offline',
    presenceunknown: 'unknown',
    unknown: 'unknown',
  }),
)

/** Graph's words for the detail, and the base state each implies when the other word says nothing. */
const activityWords: ReadonlyMap<string, readonly [Activity, Availability]> = new Map(
  Object.entries<readonly [Activity, Availability]>({
    available: ['available', 'available'],
    availableinactive: ['inactive', 'available'],
    away: ['away', 'away'],
    berightback: ['beRightBack', 'beRightBack'],
    busy: ['busy', 'busy'],
    donotdisturb: ['doNotDisturb', 'doNotDisturb'],
    focusing: ['focusing', 'doNotDisturb'],
    inacall: ['inACall', 'busy'],
    inaconferencecall: ['inAConferenceCall', 'busy'],
    inameeting: ['inAMeeting', 'busy'],
    inactive: ['inactive', 'away'],
    offwork: ['offWork', 'offline'],
    offline: ['offline', 'offline'],
    outofoffice: ['outOfOffice', 'offline'],
    presenceunknown: ['unknown', 'unknown'],
    unknown: ['unknown', 'unknown'],
    presenting: ['presenting', 'doNotDisturb'],
    urgentinterruptionsonly: ['urgentInterruptionsOnly', 'doNotDisturb'],
  }),
)

/** The detail that goes with a base state when no better word came. */
const plainActivity: Readonly<Record<Availability, Activity>> = {
  available: 'available',
  away: 'away',
  beRightBack: 'beRightBack',
  busy: 'busy',
  doNotDisturb: 'doNotDisturb',
  offline: 'offline',
  unknown: 'unknown',
}

/** What a pair of Graph's words means. `strange` names a word that is in neither list. */
export interface Reading {
  readonly state: Presence
  readonly chosen: Chosen
  readonly outOfOffice: boolean
  readonly strange: boolean
}

/**
 * Vendor to canonical, pure and total. Letter case does not matter; a word of the other list is taken for what it
 * says (the resource page of 2025-12 prints the lists swapped); an unknown word counts as absent, and where nothing
 * is left the state is unknown, never available.
 */
export function readWords(availabilityText: string, activityText: string): Reading {
  const left = availabilityText.trim().toLowerCase()
  const right = activityText.trim().toLowerCase()
  const strange = !known(left) || !known(right)
  const swapped = availabilityWords.get(left) === undefined && activityWords.get(left) !== undefined
  const detail = activityWords.get(swapped ? left : right) ?? undefined
  const base = availabilityWords.get(swapped ? right : left) ?? detail?.[1]
  if (base === undefined || base === 'unknown') return reading(UNKNOWN, strange)
  let activity = detail?.[0] ?? plainActivity[base]
  if (activity === 'unknown') activity = plainActivity[base]
  if (left === 'availableidle' && activity === 'available') activity = 'inactive'
  // An older example of the documentation returns Away / BeRightBack for Be right back.
  const back = base === 'beRightBack' || activity === 'beRightBack'
  return reading(back ? presence('beRightBack', 'beRightBack') : presence(base, activity), strange)
}

/** What of two words is in neither of Graph's lists, and what is made of it. */
export function strangeWords(availability: string, activity: string): readonly StrangeWord[] {
  const takenAs = presenceName(readWords(availability, activity).state)
  const words = Object.entries({ availability, activity })
  return words.flatMap(([field, value]) =>
    known(value.trim().toLowerCase()) ? [] : [{ field, value, takenAs }],
  )
}

function known(word: string): boolean {
  return availabilityWords.get(word) !== undefined || activityWords.get(word) !== undefined
}

function reading(state: Presence, strange: boolean): Reading {
  const chosen = state === UNKNOWN || isSelectable(state) ? 'unknown' : 'no'
  return { state, chosen, outOfOffice: state.activity === 'outOfOffice', strange }
}

/** Canonical to Graph: the spelling that the write calls take. */
const spelling: Readonly<Record<string, string>> = {
  available: 'Available',
  away: 'Away',
  beRightBack: 'BeRightBack',
  busy: 'Busy',
  doNotDisturb: 'DoNotDisturb',
  inACall: 'InACall',
  offWork: 'OffWork',
  offline: 'Offline',
  presenting: 'Presenting',
}

/** The two words of a state that we write; undefined for a state that no write call takes. */
export function writeWords(state: Presence): { availability: string; activity: string } | undefined {
  const availability = spelling[state.availability]
  const activity = spelling[state.activity]
  return availability && activity ? { availability, activity } : undefined
}
