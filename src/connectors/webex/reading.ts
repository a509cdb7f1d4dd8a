import type { Metrics } from '../../core/ports.ts'
import type { Priority } from '../kit/budget.ts'
import type { UnknownValues } from '../kit/unknown-values.ts'
import { decodeCalls, toDialog } from './calls.ts'
import type { WebexClient, WebexReply } from './client.ts'
import { decodeDnd } from './dnd.ts'
import type { PartReading } from './follower.ts'
import type { Grants } from './grants.ts'
import type { Book, Person } from './people.ts'
import { dndPath } from './write.ts'

export interface ReadingParts {
  readonly client: WebexClient
  readonly metrics: Metrics
  readonly unknown: UnknownValues
  readonly book: Book
  readonly grants: Grants | undefined
}

/** Counts a document that could not be understood; what was known before stays. */
export function countMalformed(metrics: Metrics, what: string): void {
  metrics.count('webex_malformed', { what })
}

/** What a reply that holds nothing means. */
export function withoutAnswer(
  reply: Exclude<WebexReply, { kind: 'ok' }>,
  metrics: Metrics,
  what: string,
): PartReading {
  if (reply.kind === 'missing') return { kind: 'nobody' }
  if (reply.kind !== 'malformed') return { kind: 'none', reply }
  countMalformed(metrics, what)
  return { kind: 'kept' }
}

/** A person's own token for `GET /telephony/calls`; undefined where it is refused, so that the Service App has to ask. */
async function askPerson(parts: ReadingParts, person: Person, priority: Priority) {
  const as = parts.grants?.holderOf(person.id)
  if (!as) return undefined
  const reply = await parts.client.send({
    call: 'ownCalls',
    method: 'GET',
    path: '/telephony/calls',
    priority,
    as,
  })
  // Withdrawn, ended, or the integration's secret is wrong: kept all the same, for a person cannot be asked again.
  return reply.kind === 'refused' ? undefined : reply
}

/** Calls of one person, in the person's own name where there is consent, else as the Service App. */
export async function readCalls(
  parts: ReadingParts,
  address: string,
  priority: Priority,
): Promise<PartReading> {
  const { client, metrics, unknown, book } = parts
  const person = book.find(address)
  if (!person) return { kind: 'nobody' }
  const path = client.inOrg(`/telephony/calls/members/${encodeURIComponent(person.id)}/calls`)
  const reply =
    (await askPerson(parts, person, priority)) ??
    (await client.send({ call: 'calls', method: 'GET', path, priority }))
  if (reply.kind !== 'ok') return withoutAnswer(reply, metrics, 'calls')
  const calls = decodeCalls(reply.json)
  if (!calls) return withoutAnswer({ kind: 'malformed', reason: 'no list of calls' }, metrics, 'calls')
  return { kind: 'read', facets: calls.flatMap((call) => toDialog(call, unknown.note.bind(unknown)) ?? []) }
}

/** Do not disturb of one person. */
export async function readDnd(
  { client, metrics, book }: ReadingParts,
  address: string,
  priority: Priority,
): Promise<PartReading> {
  const person = book.find(address)
  if (!person) return { kind: 'nobody' }
  const reply = await client.send({ call: 'dnd', method: 'GET', path: dndPath(client, person.id), priority })
  if (reply.kind !== 'ok') return withoutAnswer(reply, metrics, 'dnd')
  const dnd = decodeDnd(reply.json)
  if (!dnd) return withoutAnswer({ kind: 'malformed', reason: 'no do not disturb' }, metrics, 'dnd')
  return { kind: 'read', facets: [{ kind: 'dnd', on: dnd.enabled }] }
}
