import type { LiveDesk } from './desk.ts'
import { describeRefusal, shownAs } from './reply-words.ts'
import { describeBatch } from './stranger.ts'

/** Point 7, only for an account that was named: one setPresence, and its end. */
export async function tryUnlicensed(desk: LiveDesk): Promise<void> {
  const { unlicensed } = desk.options
  const { sheet } = desk
  if (unlicensed === undefined) {
    const how = 'name an account without a Teams licence with --unlicensed UPN'
    return sheet.leaveOpen(7, `no such account was named: ${how}; In a call is set there once and taken back`)
  }
  const { reply, id } = await desk.findUser('find the account without a licence', unlicensed)
  if (id === undefined) {
    return sheet.leaveOpen(7, `the account named with --unlicensed was not found: ${describeRefusal(reply)}`)
  }
  const batch = describeBatch(await desk.readMany('a batch without a licence', [desk.id, id]), id)
  const written = await desk.setSession({ availability: 'Busy', activity: 'InACall' }, id)
  const words = [`it is ${describeRefusal(written)}`]
  if (written.kind === 'ok') {
    const { state } = await desk.read('without a licence', id)
    words.push(`Graph then shows ${shownAs(state)}`)
    words.push(`clearPresence is ${describeRefusal(await desk.clearSession(id))}`)
  }
  if (batch !== undefined) words.push(`in a batch of getPresencesByUserId: ${batch}`)
  if (written.kind === 'ok' || written.kind === 'refused') sheet.answer(7, words.join('; '))
  else sheet.leaveOpen(7, `Graph did not say: ${words.join('; ')}. Repeat the check`)
}
