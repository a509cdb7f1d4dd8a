import { isDoNotDisturb, PRESENTING, type Presence, samePresence } from '../../../core/presence.ts'
import type { LiveDesk } from './desk.ts'
import { describeRefusal, seconds, shownAs } from './reply-words.ts'

const howTo =
  'run the check in a terminal, with a colleague at hand who calls the person in Teams when asked to and who has no priority access to them, and watch whether the call rings at the person'

/** Point 1: only a person can see whether a call rings. Sets Presenting, asks for a call, and takes it away again. */
export async function askWhetherCallsRing(desk: LiveDesk, before: Presence): Promise<void> {
  const { ask } = desk.options
  const { sheet } = desk
  if (!ask) return sheet.leaveOpen(1, `nobody sits at this terminal: ${howTo}`)
  if (isDoNotDisturb(before)) {
    return sheet.leaveOpen(1, 'the person is on do not disturb already: end that and repeat the check')
  }
  const written = await desk.setSession({ availability: 'DoNotDisturb', activity: 'Presenting' })
  if (written.kind !== 'ok') {
    return sheet.leaveOpen(1, `Presenting could not be set: ${describeRefusal(written)}`)
  }
  const shown = await desk.waitFor('presenting', (state) => samePresence(state, PRESENTING))
  const said =
    shown.afterMs === undefined
      ? undefined
      : await askForYes(
          desk,
          ask,
          'Teams shows Presenting for the person now. Let a colleague call the person in Teams. Does the call ring at the person? Type yes, no (voicemail, or it ended by itself) or skip: ',
        )
  await desk.clearSession()
  if (desk.interrupted) return
  if (shown.afterMs === undefined) {
    const instead = `${shownAs(shown.last)} after ${seconds(desk.patienceMs)}`
    sheet.leaveOpen(
      1,
      `Teams shows ${instead}, not Presenting: reset the status of the person in Teams and repeat the check`,
    )
  } else if (said === undefined) sheet.leaveOpen(1, `it was skipped: ${howTo}`)
  else sheet.answer(1, said ? 'no, calls ring' : 'yes, calls do not ring')
}

const mostQuestions = 3

/** Undefined where it is skipped, or what was typed is neither for the third time. */
async function askForYes(
  desk: LiveDesk,
  ask: NonNullable<LiveDesk['options']['ask']>,
  question: string,
): Promise<boolean | undefined> {
  for (let asked = 0; asked < mostQuestions && !desk.interrupted; asked++) {
    const typed = (await ask(asked === 0 ? question : 'Type yes, no or skip: '))?.trim().toLowerCase()
    if (typed === 'yes' || typed === 'y') return true
    if (typed === 'no' || typed === 'n') return false
    if (typed === undefined || typed === 'skip' || typed === 's') return undefined
  }
  return undefined
}
