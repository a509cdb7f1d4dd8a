import { defaultCalls } from '../core/policy.ts'
import { IN_A_CALL } from '../core/presence.ts'
import { type Preset, type PresetTable, release, set, transcribed, usualSwitches } from './preset.ts'

/** Off-hook: an own call from dialling on, a call taken from its answer on. */
export const offHookToTeams: PresetTable = {
  source: 'https://kb.connecttoteams.com/v1/docs/presence-sync',
  date: transcribed,
  basis: 'vendor',
  rows: [set('Off-hook', { activity: 'inACall' }, IN_A_CALL), release('On-hook', {})],
  calls: { ...defaultCalls, starCodes: true },
  graceMs: 0,
  switches: usualSwitches,
  notes: [
    'The vendor writes Busy; a session of the application shows as In a call and counts as Busy. `callsAs: busy` writes the status Busy instead.',
    'On-hook takes back what was written; Available is never written over what was there before (the vendor writes Available).',
  ],
}

/** Teams follows the phone system, nothing else. */
export const connectToTeams: Preset = {
  id: 'connecttoteams',
  title: 'ConnecttoTeams',
  summary:
    'Teams follows the phone: off-hook is In a call, on-hook takes that back. Nothing goes the other way.',
  teamsSync: 'hub',
  vendorSync: 'presence monitoring of ConnecttoTeams',
  directions: { 'phone to teams': offHookToTeams },
}
