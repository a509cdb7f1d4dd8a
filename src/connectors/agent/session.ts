import type { ConnectorContext, DirectoryEntry, Notice, Outcome, Publication } from '../../core/connector.ts'
import type { Timer } from '../../core/ports.ts'
import { presenceName } from '../../core/presence.ts'
import type { UnknownValues } from '../kit/unknown-values.ts'
import type { Grant } from './door.ts'
import type { WireObservation } from './facet-schema.ts'
import type { AgentFeed } from './feed.ts'
import type { AgentFrame, DirectoryFrame, HelloFrame, OutcomeFrame } from './frame-schema.ts'
import type { ErrorCode, HubFrame } from './hub-frame-schema.ts'
import { mapFacet } from './map.ts'
import { Questions } from './questions.ts'
import { Scope } from './scope.ts'

/** How frames reach an agent: a WebSocket, or the answers to its requests. */
export interface Carrier {
  send(frame: HubFrame): void
  close(code: number, reason: string): void
}

/** What a session tells its connector. */
export interface SessionEvents {
  /** Addresses of which everything was told. */
  covered(addresses: readonly string[]): void
  ended(why: Ending): void
}

/** `bye`: in order. `lost`: it can no longer be heard. `replaced`: by a newer connection of the same agent. */
export interface Ending {
  readonly kind: 'bye' | 'lost' | 'replaced'
  readonly reason: string
}

export interface SessionParts {
  readonly context: Pick<ConnectorContext, 'clock' | 'metrics' | 'log'>
  readonly unknown: UnknownValues
  readonly feed: AgentFeed
  readonly leaseMs: number
  readonly answerMs: number
  readonly events: SessionEvents
}

type ListAnswer = readonly DirectoryEntry[] | undefined

/** One signed-in connection of an agent. */
export class AgentSession {
  readonly grant: Grant
  readonly id: string
  readonly program: string | undefined
  readonly carrier: Carrier
  readonly #claims: Scope | undefined
  readonly #parts: SessionParts
  readonly #outcomes: Questions<Outcome>
  readonly #lists: Questions<ListAnswer>
  readonly #underWay = new Map<string, Promise<Outcome>>()
  #assigned: ReadonlySet<string> = new Set()
  /** Told in whole over this connection. */
  readonly #covered = new Set<string>()
  #pages: DirectoryEntry[] = []
  #listed = 0
  #lastSeq = 0
  #heardAt: number
  #watch: Timer | undefined
  #ending: Ending | undefined

  constructor(about: { grant: Grant; hello: HelloFrame; carrier: Carrier }, parts: SessionParts) {
    const { grant, hello, carrier } = about
    this.grant = grant
    this.id = hello.session
    this.program = hello.program
    this.carrier = carrier
    this.#claims = hello.addresses && new Scope(hello.addresses)
    this.#parts = parts
    this.#outcomes = new Questions(parts.context.clock)
    this.#lists = new Questions(parts.context.clock)
    this.#heardAt = parts.context.clock.monotonic()
    this.#watchSilence()
  }

  get over(): boolean {
    return this.#ending !== undefined
  }

  get ending(): Ending | undefined {
    return this.#ending
  }

