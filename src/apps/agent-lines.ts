import { AgentClient, type AgentOptions, type AgentSource, type AgentStatus } from '../agent-client/client.ts'
import type { DirectoryEntry, Facet, Observation, Outcome } from '../agent-client/wire.ts'
import { decodeFrame } from '../connectors/agent/decode.ts'

/** A program that has not answered a publication by then will not; the hub waits no longer than that. */
const answerMs = 60_000

const keyOf = (facet: Facet) => (facet.kind === 'dialog' ? `dialog ${facet.leg}` : facet.kind)

/** What a program said last, so that every connection can begin with it. */
class KeptState {
  readonly #addresses = new Map<string, Map<string, Facet>>()

  replace(addresses: readonly string[], observations: readonly Observation[]): void {
    for (const address of addresses) this.#addresses.set(address, new Map())
    for (const each of observations) this.observe(each)
  }

  observe({ address, facet }: Observation): void {
    const facets = this.#addresses.get(address) ?? new Map<string, Facet>()
    this.#addresses.set(address, facets)
    if (facet.kind === 'dialog' && facet.state === 'terminated') facets.delete(keyOf(facet))
    else facets.set(keyOf(facet), facet)
  }

  at(addresses: readonly string[]): Observation[] {
    return addresses.flatMap((address) =>
      [...(this.#addresses.get(address)?.values() ?? [])].map((facet) => ({ address, facet })),
    )
  }
}

export interface LinesParts {
  readonly options: Pick<AgentOptions, 'url' | 'agent' | 'token' | 'addresses' | 'program' | 'retryMs'>
  /** One JSON object, to be written as a line. */
  print(line: object): void
  status(status: AgentStatus): void
}

/** An agent whose program talks in lines of JSON: any language can be the program. */
export class LineAgent {
  readonly client: AgentClient
  readonly #parts: LinesParts
  readonly #kept = new KeptState()
  readonly #waiting = new Map<string, (outcome: Outcome) => void>()
  #entries: readonly DirectoryEntry[] = []

  constructor(parts: LinesParts) {
    this.#parts = parts
    const source: AgentSource = {
      snapshot: (addresses) => {
        parts.print({ type: 'read', addresses })
        return this.#kept.at(addresses)
      },
      directory: () => this.#entries,
      follow: (addresses) => parts.print({ type: 'follow', addresses }),
      notice: (notice) => parts.print({ type: 'notice', ...notice }),
      publish: (publication) =>
        new Promise((resolve) => {
          const settle = (outcome: Outcome) => {
            clearTimeout(timer)
            this.#waiting.delete(publication.id)
            resolve(outcome)
          }
          const timer = setTimeout(
            () => settle({ kind: 'failed', reason: 'the program did not answer' }),
            answerMs,
          )
          timer.unref()
          this.#waiting.set(publication.id, settle)
          parts.print({ type: 'publish', publication })
        }),
    }
    this.client = new AgentClient({
      ...parts.options,
      source,
      status: (status) => {
        parts.print({ type: 'status', ...status })
        parts.status(status)
      },
      refused: (error) => parts.print(error),
    })
  }

  /** One line of the program. What is wrong with it is printed, and changes nothing. */
  heard(line: string): void {
    if (line.trim() === '') return
    const frame = this.#decode(line)
    if (!frame) return
    if (frame.type === 'observed') {
      this.#kept.observe(frame.observation)
      this.client.observed(frame.observation)
    } else if (frame.type === 'snapshot') {
      this.#kept.replace(frame.addresses, frame.observations)
      this.client.tell(frame.addresses, this.#kept.at(frame.addresses))
    } else if (frame.type === 'directory') this.#entries = frame.entries
    else if (frame.type === 'outcome') {
      const { publication, kind, reason = 'no reason was given', fix, retryAfterMs = 10_000 } = frame
      this.#waiting.get(publication)?.(
        kind === 'applied' || kind === 'unchanged'
          ? { kind }
          : kind === 'deferred'
            ? { kind, reason, retryAfterMs }
            : kind === 'rejected'
              ? { kind, reason, ...(fix !== undefined && { fix }) }
              : { kind, reason },
      )
    }
  }

  #decode(line: string) {
    const json = readJson(line)
    const numbered = typeof json === 'object' && json !== null ? { ...json, seq: 1 } : json
    const decoded = decodeFrame(numbered)
    if ('value' in decoded && ['observed', 'snapshot', 'directory', 'outcome'].includes(decoded.value.type)) {
      return decoded.value
    }
    const message =
      json === undefined
        ? 'the line is not JSON'
        : 'wrong' in decoded
          ? decoded.wrong
          : 'a program says observed, snapshot, directory or outcome'
    this.#parts.print({ type: 'error', code: 'invalid', message })
    return undefined
  }
}

function readJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
