import type { ConnectorContext } from '../../core/connector.ts'
import type { Priority } from '../kit/budget.ts'
import type { UnknownValues } from '../kit/unknown-values.ts'
import { decodeCalls, type NsCall } from './calls.ts'
import type { ApiClient, ApiReply } from './client.ts'
import { decodePresence, decodeRegistered } from './users.ts'

export interface DomainParts {
  readonly client: ApiClient
  readonly context: Pick<ConnectorContext, 'clock' | 'metrics'>
  readonly unknown: UnknownValues
}

/** A document that could not be understood. */
export function countMalformed(metrics: ConnectorContext['metrics'], document: string): void {
  metrics.count('netsapiens_malformed', { document })
}

/** What one request tells of everybody in the domain. */
export class DomainReader {
  readonly #parts: DomainParts
  #words = new Map<string, string>()
  /** Whether this release has the list of presences. */
  #hasPresence: boolean
  #devices: unknown

  constructor(parts: DomainParts) {
    this.#parts = parts
    this.#hasPresence = parts.client.settings.profile.presenceList
  }

  /** The devices as they were read last, for whoever looks for something else in them. */
  get devices(): unknown {
    return this.#devices
  }

  /** All calls; a reply of kind `malformed` is counted. */
  async calls(priority: Priority): Promise<{ calls: readonly NsCall[]; askedAt: number } | ApiReply> {
    const { client, context } = this.#parts
    const path = client.domainPath('calls')
    const askedAt = context.clock.monotonic()
    const reply = await client.send({ call: 'calls', method: 'GET', path, priority })
    const calls = reply.kind === 'ok' ? decodeCalls(reply.json) : undefined
    if (calls) return { calls, askedAt }
    if (reply.kind !== 'ok' && reply.kind !== 'malformed') return reply
    countMalformed(context.metrics, 'calls')
    return { kind: 'malformed', reason: 'the list of calls was not understood' }
  }

  /** Users whose `user-presence-status` is another than at the last look; nobody at the first. */
  async changedPresence(priority: Priority): Promise<readonly string[]> {
    if (!this.#hasPresence) return []
    const { client, context, unknown } = this.#parts
    const path = client.domainPath('presence/list?limit=1000')
    const reply = await client.send({ call: 'presence', method: 'GET', path, priority })
    if (reply.kind === 'refused') {
      this.#hasPresence = false
      return []
    }
    if (reply.kind !== 'ok') return []
    const words = decodePresence(reply.json, (word) => unknown.note(word))
    if (!words) {
      countMalformed(context.metrics, 'presence')
      return []
    }
    const before = this.#words
    this.#words = new Map(words)
    if (before.size === 0) return []
    return [...words].filter(([user, word]) => before.get(user) !== word).map(([user]) => user)
  }

  /** Users with a registered phone; undefined where that cannot be told. */
  async registered(priority: Priority): Promise<ReadonlySet<string> | undefined> {
    const { client, context } = this.#parts
    const path = client.domainPath('devices')
    const reply = await client.send({ call: 'devices', method: 'GET', path, priority })
    if (reply.kind !== 'ok') return undefined
    const found = decodeRegistered(reply.json)
    if (found) this.#devices = reply.json
    else countMalformed(context.metrics, 'devices')
    return found
  }
}