  speaksFor(address: string): boolean {
    return !this.over && this.grant.scope.has(address) && (this.#claims?.has(address) ?? true)
  }

  /** By name, not among all that begin so: such an agent is nearer to it than others. */
  names(address: string): boolean {
    return this.grant.scope.names(address) || (this.#claims?.names(address) ?? false)
  }

  /** The addresses that the hub follows here. Whoever is new is asked for. */
  assign(addresses: ReadonlySet<string>): void {
    const before = this.#assigned
    this.#assigned = addresses
    for (const address of this.#covered) if (!addresses.has(address)) this.#covered.delete(address)
    const fresh = [...addresses].filter((address) => !before.has(address))
    if (fresh.length === 0 && before.size === addresses.size) return
    this.carrier.send({ type: 'follow', addresses: [...addresses] })
    this.read(fresh)
  }

  read(addresses: readonly string[]): void {
    const asked = addresses.filter((address) => this.#assigned.has(address))
    if (asked.length > 0) this.carrier.send({ type: 'read', addresses: asked })
  }

  readAll(): void {
    this.read([...this.#assigned])
  }

  /** Any sign of life. */
  alive(): void {
    this.#heardAt = this.#parts.context.clock.monotonic()
    this.#parts.feed.renewed()
  }

  heard(frame: AgentFrame): void {
    if (this.over) return
    this.alive()
    if (frame.type === 'hello') this.refuse('order', 'hello was said already')
    else if (frame.type === 'heartbeat') this.carrier.send({ type: 'alive' })
    else if (frame.type === 'bye') this.end({ kind: 'bye', reason: 'the agent said goodbye' })
    else this.#numbered(frame)
  }

  refuse(code: ErrorCode, message: string, more: { fix?: string; seq?: number } = {}): void {
    this.#parts.context.metrics.count('agent_refused_total', { code })
    this.carrier.send({ type: 'error', code, message, ...more })
  }

  /** A frame that could not be read: its number is used up all the same. */
  malformed(wrong: string, seq?: number): void {
    this.alive()
    this.#parts.context.metrics.count('agent_malformed_total')
    if (seq === this.#lastSeq + 1) this.#lastSeq = seq
    this.refuse('invalid', wrong, {
      fix: 'Compare the frame with docs/agent-protocol.schema.json.',
      ...(seq !== undefined && { seq }),
    })
  }

  publish(publication: Publication): Promise<Outcome> {
    const { id, address, slot, act, state, refresh } = publication
    const asked = this.#underWay.get(id)
    if (asked) return asked
    const { answerMs } = this.#parts
    const late: Outcome = { kind: 'failed', reason: `the agent did not answer within ${answerMs / 1000} s` }
    const answer = this.#outcomes
      .ask(id, { timeoutMs: answerMs, late })
      .finally(() => this.#underWay.delete(id))
    this.#underWay.set(id, answer)
    this.carrier.send({
      type: 'publish',
      publication: {
        id,
        address,
        slot: slot as 'dnd' | 'presence',
        act,
        state: presenceName(state),
        refresh,
      },
    })
    return answer
  }

  /** Nobody waits for an answer: a moment later it would be no news. */
  notify({ address, kind, text }: Notice): void {
    if (!this.over) this.carrier.send({ type: 'notice', address, kind, text })
  }

  /** Everyone it knows, of those it may speak for; undefined when it does not tell. */
  list(): Promise<ListAnswer> {
    this.#listed += 1
    this.#pages = []
    const id = `list-${this.#listed}`
    const answer = this.#lists.ask(id, { timeoutMs: this.#parts.answerMs, late: undefined })
    this.carrier.send({ type: 'list', id })
    return answer
  }

  end(why: Ending): void {
    if (this.over) return
    this.#ending = why
    this.#watch?.cancel()
    this.#outcomes.end({ kind: 'failed', reason: `${why.reason}, before it had answered` })
    this.#lists.end(undefined)
    this.#parts.events.ended(why)
  }

  #numbered(frame: Exclude<AgentFrame, { type: 'hello' | 'heartbeat' | 'bye' }>): void {
    const { seq } = frame
    if (seq <= this.#lastSeq) {
      this.carrier.send({ type: 'ack', seq, duplicate: true })
      return
    }
    const missing = seq > this.#lastSeq + 1
    this.#lastSeq = seq
    // A snapshot says everything anew, whatever was missed.
    if (missing && frame.type !== 'snapshot') {
      this.refuse('gap', `frames before ${seq} are missing`, { seq, fix: 'Send the snapshots asked for.' })
      this.readAll()
      return
    }
    if (this.#take(frame)) this.carrier.send({ type: 'ack', seq })
  }

  #take(frame: Exclude<AgentFrame, { type: 'hello' | 'heartbeat' | 'bye' }>): boolean {
    if (frame.type === 'outcome') return this.#answered(frame)
    if (frame.type === 'directory') return this.#directory(frame)
    const named =
      frame.type === 'snapshot'
        ? [...frame.addresses, ...frame.observations.map(({ address }) => address)]
        : [frame.observation.address]
    const foreign = named.find((address) => !this.speaksFor(address))
    if (foreign !== undefined) {
      const { id } = this.grant
      this.refuse('scope', `agent ${id} does not speak for ${foreign}`, {
        seq: frame.seq,
        fix: 'Leave the address out, or name it for this agent in the configuration of the hub and in hello.',
      })
      return false
    }
    if (frame.type === 'observed') this.#observed(frame.observation)
    else this.#snapshot(frame.addresses, frame.observations)
    return true
  }

  #observed({ address, facet }: WireObservation): void {
    if (!this.#assigned.has(address)) return
    const { feed, context, unknown } = this.#parts
    // Before its first snapshot nobody knows what else is true there.
    if (!this.#covered.has(address)) this.read([address])
    else
      feed.observed(
        address,
        mapFacet(facet, (word) => unknown.note(word)),
        context.clock.wall(),
      )
  }

  #snapshot(addresses: readonly string[], observations: readonly WireObservation[]): void {
    const { feed, context, unknown, events } = this.#parts
    const covered = addresses.filter((address) => this.#assigned.has(address))
    const wanted = new Set(covered)
    for (const address of covered) this.#covered.add(address)
    const observedAt = context.clock.wall()
    feed.snapshot(
      covered,
      observations
        .filter(({ address }) => wanted.has(address))
        .map(({ address, facet }) => ({
          ...{ address, observedAt },
          facet: mapFacet(facet, (word) => unknown.note(word)),
        })),
    )
    events.covered(covered)
  }

  #answered({ publication, kind, reason = 'no reason was given', fix, retryAfterMs }: OutcomeFrame): boolean {
    const at = this.#parts.context.clock.wall()
    const outcome: Outcome =
      kind === 'applied' || kind === 'unchanged'
        ? { kind, at }
        : kind === 'deferred'
          ? { kind, reason, retryAfterMs: retryAfterMs ?? 10_000 }
          : kind === 'rejected'
            ? { kind, reason, ...(fix !== undefined && { fix }) }
            : { kind, reason }
    this.#outcomes.answer(publication, outcome)
    return true
  }

  #directory({ id, entries, more }: DirectoryFrame): boolean {
    for (const { address, mails, aliases = [], ...rest } of entries) {
      if (this.speaksFor(address)) this.#pages.push({ address, mails, aliases, ...rest })
    }
    if (more || id === undefined) return true
    const all = this.#pages
    this.#pages = []
    this.#lists.answer(id, all)
    return true
  }

  #watchSilence(): void {
    const { clock } = this.#parts.context
    const left = this.#heardAt + this.#parts.leaseMs - clock.monotonic()
    this.#watch = clock.after(Math.max(1, left), () => {
      if (this.over) return
      if (clock.monotonic() - this.#heardAt < this.#parts.leaseMs) {
        this.#watchSilence()
        return
      }
      const reason = `nothing was heard for ${this.#parts.leaseMs / 1000} s`
      this.refuse('silent', reason, { fix: 'Send a heartbeat in time.' })
      this.end({ kind: 'lost', reason })
      this.carrier.close(closeCodes.silent, reason)
    })
  }
}

/** Codes with which a WebSocket is closed (RFC 6455 section 7.4.2: 4000 to 4999 are free for use). */
export const closeCodes = {
  invalid: 4400,
  unauthorized: 4401,
  silent: 4408,
  replaced: 4409,
  protocol: 4426,
} as const
