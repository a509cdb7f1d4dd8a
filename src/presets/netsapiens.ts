import { defaultCalls, defaultGraceMs } from '../core/policy.ts'
import { DO_NOT_DISTURB } from '../core/presence.ts'
import { offHookToTeams } from './connecttoteams.ts'
import { type Preset, release, set, transcribed, usualSwitches } from './preset.ts'

/** As ConnecttoTeams, and incoming calls pause while Teams says not to disturb. */
export const netsapiens: Preset = {
  id: 'netsapiens',
  title: 'NetSapiens, RingLogix, United Cloud, Viirtue',
  summary:
    'Teams follows the phone as with preset connecttoteams; a Teams call or do not disturb pauses incoming calls at the phone system.',
  teamsSync: 'hub',
  vendorSync: 'Pause inbound calling of ConnecttoTeams',
  directions: {
    'phone to teams': offHookToTeams,
    'teams to phone': {
      source:
        'https://kb.connecttoteams.com/v1/docs/pause-inbound-calling-based-on-user-availability-on-ms-teams',
      date: transcribed,
      basis: 'derived',
      rows: [
        set('In a call', { activity: 'inACall' }, DO_NOT_DISTURB),
        set('In a conference call', { activity: 'inAConferenceCall' }, DO_NOT_DISTURB),
        set('Do not disturb, Presenting, Focusing', { availability: 'doNotDisturb' }, DO_NOT_DISTURB),
        release('Everything else', {}),
      ],
      calls: defaultCalls,
      graceMs: defaultGraceMs,
      switches: { ...usualSwitches, overSchedule: true },
      notes: [
        'The page does not say which Teams states pause calls; those in which Teams itself would not take the call were chosen.',
        'Do not disturb belongs to the active time frame at the phone system: it is written again when the time frame changes.',
      ],
    },
  },
}
