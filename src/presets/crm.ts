import { AVAILABLE, AWAY, DO_NOT_DISTURB, IN_A_CALL } from '../core/presence.ts'
import { crmToTeams, crmVia, teamsToCrm } from './crm-tables.ts'
import { hold, type Preset, type PresetTable, release, set, usualTable } from './preset.ts'

const miragePage = 'https://helpserver.biz/onlinehelp/cdc/sf/5.0/help2000/presence-state3.html'
const promiseMs = 7000

/** CRM and Teams both ways; the phone system is what its own links make of it. */
export const standard: Preset = {
  id: 'standard',
  title: 'Standard phone system with Microsoft Teams and a CRM',
  summary: 'CRM and Teams follow each other.',
  teamsSync: 'vendor',
  vendorSync: 'the Teams integration of the phone system',
  directions: { 'teams to crm': teamsToCrm(crmVia), 'crm to teams': crmToTeams(crmVia) },
}

/** The softphone of the CRM is a Teams client. */
export const mirage: Preset = {
  id: 'mirage',
  title: 'Mirage MS-Teams Connector',
  summary: 'CRM and Teams follow each other within 7 seconds; the softphone in the CRM is Teams.',
  teamsSync: 'hub',
  directions: {
    'teams to crm': teamsToCrm(miragePage, promiseMs),
    'crm to teams': crmToTeams(miragePage, promiseMs),
  },
  notes: ['Presenting, In a call and In a meeting are shown but cannot be picked, in the CRM or in Teams.'],
}

/** The vendor's own connector carries the calls to Teams. */
export const webex: Preset = {
  id: 'webex',
  title: 'Webex Calling beside a CRM',
  summary:
    'CRM and Teams follow each other; Webex Calling and Teams are kept in step by Webex itself, so that its calls reach the CRM through Teams.',
  teamsSync: 'vendor',
  vendorSync: 'Microsoft Teams for Webex Calling',
  directions: { 'teams to crm': teamsToCrm(crmVia), 'crm to teams': crmToTeams(crmVia) },
  notes: ['There is no direct link between the CRM and Webex; its reason codes stay blank.'],
}

const withPhone: Omit<PresetTable, 'rows'> = {
  ...usualTable,
  source: crmVia,
  basis: 'derived',
  notes: [
    'The page says that the three are kept the same; the pairs are ours: each shows what the others show; a phone system shows Busy as Away.',
  ],
}

/** CRM, Teams and a phone system, each with each. */
export const salesforce: Preset = {
  id: 'salesforce',
  title: 'Salesforce, Microsoft Teams and a phone system',
  summary: 'Every pair of the three is linked both ways, so that all show the same.',
  teamsSync: 'hub',
  directions: {
    'teams to crm': teamsToCrm(crmVia),
    'crm to teams': crmToTeams(crmVia),
    'teams to phone': {
      ...withPhone,
      rows: [
        set('In a call', { activity: 'inACall' }, IN_A_CALL),
        set('In a conference call', { activity: 'inAConferenceCall' }, IN_A_CALL),
        set('Do not disturb, Presenting, Focusing', { availability: 'doNotDisturb' }, DO_NOT_DISTURB),
        set('Available', { availability: 'available' }, AVAILABLE),
        set('Busy, In a meeting', { availability: 'busy' }, AWAY),
        set('Be right back', { availability: 'beRightBack' }, AWAY),
        set('Away', { availability: 'away' }, AWAY),
        set('Appear offline', { availability: 'offline', activity: 'offWork' }, AWAY),
        release('Offline', { availability: 'offline' }),
        hold('Unknown', { availability: 'unknown' }),
      ],
    },
    'phone to teams': {
      ...withPhone,
      rows: [
        set('On a call', { activity: 'inACall' }, IN_A_CALL),
        set('Do not disturb', { availability: 'doNotDisturb' }, DO_NOT_DISTURB),
        set('Away', { availability: 'away' }, AWAY),
        release('Everything else', {}),
      ],
    },
    'crm to phone': {
      ...withPhone,
      rows: [
        set('On a call', { activity: 'inACall' }, IN_A_CALL),
        set('Do not disturb', { availability: 'doNotDisturb' }, DO_NOT_DISTURB),
        set('Available', { availability: 'available' }, AVAILABLE),
        set('Busy', { availability: 'busy' }, AWAY),
        set('Be right back', { availability: 'beRightBack' }, AWAY),
        set('Away', { availability: 'away' }, AWAY),
        release('Logout', {}),
      ],
    },
    'phone to crm': {
      ...withPhone,
      rows: [
        set('On a call', { activity: 'inACall' }, IN_A_CALL),
        set('Do not disturb', { availability: 'doNotDisturb' }, DO_NOT_DISTURB),
        set('Available', { availability: 'available' }, AVAILABLE),
        set('Away', { availability: 'away' }, AWAY),
        release('Everything else', {}),
      ],
    },
  },
  notes: [
    'The reason of a CRM status (its own name, such as Lunch) is shown beside the state; it decides nothing, and is blank where the source has none.',
  ],
}
