import type { Api, Reply } from './api.ts'
import { type Call, readCalls } from './calls.ts'
import { codes } from './error-codes.ts'

/**
 * Every call there is. The developer guide names filters of `call/query` and says nothing of a question without one;
 * clients of others ask so and get all calls.
 */
export async function readAllCalls(
  api: Api,
): Promise<
  | { readonly kind: 'ok'; readonly calls: readonly Call[]; readonly malformed: number }
  | Exclude<Reply, { kind: 'ok' }>
> {
  const reply = await api.send({ priority: 'hot', method: 'GET', path: 'call/query' })
  if (reply.kind === 'refused' && reply.code === codes.noData) return { kind: 'ok', calls: [], malformed: 0 }
  if (reply.kind !== 'ok') return reply
  const read = readCalls(reply.json)
  return read ? { kind: 'ok', ...read } : { kind: 'trouble', reason: 'the calls could not be understood' }
}
