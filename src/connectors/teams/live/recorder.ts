import type { Clock } from '../../../core/ports.ts'
import { fieldsOf, readJson } from '../../kit/http.ts'
import type { GraphClient, GraphReply, GraphRequest } from '../graph.ts'
import type { LimitWatch } from './limits.ts'

/** One exchange with Graph, without anything that tells who it was about. */
export interface LiveExchange {
  readonly step: string
  readonly call: string
  readonly outcome: GraphReply['kind']
  readonly status: number | undefined
  readonly tookMs: number
  /** Graph's error code, where it refused. */
  readonly code?: string
  /** Headers that say something about limits. */
  readonly limits: Readonly<Record<string, string>>
  /** The presences of the answer, in order; people are numbered as asked. */
  readonly presences?: readonly Readonly<Record<string, unknown>>[]
}

/** Fields of a presence that are written down; of all others only the name. */
const telling = ['availability', 'activity', 'sequenceNumber']

/** Sends requests and writes down what may be shown to others. */
export class LiveRecorder {
  readonly exchanges: LiveExchange[] = []
  readonly #graph: GraphClient
  readonly #clock: Clock
  readonly #limits: LimitWatch

  constructor(graph: GraphClient, clock: Clock, limits: LimitWatch) {
    this.#graph = graph
    this.#clock = clock
    this.#limits = limits
  }

  /** `ids`: who the request is about, to number them in the recording. */
  async send(step: string, request: GraphRequest, ids: readonly string[]): Promise<GraphReply> {
    const sentAt = this.#clock.monotonic()
    const before = this.#limits.seen.length
    const reply = await this.#graph.send(request)
    const presences = reply.kind === 'ok' ? redactPresences(reply.text, ids) : undefined
    const last = this.#limits.seen.slice(before).at(-1)
    this.exchanges.push({
      step,
      call: request.call,
      outcome: reply.kind,
      status: last?.status,
      tookMs: Math.round(this.#clock.monotonic() - sentAt),
      ...(reply.kind === 'refused' ? { code: reply.refusal.code } : {}),
      limits: last?.headers ?? {},
      ...(presences ? { presences } : {}),
    })
    return reply
  }
}

function redactPresences(
  text: string,
  ids: readonly string[],
): readonly Record<string, unknown>[] | undefined {
  const { value } = fieldsOf(readJson(text))
  if (!Array.isArray(value)) return undefined
  return value.map((item) => {
    const fields = fieldsOf(item)
    const number = ids.findIndex((id) => id.toLowerCase() === String(fields.id).toLowerCase())
    return {
      person: number >= 0 ? number + 1 : 'somebody else',
      ...Object.fromEntries(telling.filter((name) => name in fields).map((name) => [name, fields[name]])),
      outOfOffice: fieldsOf(fields.outOfOfficeSettings).isOutOfOffice === true,
      fields: Object.keys(fields),
    }
  })
}
