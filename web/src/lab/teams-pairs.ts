import type { Activity } from '../../../src/core/presence.ts'

/** Microsoft Graph's activities as they stand in the lab's answers, with our name and Teams' words for each. */
const known: Record<string, readonly [Activity, string]> = {
  available: ['available', 'Available'],
  away: ['away', 'Away'],
  berightback: ['beRightBack', 'Be right back'],
  busy: ['busy', 'Busy'],
  donotdisturb: ['doNotDisturb', 'Do not disturb'],
  focusing: ['focusing', 'Focusing'],
  inacall: ['inACall', 'In a call'],
  inaconferencecall: ['inAConferenceCall', 'In a conference call'],
  inameeting: ['inAMeeting', 'In a meeting'],
  inactive: ['inactive', 'Inactive'],
  offwork: ['offWork', 'Appear offline'],
  offline: ['offline', 'Offline'],
  outofoffice: ['outOfOffice', 'Out of office'],
  presenting: ['presenting', 'Presenting'],
  urgentinterruptionsonly: ['urgentInterruptionsOnly', 'Urgent interruptions only'],
}

function entry(pair: string): readonly [Activity, string] {
  const activity = pair.slice(pair.indexOf('/') + 1)
  return known[activity.toLowerCase()] ?? ['unknown', activity || 'Unknown']
}

/** `pair` is `Availability/Activity`, in any letter case. */
export function pairKind(pair: string): Activity {
  return entry(pair)[0]
}

export function pairLabel(pair: string): string {
  return entry(pair)[1]
}
