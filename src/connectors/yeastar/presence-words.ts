import {
  AVAILABLE,
  AWAY,
  DO_NOT_DISTURB,
  isDoNotDisturb,
  type Presence,
  presence,
} from '../../core/presence.ts'

/** What a person picks as Appear offline in Teams. */
const OFF_WORK = presence('offline', 'offWork')

/** The six presences of an extension (developer guide, `extension/list`). Each has its own ring strategy at the PBX. */
const states: Readonly<Record<string, Presence>> = {
  available: AVAILABLE,
  away: AWAY,
  business_trip: AWAY,
  do_not_disturb: DO_NOT_DISTURB,
  lunch: AWAY,
  off_work: OFF_WORK,
}

/** Undefined for a word that is not known. */
export function stateOfWord(word: string): Presence | undefined {
  return Object.hasOwn(states, word) ? states[word] : undefined
}

/** The word that a state is written as. */
export function wordOfState(state: Presence): string {
  if (isDoNotDisturb(state)) return 'do_not_disturb'
  return state.availability === 'away' ? 'away' : 'available'
}
