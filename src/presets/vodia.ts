import { type CallFilter, defaultCalls, defaultGraceMs } from '../core/policy.ts'
import { DO_NOT_DISTURB, IN_A_CALL } from '../core/presence.ts'
import { type Preset, release, set, transcribed, usualSwitches } from './preset.ts'

const page = 'https://doc.vodia.com/docs/microsoftteams-presence'

/** External calls only, from ringing on, in and out. */
const externalCalls: CallFilter = {
  ...defaultCalls,
  ringing: true,
  internal: false,
  unknownParty: false,
}

/** What keeps a person from the phone in Teams silences the extension; external calls and DND go to Teams. */
export const vodia: Preset = {
  id: 'vodia',
  title: 'Vodia',
  summary:
    'A Teams call, do not disturb or Busy sets the extension\u2019s do not disturb; external calls, ringing included, and do not disturb go to Teams.',
  teamsSync: 'hub',
  vendorSync: 'Microsoft Teams Presence of the Vodia tenant',
  directions: {
    'teams to phone': {
      source: page,
      date: transcribed,
      basis: 'derived',
      rows: [
        set('In a call', { activity: 'inACall' }, DO_NOT_DISTURB),
        set('In a conference call', { activity: 'inAConferenceCall' }, DO_NOT_DISTURB),
        set('Do not disturb, Presenting, Focusing', { availability: 'doNotDisturb' }, DO_NOT_DISTURB),
        release('In a meeting', { activity: 'inAMeeting' }),
        set('Busy', { availability: 'busy' }, DO_NOT_DISTURB),
        release('Available, Away, Be right back, Offline', {}),
      ],
      calls: defaultCalls,
      graceMs: defaultGraceMs,
      switches: usualSwitches,
      notes: [
        'The vendor says "sets their status" without naming the states; those that ask not to be called were chosen. In a meeting has a row of its own, so that it can be made to silence as well.',
      ],
    },
    'phone to teams': {
      source: page,
      date: transcribed,
      basis: 'vendor',
      rows: [
        set('External call, ringing or connected', { activity: 'inACall' }, IN_A_CALL),
        set('Do not disturb', { availability: 'doNotDisturb' }, DO_NOT_DISTURB),
        release('Idle, do not disturb off', {}),
      ],
      calls: externalCalls,
      graceMs: defaultGraceMs,
      switches: { ...usualSwitches, atEnd: 'clear' },
      notes: [
        'At the end of a call the state is cleared, not set to Available.',
        'Internal calls, star codes and calls whose other end is not known do not count.',
      ],
    },
  },
}
