import type { Outcome, Publication } from '../../core/connector.ts'
import type { Clock } from '../../core/ports.ts'
import { isDoNotDisturb } from '../../core/presence.ts'
import type { Priority } from '../kit/budget.ts'
import { outcomeOfReply } from '../kit/write-outcome.ts'
import type { WebexClient, WebexReply } from './client.ts'
import { decodeDnd, type WebexDnd } from './dnd.ts'

/** A write that got no turn in this time goes back to the hub, which may want something else by then. */
const patienceMs = 2_000

interface WriteParts {
  readonly client: WebexClient
  readonly clock: Clock
  readonly personId: string
}

type Read = { readonly dnd: WebexDnd } | { readonly outcome: Outcome }

export const dndPath = (client: WebexClient, personId: string) =>
  client.inOrg(`/people/${encodeURIComponent(personId)}/features/doNotDisturb`)

export const unknownPerson: Outcome = {
  kind: 'rejected',
  reason: 'Webex knows nobody with this address.',
  fix: 'Correct the address of the person: the extension, or the mail address in Webex.',
}

/**
 * Sets or clears do not disturb and reads it back; ring reminder and the exception for mobiles stay as the person has
 * them. Idempotent; never throws.
 */
export async function writeDnd(publication: Publication, parts: WriteParts): Promise<Outcome> {
  const { client, clock, personId } = parts
  const on = isDoNotDisturb(publication.state)
  const priority: Priority = publication.act === 'withdraw' ? 'withdraw' : 'write'
  const before = await read(parts, priority)
  if ('outcome' in before) return before.outcome
  if (before.dnd.enabled === on) return { kind: 'unchanged', at: clock.wall() }
  const reply = await client.send({
    ...{ call: 'setDnd', method: 'PUT', path: dndPath(client, personId), priority, patienceMs },
    body: { ...before.dnd, enabled: on },
  })
  if (reply.kind !== 'ok' && reply.kind !== 'malformed') return outcomeOf(reply, 'sent')
  const after = await read(parts, priority)
  if ('outcome' in after) return { kind: 'failed', reason: 'what was written could not be read back' }
  if (after.dnd.enabled !== on) return { kind: 'failed', reason: 'Webex does not show what was written' }
  return { kind: 'applied', at: clock.wall() }
}

async function read({ client, personId }: WriteParts, priority: Priority): Promise<Read> {
  const path = dndPath(client, personId)
  const reply = await client.send({ call: 'dnd', method: 'GET', path, priority, patienceMs })
  if (reply.kind !== 'ok') return { outcome: outcomeOf(reply, 'asked') }
  const dnd = decodeDnd(reply.json)
  return dnd ? { dnd } : { outcome: { kind: 'failed', reason: 'the answer of Webex was not understood' } }
}

/** `missing` is Webex' 404. */
function outcomeOf(reply: Exclude<WebexReply, { kind: 'ok' }>, when: 'asked' | 'sent'): Outcome {
  return reply.kind === 'missing' ? unknownPerson : outcomeOfReply(reply, when, unknownPerson)
}
