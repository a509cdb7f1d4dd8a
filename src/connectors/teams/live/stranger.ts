import { randomUUID } from 'node:crypto'
import type { GraphReply } from '../graph.ts'
import { decodePresences } from '../presence-reply.ts'
import type { LiveDesk } from './desk.ts'
import { describeRefusal } from './reply-words.ts'

/** Point 3: a batch with the person and an id that nobody has. */
export async function askStranger(desk: LiveDesk): Promise<void> {
  const stranger = randomUUID()
  const reply = await desk.readMany('an unknown id in a batch', [desk.id, stranger])
  const answer = describeBatch(reply, stranger)
  if (answer !== undefined) desk.sheet.answer(3, answer)
  else desk.sheet.leaveOpen(3, `Graph did not answer: ${describeRefusal(reply)}. Repeat the check`)
}

/** What became of one id in a batch; undefined where Graph said nothing. */
export function describeBatch(reply: GraphReply, id: string): string | undefined {
  if (reply.kind === 'refused') return `the whole batch is refused with ${reply.refusal.status}`
  if (reply.kind !== 'ok') return undefined
  const found = decodePresences(reply.text)?.presences.find(
    (item) => item.id.toLowerCase() === id.toLowerCase(),
  )
  return found
    ? `it is answered as ${String(found.availability)}/${String(found.activity)}`
    : 'it is left out'
}
