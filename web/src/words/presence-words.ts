import type { Activity } from '../../../src/core/presence.ts'

/** Every activity in the words of Teams. The record is complete by its type: a new activity fails the build. */
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

const activities = Object.keys(labels) as Activity[]

/** `pair` is `availability/activity`, spelled by us or by Microsoft Graph: letter case does not matter. */
export function pairActivity(pair: string): Activity {
  const activity = pair.slice(pair.indexOf('/') + 1).toLowerCase()
  return activities.find((one) => one.toLowerCase() === activity) ?? 'unknown'
}

/** "In a call" for `busy/inACall`; what is no pair, or not known, stays as it is. */
export function pairLabel(pair: string): string {
  const activity = pairActivity(pair)
  const known = activity !== 'unknown' || /^unknown\//i.test(pair)
  return known && pair.includes('/') ? labels[activity] : pair
}

/** A clause of the hub as it stands alone: states by their names, capital first. */
export function asPhrase(text: string): string {
  const words = text.trim().replace(/\b[a-z]+\/[a-z]+\b/gi, pairLabel)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** The same with a full stop. */
export function asSentence(text: string): string {
  const phrase = asPhrase(text)
  return phrase === '' || /[.!?]$/.test(phrase) ? phrase : `${phrase}.`
}
