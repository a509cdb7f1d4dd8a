import type { Deed, Entry, Restart, Setting } from './trace.ts'

/** What a hub can see, and when: the honest limits of what may be asked of it. */

export function systemOf(entry: Deed | Restart): 'teams' | 'phone' | 'office' | 'hub' {
  if (entry.kind === 'restart') return 'hub'
  if (entry.action.startsWith('teams')) return 'teams'
  return entry.action === 'removePerson' || entry.action === 'moveExtension' ? 'office' : 'phone'
}

/** A deed that sets or clears do not disturb or another choice. */
export function isChoice({ action }: Deed): boolean {
  return ['phoneDndOn', 'phoneDndOff', 'teamsDnd', 'teamsAway', 'teamsAvailable'].includes(action)
}

/** When the hub can know of a deed at the latest. */
export function knownAt(deed: Deed, entries: readonly Entry[], setting: Setting): number {
  const inTeams = systemOf(deed) === 'teams'
  const look = setting.lagMs + setting.pollMs
  const blurMs = Math.max(setting.settleMs, setting.lagMs)
  let known = deed.at + (inTeams ? look + 1000 : 400) + (setting.delayMs ?? 0)
  for (const entry of entries) {
    if (entry.kind === 'restart' && entry.at <= known && entry.up >= deed.at) {
      known = Math.max(known, entry.up + 1500 + (inTeams ? look : 0))
    }
    // A read may still show what was there before a write of the hub's own: until then nothing is sure.
    const near = entry.at >= deed.at - blurMs - 1000 && entry.at <= known
    if (inTeams && entry.kind === 'write' && entry.system === 'teams' && near) {
      known = Math.max(known, entry.at + blurMs + setting.pollMs + 1500)
    }
  }
  return known
}

/** When a hub without its memory has seen everybody, and whatever it had written before can no longer surprise it. */
export function seesAgainAt(restart: Restart, { lagMs, pollMs, settleMs }: Setting): number {
  return restart.up + lagMs + pollMs + settleMs + 3000
}
