import type { ConnectorContext, Finding } from '../../../core/connector.ts'
import type { Presence } from '../../../core/presence.ts'
import { fieldsOf, readJson, textOf } from '../../kit/http.ts'
import type { GraphReply, GraphRequest } from '../graph.ts'
import { decodePresences, sequenceOf } from '../presence-reply.ts'
import type { Session } from '../session.ts'
import type { Settings } from '../settings.ts'
import { readWords } from '../vocabulary.ts'
import { isoDuration } from '../writing.ts'
import { Debts } from './debts.ts'
import type { LimitWatch } from './limits.ts'
import { AnswerSheet } from './open-points.ts'
import { LiveRecorder } from './recorder.ts'
import { describeReply } from './reply-words.ts'

export interface LiveOptions {
  /** Sign-in name of the one person who agreed to it. */
  readonly upn: string
  /** How long a write may take to show, milliseconds; default two minutes. */
  readonly patienceMs?: number
  /** Sign-in name of an account without a Teams licence, where one may be tried. */
  readonly unlicensed?: string
  /** Asks whoever sits there; undefined when there will be no answer any more. Left out where nobody sits there. */
  readonly ask?: (question: string) => Promise<string | undefined>
  /** True ends every wait: what was set is taken back. */
  readonly interrupted?: () => boolean
  /** An address at which Graph's validation is answered while the check runs, or why there is none. */
  readonly notifications?: { readonly url: string } | { readonly missing: string }
}

const defaultPatienceMs = 120_000
const pollMs = 500
/** A session that was set ends by itself so soon, if this program is killed in between. */
const lifeMs = 5 * 60_000
/** How often a request is sent that Graph put off. */
const mostAttempts = 3
/** Longer waits than this are not waited for. */
const longestWaitMs = 60_000

export interface Read {
  readonly reply: GraphReply
  readonly state: Presence | undefined
  readonly sequence: string | undefined
}

/** What every step of a live check works with: requests that are recorded, waits that can be interrupted. */
export class LiveDesk {
  readonly sheet = new AnswerSheet()
  readonly findings: Finding[] = []
  readonly options: LiveOptions
  readonly recorder: LiveRecorder
  readonly limits: LimitWatch
  readonly debts: Debts
  readonly clock: ConnectorContext['clock']
  /** Object id of the person, once found. */
  id = ''
  readonly #settings: Settings
  readonly #session: Session

  constructor(
    { settings, session }: { readonly settings: Settings; readonly session: Session },
    { clock }: ConnectorContext,
    { options, limits }: { readonly options: LiveOptions; readonly limits: LimitWatch },
  ) {
    this.#settings = settings
    this.#session = session
    this.clock = clock
    this.options = options
    this.limits = limits
    this.recorder = new LiveRecorder(session.graph, clock, limits)
    this.debts = new Debts(this)
  }

  get interrupted(): boolean {
    return this.options.interrupted?.() === true
  }

  /** Object id of a user; undefined where the reply holds none. */
  async findUser(step: string, upn: string): Promise<{ readonly reply: GraphReply; readonly id?: string }> {
    const path = `/users/${encodeURIComponent(upn)}?$select=id`
    const reply = await this.send(step, { call: 'users', method: 'GET', path })
    const id = reply.kind === 'ok' ? textOf(fieldsOf(readJson(reply.text)).id) : undefined
    return id === undefined ? { reply } : { reply, id }
  }

  async read(step: string, id = this.id): Promise<Read> {
    const reply = await this.readMany(step, [id])
    const item = reply.kind === 'ok' ? decodePresences(reply.text)?.presences[0] : undefined
    return {
      reply,
      state: item ? readWords(String(item.availability), String(item.activity)).state : undefined,
      sequence: item && sequenceOf(item),
    }
  }

  readMany(step: string, ids: readonly string[]): Promise<GraphReply> {
    const path = '/communications/getPresencesByUserId'
    return this.send(step, { call: 'presences', method: 'POST', path, body: { ids } }, ids)
  }

  /** A session of this application, which is owed until it is cleared. */
  async setSession(pair: { availability: string; activity: string }, id = this.id): Promise<GraphReply> {
    this.debts.owe({ kind: 'session', id })
    const body = { sessionId: this.#settings.clientId, ...pair, expirationDuration: isoDuration(lifeMs) }
    const reply = await this.act('setPresence', body, id)
    if (reply.kind === 'refused') this.debts.settle({ kind: 'session', id })
    return reply
  }

  async clearSession(id = this.id): Promise<GraphReply> {
    const reply = await this.act('clearPresence', { sessionId: this.#settings.clientId }, id)
    const done = reply.kind === 'ok' || (reply.kind === 'refused' && reply.refusal.status === 404)
    if (done) this.debts.settle({ kind: 'session', id })
    return reply
  }

  act(call: string, body: Readonly<Record<string, unknown>>, id = this.id): Promise<GraphReply> {
    return this.send(call, { call, method: 'POST', path: `/users/${id}/presence/${call}`, body })
  }

  /** Obeys Graph where it asks to come back later. */
  async send(
    step: string,
    { body, ...request }: Pick<GraphRequest, 'call' | 'method' | 'path'> & { readonly body?: unknown },
    ids: readonly string[] = [],
  ): Promise<GraphReply> {
    const text = body === undefined ? {} : { body: JSON.stringify(body) }
    for (let attempt = 1; ; attempt++) {
      const whole = { ...request, ...text, priority: 'write', timeoutMs: 10_000 } as const
      const reply = await this.recorder.send(step, whole, ids)
      const again = reply.kind === 'wait' && reply.retryAfterMs <= longestWaitMs && attempt < mostAttempts
      if (!again || this.interrupted) return reply
      await this.sleep(reply.retryAfterMs)
    }
  }

  /** Reads until it is so; milliseconds it took, or undefined and what was seen last. */
  async waitFor(
    step: string,
    isSo: (state: Presence) => boolean,
  ): Promise<{ readonly afterMs?: number; readonly last?: Presence }> {
    const begun = this.clock.monotonic()
    let last: Presence | undefined
    while (this.clock.monotonic() - begun < this.patienceMs && !this.interrupted) {
      const { state } = await this.read(step)
      if (state && isSo(state)) return { afterMs: Math.round(this.clock.monotonic() - begun), last: state }
      last = state ?? last
      await this.sleep(pollMs)
    }
    return last ? { last } : {}
  }

  get patienceMs(): number {
    return this.options.patienceMs ?? defaultPatienceMs
  }

  /** Ends early where the check is interrupted. */
  async sleep(milliseconds: number): Promise<void> {
    const until = this.clock.monotonic() + milliseconds
    while (!this.interrupted && !this.#session.sleeper.stopped) {
      const left = until - this.clock.monotonic()
      if (left <= 0) return
      await this.#session.sleeper.sleep(Math.min(pollMs, left))
    }
  }

  fail(what: string, reply: GraphReply, need: string): void {
    const { reason, fix } = describeReply(reply, need, this.#settings)
    this.findings.push({ level: 'error', text: `${what}: ${reason}`, fix })
  }
}
