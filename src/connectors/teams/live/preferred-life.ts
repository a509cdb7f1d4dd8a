import { AVAILABLE, isSelectable, type Presence, samePresence } from '../../../core/presence.ts'
import type { LiveDesk } from './desk.ts'
import { describeRefusal, shownAs } from './reply-words.ts'

/** ISO 8601, rising. Graph's own default is a day for Busy, seven for others. */
const lives = ['PT8H', 'P1D', 'P7D', 'P30D', 'P90D', 'P365D']

/** Point 6: asks for longer and longer lives of Busy, each taken back before the next. */
export async function tryLives(desk: LiveDesk, before: Presence): Promise<void> {
  const { sheet } = desk
  if (isSelectable(before) && !samePresence(before, AVAILABLE)) {
    const why = `Teams shows ${shownAs(before)}, which the person may have chosen and which would be lost`
    return sheet.leaveOpen(6, `${why}: repeat the check while the person is shown as Available`)
  }
  const debt = { kind: 'preferred', id: desk.id } as const
  let longest: string | undefined
  for (const expirationDuration of lives) {
    if (desk.interrupted) return
    desk.debts.owe(debt)
    const body = { availability: 'Busy', activity: 'Busy', expirationDuration }
    const written = await desk.act('setUserPreferredPresence', body)
    if (written.kind === 'refused') {
      if (longest === undefined) desk.debts.settle(debt)
      return sheet.answer(6, describeLongest(longest, `${expirationDuration} is ${describeRefusal(written)}`))
    }
    const cleared = await desk.act('clearUserPreferredPresence', {})
    if (cleared.kind === 'ok') desk.debts.settle(debt)
    if (written.kind !== 'ok' || cleared.kind !== 'ok') {
      const what = describeRefusal(written.kind === 'ok' ? cleared : written)
      return sheet.leaveOpen(6, `the request for ${expirationDuration} went wrong: ${what}. Repeat the check`)
    }
    longest = expirationDuration
  }
  sheet.answer(6, describeLongest(longest, 'nothing longer was tried'))
}

/** Graph tells nobody when a chosen state ends: what is taken need not last. */
function describeLongest(longest: string | undefined, then: string): string {
  return longest === undefined ? then : `${longest} is accepted (how long it lasts cannot be read); ${then}`
}
