import { defaultCalls, defaultGraceMs } from '../core/policy.ts'
import { AVAILABLE, AWAY, DO_NOT_DISTURB, IN_A_CALL } from '../core/presence.ts'
import { hold, type Preset, type PresetRow, release, set, transcribed, usualSwitches } from './preset.ts'

const page =
  'https://help.enreach.com/controlcenter/14.25/web/Swyx/en-US/help/chap_serverconfiguration.06.30.html'

/** In this order: an activity that is a call comes before the base state it stands beside. */
export const teamsToSwyx: readonly PresetRow[] = [
  set('In a call, with or without out of office', { activity: 'inACall' }, IN_A_CALL),
  set('In a conference call, with or without out of office', { activity: 'inAConferenceCall' }, IN_A_CALL),
  set('Presenting', { availability: 'doNotDisturb', activity: 'presenting' }, IN_A_CALL),
  set('Do not disturb, Focusing', { availability: 'doNotDisturb' }, DO_NOT_DISTURB),
  set('Available, with or without out of office', { availability: 'available' }, AVAILABLE),
  set('In a meeting', { activity: 'inAMeeting' }, AWAY),
  set('Busy', { availability: 'busy' }, AWAY),
  set('Be right back', { availability: 'beRightBack' }, AWAY),
  hold('Out of office', { activity: 'outOfOffice' }),
  set('Away, last seen', { availability: 'away' }, AWAY),
  set('Appear offline', { availability: 'offline', activity: 'offWork' }, AWAY),
  hold('Offline', { availability: 'offline' }),
  hold('Status unknown', { availability: 'unknown' }),
]

/** Any call at any device counts, once it is connected. */
export const connectedCalls = { ...defaultCalls, offHook: false }

/** The vendor's page to the letter. */
export const swyx: Preset = {
  id: 'swyx',
  title: 'Swyx',
  summary:
    'Teams states are shown at the phone system as Available, Away, Speaking or Do not disturb; of the phone system only Speaking goes to Teams.',
  teamsSync: 'hub',
  vendorSync: 'Swyx Connector for Microsoft Teams',
  directions: {
    'teams to phone': {
      source: page,
      date: transcribed,
      basis: 'vendor',
      rows: teamsToSwyx,
      calls: connectedCalls,
      graceMs: defaultGraceMs,
      switches: usualSwitches,
      promiseMs: 5000,
      notes: [
        'Speaking, the vendor\u2019s word for being on a call, is In a call here.',
        'Urgent interruptions only, which the page does not know, is taken for Do not disturb.',
      ],
    },
    'phone to teams': {
      source: page,
      date: transcribed,
      basis: 'vendor',
      rows: [
        set('Speaking', { activity: 'inACall' }, IN_A_CALL),
        release('Available, Away, Do not disturb: nothing is sent', {}),
      ],
      calls: connectedCalls,
      graceMs: defaultGraceMs,
      switches: usualSwitches,
      promiseMs: 3000,
      notes: [
        'A state chosen by hand in Teams stays as it is, except Available and Busy, which give way to the call. Where Teams lets a chosen Available stand above the call, `clearAvailable` takes it away for the call.',
      ],
    },
  },
  notes: [
    '"No synchronisation" keeps what was shown last for 12 hours at most, then takes it back; the page knows no end. `holdHours` of the link keeps it longer.',
    'Another description of the same system says that it is one-way, from Teams only; this preset follows the vendor\u2019s page, `swyx-via-crm` the other one.',
  ],
}
