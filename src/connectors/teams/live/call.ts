import { IN_A_CALL, isCall, type Presence, presenceLabel, samePresence } from '../../../core/presence.ts'
import { writePermission } from '../writing.ts'
import type { LiveDesk } from './desk.ts'
import { describeRefusal, seconds, shownAs } from './reply-words.ts'

export interface Delays {
  readonly shownAfterMs?: number
  readonly clearedAfterMs?: number
}

/** Shows In a call, reads it back until it is seen, takes it away, and sees that it is gone. */
export async function showCall(desk: LiveDesk, before: Presence): Promise<Delays> {
  const written = await desk.setSession({ availability: 'Busy', activity: 'InACall' })
  if (written.kind !== 'ok') {
    desk.fail('In a call could not be written', written, writePermission)
    return {}
  }
  const shown = await desk.waitFor('shown', (state) => samePresence(state, IN_A_CALL))
  if (shown.afterMs === undefined) say(desk, 'shown', shown.last)
  const cleared = await desk.clearSession()
  // What is still owed is taken back at the end, with more patience.
  if (shown.afterMs === undefined || desk.interrupted) return {}
  desk.findings.push({ level: 'ok', text: `In a call was shown after ${seconds(shown.afterMs)}.` })
  if (cleared.kind !== 'ok') return { shownAfterMs: shown.afterMs }
  const gone = await desk.waitFor('cleared', (state) => !isCall(state))
  if (gone.afterMs === undefined) {
    say(desk, 'cleared', gone.last)
    return { shownAfterMs: shown.afterMs }
  }
  const text = `It was gone after ${seconds(gone.afterMs)}; before it was ${presenceLabel(before)}.`
  const again = describeRefusal(await desk.clearSession())
  desk.findings.push(
    { level: 'ok', text },
    { level: 'ok', text: `A second clearPresence, without a session: ${again}.` },
  )
  return { shownAfterMs: shown.afterMs, clearedAfterMs: gone.afterMs }
}

function say(desk: LiveDesk, step: string, last: Presence | undefined): void {
  if (desk.interrupted) return
  desk.findings.push({
    level: 'warning',
    text: `After ${seconds(desk.patienceMs)} Teams still shows ${shownAs(last)} (${step}).`,
    fix: 'A status chosen by the person hides what an application writes: reset the status in Teams and repeat the check.',
  })
}
