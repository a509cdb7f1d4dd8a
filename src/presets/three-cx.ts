import { AVAILABLE, AWAY, DO_NOT_DISTURB, IN_A_CALL } from '../core/presence.ts'
import { composeRows } from './compose.ts'
import { crmVia, teamsToCrm, teamsToCrmRows } from './crm-tables.ts'
import { hold, type Preset, type PresetRow, release, set, usualSwitches, usualTable } from './preset.ts'

const manual = 'https://www.3cx.com/docs/manual/microsoft-365/'

const common = { ...usualTable, switches: { ...usualSwitches, overSchedule: true } }

const scheduleNote =
  'The phone system changes profiles by its own office hours; such a change does not count as the person\u2019s.'

/** The phone system's profiles are Available, Away and Do not disturb (named Out of office in its data). */
const teamsToProfile: readonly PresetRow[] = [
  set('In a call', { activity: 'inACall' }, AWAY),
  set('In a conference call', { activity: 'inAConferenceCall' }, AWAY),
  set('Do not disturb, Presenting, Focusing', { availability: 'doNotDisturb' }, DO_NOT_DISTURB),
  set('Available', { availability: 'available' }, AVAILABLE),
  set('Busy, In a meeting', { availability: 'busy' }, AWAY),
  set('Be right back', { availability: 'beRightBack' }, AWAY),
  set('Away', { availability: 'away' }, AWAY),
  set('Appear offline', { availability: 'offline', activity: 'offWork' }, AWAY),
  release('Offline', { availability: 'offline' }),
  hold('Unknown', { availability: 'unknown' }),
]

/** Calls at the phone system and the profiles. */
const profileToTeams: readonly PresetRow[] = [
  set('On a call', { activity: 'inACall' }, IN_A_CALL),
  set('Do not disturb', { availability: 'doNotDisturb' }, DO_NOT_DISTURB),
  set('Away', { availability: 'away' }, AWAY),
  release('Available', {}),
]

/** A state of the CRM as a profile of the phone system. */
export const crmToProfile: readonly PresetRow[] = [
  set('On a call', { activity: 'inACall' }, AWAY),
  set('Do not disturb, Presenting', { availability: 'doNotDisturb' }, DO_NOT_DISTURB),
  set('Available', { availability: 'available' }, AVAILABLE),
  set('Busy, In a meeting', { availability: 'busy' }, AWAY),
  set('Be right back', { availability: 'beRightBack' }, AWAY),
  set('Away, Out of office', { availability: 'away' }, AWAY),
  release('Logout', {}),
]

const profileToCrm: readonly PresetRow[] = [
  set('On a call', { activity: 'inACall' }, IN_A_CALL),
  set('Do not disturb', { availability: 'doNotDisturb' }, DO_NOT_DISTURB),
  set('Available', { availability: 'available' }, AVAILABLE),
  set('Away', { availability: 'away' }, AWAY),
  release('Everything else', {}),
]

/** By the vendor's manual: presence goes both ways. */
export const threeCx: Preset = {
  id: '3cx',
  title: '3CX',
  summary: 'Teams and the profiles of the phone system follow each other.',
  teamsSync: 'hub',
  vendorSync: 'Microsoft 365 integration of 3CX (presence sync)',
  directions: {
    'teams to phone': {
      ...common,
      source: manual,
      basis: 'derived',
      rows: teamsToProfile,
      notes: [
        'The manual says that presence goes both ways and leaves the pairs to a table of its own; a profile cannot show a call, so that a call is Away.',
        scheduleNote,
      ],
    },
    'phone to teams': { ...common, source: manual, basis: 'derived', rows: profileToTeams },
  },
}

/** By the CRM's page: Teams reaches the phone system by way of the CRM, and nothing reaches Teams. */
export const threeCxCrm: Preset = {
  id: '3cx-crm',
  title: '3CX beside a CRM',
  summary:
    'CRM and phone system follow each other; Teams goes to the CRM and from there to the phone system; nothing goes to Teams.',
  teamsSync: 'hub',
  vendorSync: 'Microsoft 365 integration of 3CX (presence sync)',
  directions: {
    'crm to phone': {
      ...common,
      source: crmVia,
      basis: 'derived',
      rows: crmToProfile,
      notes: ['The page names the directions, not the pairs.', scheduleNote],
    },
    'phone to crm': { ...common, source: crmVia, basis: 'derived', rows: profileToCrm },
    'teams to crm': teamsToCrm(crmVia),
    'teams to phone': {
      ...common,
      source: crmVia,
      basis: 'derived',
      rows: composeRows(teamsToCrmRows, crmToProfile),
      notes: [
        'The two tables Teams to CRM and CRM to phone in one: the hub never reads back what it wrote to the CRM.',
        'Between what a person chose in the CRM and in Teams the latest change wins.',
      ],
    },
  },
}
