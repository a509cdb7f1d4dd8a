import type { Voice } from '../core/decide.ts'
import type { Pause, PauseChange } from '../core/pause.ts'
import { beginPause, endPause, pausedBefore, pauseOf } from '../core/pause.ts'
import type { Presentity } from '../core/presentity.ts'
import type { LostVoice } from '../core/project.ts'

export function changePauses(presentity: Presentity, change: PauseChange, now: number): void {
  presentity.pauses =
    'begin' in change
      ? beginPause(presentity.pauses, { ...change.begin, from: now })
      : endPause(presentity.pauses, { ...change.end, at: now })
}

/**
 * What counts beside a person's pauses: nothing over a link that pauses, and no choice from before the end of its last
 * pause. Every target's decision passes through here, so that the explanation tells the same.
 */
export function withoutPaused(
  voices: readonly Voice[],
  { pauses }: Presentity,
  now: number,
): { readonly voices: readonly Voice[]; readonly lost: readonly LostVoice[] } {
  if (!pauses?.length) return { voices, lost: [] }
  const lost: LostVoice[] = []
  const kept = voices.filter((voice) => {
    const because = whySilent(voice, pauses, now)
    if (because !== undefined) lost.push({ voice, because })
    return because === undefined
  })
  return { voices: kept, lost }
}

function whySilent(voice: Voice, pauses: readonly Pause[], now: number): string | undefined {
  const pause = pauseOf(pauses, voice.link, now)
  if (pause?.off) return 'this direction is switched off'
  if (pause) return `sync is paused ${pauseText(pause)}`
  const over = pausedBefore(pauses, voice.link, now)
  if (over === undefined || voice.kind !== 'choice' || voice.at > over) return undefined
  return `it was chosen before sync went on again at ${timeText(over)}`
}

/** For people: "until 2026-11-21 16:30 UTC". */
export function pauseText({ until }: Pause): string {
  return until === undefined ? 'until it is switched on' : `until ${timeText(until)}`
}

function timeText(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
