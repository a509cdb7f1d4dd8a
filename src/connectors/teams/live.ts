import { randomUUID } from 'node:crypto'
import { type ConnectorContext, ConnectorFailure, type Finding } from '../../core/connector.ts'
import { IN_A_CALL, isCall, type Presence, presenceLabel, samePresence } from '../../core/presence.ts'
import { fieldsOf, readJson, textOf } from '../kit/http.ts'
import type { TeamsConfig } from './config.ts'
import { explainGraph } from './errors.ts'
import type { GraphReply, GraphRequest } from './graph.ts'
import { type LiveExchange, LiveRecorder } from './live-recorder.ts'
import { decodePresences, sequenceOf } from './presence-reply.ts'
import { openSession, type Session } from './session.ts'
import { resolveSettings, type Settings } from './settings.ts'
import { readWords } from './vocabulary.ts'
import { isoDuration, writePermission } from './writing.ts'

export interface LiveOptions {
  /** Sign-in name of the one person who agreed to it. */
  readonly upn: string
  /** How long a write may take to show, milliseconds; default two minutes. */
  readonly patienceMs?: number
}

/** An open point of Graph that this tenant has answered. */
export interface LiveAnswer {
  readonly question: string
  readonly answer: string
}

export interface LiveReport {
  readonly findings: readonly Finding[]
  readonly answers: readonly LiveAnswer[]
  /** Milliseconds from the acknowledgement of a write to the read that shows it. */
  readonly delays: { readonly shownAfterMs?: number; readonly clearedAfterMs?: number }
  /** Without names, ids or texts: may be attached to a report. */
  readonly recording: readonly LiveExchange[]
}

const defaultPatienceMs = 120_000
const pollMs = 500
/** Ends by itself soon if this program is interrupted in between. */
const lifeMs = 5 * 60_000

/**
 * Shows In a call for one consenting person, reads it back until it is seen, takes it away, and sees that it is gone.
 * Never throws; whatever happens, the session is cleared at the end.
 */
export async function checkLive(
  config: TeamsConfig,
  context: ConnectorContext,
  options: LiveOptions,
): Promise<LiveReport> {
  let session: Session | undefined
  try {
    const settings = resolveSettings(config)
    session = openSession(settings, context)
    return await new LiveCheck(settings, session, { context, options }).run()
  } catch (error) {
    const known = error instanceof ConnectorFailure ? error : undefined
    if (!known) context.log.error('the live check broke', { error })
    const text = known?.message ?? 'The live check broke off unexpectedly.'
    const fix = known?.fix ?? 'Report this with the log.'
    return { findings: [{ level: 'error', text, fix }], answers: [], delays: {}, recording: [] }
  } finally {
    session?.close()
  }
}

class LiveCheck {
  readonly #settings: Settings
  readonly #session: Session
  readonly #recorder: LiveRecorder
  readonly #clock: ConnectorContext['clock']
  readonly #options: LiveOptions
  readonly #findings: Finding[] = []
  readonly #answers: LiveAnswer[] = []
  #delays: LiveReport['delays'] = {}
  #id = ''

  constructor(
    settings: Settings,
    session: Session,
    { context, options }: { readonly context: ConnectorContext; readonly options: LiveOptions },
  ) {
    this.#settings = settings
    this.#session = session
    this.#clock = context.clock
    this.#recorder = new LiveRecorder(session.graph, context.clock)
    this.#options = options
  }

  async run(): Promise<LiveReport> {
    await this.#session.tokens.get()
    const id = await this.#findPerson()
    if (id) {
      this.#id = id
      const before = await this.#readBefore()
      if (before) {
        await this.#askStranger()
        await this.#writeAndClear(before)
      }
    }
    return {
      findings: this.#findings,
      answers: this.#answers,
      delays: this.#delays,
      recording: this.#recorder.exchanges,
    }
  }

