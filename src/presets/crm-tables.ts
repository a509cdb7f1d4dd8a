import { AVAILABLE, AWAY, BUSY, DO_NOT_DISTURB, IN_A_CALL, PRESENTING, presence } from '../core/presence.ts'
import { hold, type PresetRow, type PresetTable, release, set, usualTable } from './preset.ts'

/** Where the CRM's part beside a phone system is described. */
export const crmVia =
  'https://helpserver.biz/onlinehelp/cdc/sf/5.0/help2000/presence-state-sync-between-ms.html'

const BE_RIGHT_BACK = presence('beRightBack', 'beRightBack')

/** The CRM shows what Teams shows; where it lacks a state, the nearest one that it has. */
export const teamsToCrmRows: readonly PresetRow[] = [
  set('In a call', { activity: 'inACall' }, IN_A_CALL),
  set('In a conference call', { activity: 'inAConferenceCall' }, IN_A_CALL),
  set('Presenting', { activity: 'presenting' }, PRESENTING),
  set('Do not disturb, with or without out of office', { availability: 'doNotDisturb' }, DO_NOT_DISTURB),
  set('In a meeting', { activity: 'inAMeeting' }, presence('busy', 'inAMeeting')),
  set('Busy, with or without out of office', { availability: 'busy' }, BUSY),
  set('Be right back', { availability: 'beRightBack' }, BE_RIGHT_BACK),
  set('Available, with or without out of office', { availability: 'available' }, AVAILABLE),
  set('Out of office', { activity: 'outOfOffice' }, presence('away', 'outOfOffice')),
  set('Away', { availability: 'away' }, AWAY),
  set('Appear offline', { availability: 'offline', activity: 'offWork' }, AWAY),
  release('Offline', { availability: 'offline' }),
  hold('Not enabled, unknown, no licence', { availability: 'unknown' }),
]

/** What a person picks in the CRM is picked in Teams; what cannot be picked there is taken back. */
const crmToTeamsRows: readonly PresetRow[] = [
  set('On a call', { activity: 'inACall' }, IN_A_CALL),
  set('Do not disturb', { availability: 'doNotDisturb', activity: 'doNotDisturb' }, DO_NOT_DISTURB),
  set('Busy', { availability: 'busy', activity: 'busy' }, BUSY),
  set('Be right back', { availability: 'beRightBack' }, BE_RIGHT_BACK),
  set('Away', { availability: 'away', activity: 'away' }, AWAY),
  release('Available, Logout and whatever cannot be picked', {}),
]

export function teamsToCrm(source: string, promiseMs?: number): PresetTable {
  return {
    ...usualTable,
    source,
    basis: 'vendor',
    rows: teamsToCrmRows,
    ...(promiseMs !== undefined && { promiseMs }),
    notes: [
      'Do not disturb on top of out of office is shown as Do not disturb alone where the CRM cannot show both.',
    ],
  }
}

export function crmToTeams(source: string, promiseMs?: number): PresetTable {
  return {
    ...usualTable,
    source,
    basis: 'vendor',
    rows: crmToTeamsRows,
    ...(promiseMs !== undefined && { promiseMs }),
    notes: [
      'On a call is written as a session of the application, which Teams shows as In a call and counts as Busy; `callsAs: busy` writes the status Busy instead.',
      'Logging out withdraws what the CRM had said.',
    ],
  }
}