  async #findPerson(): Promise<string | undefined> {
    const path = `/users/${encodeURIComponent(this.#options.upn)}?$select=id`
    const reply = await this.#send('find the person', { call: 'users', method: 'GET', path, body: undefined })
    const id = reply.kind === 'ok' ? textOf(fieldsOf(readJson(reply.text)).id) : undefined
    if (!id) this.#fail('The person was not found', reply, 'User.ReadBasic.All')
    return id
  }

  async #readBefore(): Promise<Presence | undefined> {
    const { reply, state, sequence } = await this.#read('before')
    if (!state) {
      this.#fail('The presence of the person cannot be read', reply, 'Presence.Read.All')
      return undefined
    }
    this.#findings.push({ level: 'ok', text: `Teams shows ${presenceLabel(state)}.` })
    this.#answers.push({
      question: 'Does getPresencesByUserId return sequenceNumber to an application?',
      answer: sequence === undefined ? 'no' : 'yes',
    })
    if (!isCall(state)) return state
    this.#findings.push({
      level: 'warning',
      text: 'The person is in a call already: a call written by Hookswitch could not be told from it.',
      fix: 'Repeat the check when the call is over.',
    })
    return undefined
  }

  /** What becomes of a batch with an id that nobody has. */
  async #askStranger(): Promise<void> {
    const stranger = randomUUID()
    const reply = await this.#sendRead('an unknown id in a batch', [this.#id, stranger])
    const question = 'What becomes of getPresencesByUserId when one id is unknown?'
    if (reply.kind === 'refused') {
      this.#answers.push({ question, answer: `the whole batch is refused with ${reply.refusal.status}` })
    } else if (reply.kind === 'ok') {
      const found = decodePresences(reply.text)?.presences.some((item) => item.id.toLowerCase() === stranger)
      this.#answers.push({ question, answer: found ? 'it is answered as unknown' : 'it is left out' })
    }
  }

  async #writeAndClear(before: Presence): Promise<void> {
    const body = {
      ...{ sessionId: this.#settings.clientId, availability: 'Busy', activity: 'InACall' },
      expirationDuration: isoDuration(lifeMs),
    }
    const reply = await this.#act('setPresence', body)
    if (reply.kind !== 'ok') {
      this.#fail('In a call could not be written', reply, writePermission)
      // A write without an answer may have arrived.
      if (reply.kind === 'trouble') await this.#act('clearPresence', { sessionId: this.#settings.clientId })
      return
    }
    const shownAfterMs = await this.#waitFor('shown', (state) => samePresence(state, IN_A_CALL))
    await this.#clear(before, shownAfterMs)
  }

  async #clear(before: Presence, shownAfterMs: number | undefined): Promise<void> {
    const session = { sessionId: this.#settings.clientId }
    const cleared = await this.#act('clearPresence', session)
    if (cleared.kind !== 'ok' && !(cleared.kind === 'refused' && cleared.refusal.status === 404)) {
      this.#fail(
        'In a call could not be taken away again; it ends by itself in five minutes',
        cleared,
        writePermission,
      )
      return
    }
    if (shownAfterMs === undefined) return
    this.#delays = { ...this.#delays, shownAfterMs }
    this.#findings.push({ level: 'ok', text: `In a call was shown after ${seconds(shownAfterMs)}.` })
    const clearedAfterMs = await this.#waitFor('cleared', (state) => !isCall(state))
    if (clearedAfterMs === undefined) return
    this.#delays = { ...this.#delays, clearedAfterMs }
    this.#findings.push({
      level: 'ok',
      text: `It was gone after ${seconds(clearedAfterMs)}; before it was ${presenceLabel(before)}.`,
    })
    const again = await this.#act('clearPresence', session)
    this.#answers.push({
      question: 'What does clearPresence answer when there is no session?',
      answer: again.kind === 'refused' ? String(again.refusal.status) : again.kind,
    })
  }

  /** Reads until it is so; milliseconds it took, or undefined with a finding of what is shown instead. */
  async #waitFor(step: string, isSo: (state: Presence) => boolean): Promise<number | undefined> {
    const begun = this.#clock.monotonic()
    const patience = this.#options.patienceMs ?? defaultPatienceMs
    let last: Presence | undefined
    while (this.#clock.monotonic() - begun < patience) {
      const { state } = await this.#read(step)
      if (state && isSo(state)) return Math.round(this.#clock.monotonic() - begun)
      last = state ?? last
      await this.#session.sleeper.sleep(pollMs)
    }
    this.#findings.push({
      level: 'warning',
      text: `After ${seconds(patience)} Teams still shows ${last ? presenceLabel(last) : 'nothing'} (${step}).`,
      fix: 'A status chosen by the person hides what an application writes: reset the status in Teams and repeat the check.',
    })
    return undefined
  }

  async #read(step: string) {
    const reply = await this.#sendRead(step, [this.#id])
    const item = reply.kind === 'ok' ? decodePresences(reply.text)?.presences[0] : undefined
    return {
      reply,
      state: item ? readWords(String(item.availability), String(item.activity)).state : undefined,
      sequence: item && sequenceOf(item),
    }
  }

  #sendRead(step: string, ids: readonly string[]): Promise<GraphReply> {
    const path = '/communications/getPresencesByUserId'
    return this.#send(step, { call: 'presences', method: 'POST', path, body: { ids } }, ids)
  }

  #act(call: string, body: Readonly<Record<string, unknown>>): Promise<GraphReply> {
    return this.#send(call, { call, method: 'POST', path: `/users/${this.#id}/presence/${call}`, body })
  }

  #send(
    step: string,
    { body, ...request }: Pick<GraphRequest, 'call' | 'method' | 'path'> & { readonly body: unknown },
    ids: readonly string[] = [],
  ): Promise<GraphReply> {
    const text = body === undefined ? {} : { body: JSON.stringify(body) }
    return this.#recorder.send(step, { ...request, ...text, priority: 'write', timeoutMs: 10_000 }, ids)
  }

  #fail(what: string, reply: GraphReply, need: string): void {
    const { reason, fix } = describe(reply, need, this.#settings)
    this.#findings.push({ level: 'error', text: `${what}: ${reason}`, fix })
  }
}

function describe(
  reply: GraphReply,
  need: string,
  settings: Settings,
): { readonly reason: string; readonly fix: string } {
  if (reply.kind === 'refused') return explainGraph(reply.refusal, need, settings)
  if (reply.kind === 'signedOut') {
    return {
      reason: reply.failure.message,
      fix: reply.failure.fix ?? 'Run hookswitch check without --live first.',
    }
  }
  if (reply.kind === 'ok') return { reason: 'the answer holds nothing', fix: 'Check graphUrl.' }
  return { reason: reply.reason, fix: 'Check the network and repeat the check.' }
}

const seconds = (ms: number) => `${Math.round(ms / 100) / 10} s`
