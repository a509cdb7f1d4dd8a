import { randomBytes } from 'node:crypto'
import type { WriteGuard } from '../../../core/network.ts'
import type { Clock, Timer } from '../../../core/ports.ts'
import { ConnectionLost, GivenUp, NoAnswer } from './failures.ts'
import { parseCSeq, parseVia, splitList, type Via } from './header-values.ts'
import type { SipMessage, SipRequest, SipResponse, Source } from './message.ts'
import { type Body, type Fields, formatRequest, formatResponse, header, headerLines } from './message.ts'

/** RFC 3261 section 17.1.1.1, milliseconds: round trip, longest retransmission interval, life of a message. */
export const t1 = 500
const t2 = 4000
/** Timers F and J. */
export const transactionMs = 64 * t1

export interface Outgoing {
  readonly method: string
  readonly uri: string
  /** Without Via and what tells of the body. */
  readonly fields: Fields
  readonly body?: Body | undefined
  /** It changes something at the server. */
  readonly writes?: boolean
}

export interface Answer {
  readonly status: number
  readonly reason: string
  readonly fields?: Fields
}

export interface TransactionsOptions {
  readonly clock: Clock
  readonly reliable: boolean
  /** Asked before a request that writes is sent, each time. */
  readonly guard?: WriteGuard | undefined
  /** `SIP/2.0/UDP 192.0.2.1:40000`, to which branch and rport are added. */
  readonly via: string
  /** To the server, or back to where a request came from. */
  send(bytes: Buffer, to?: Source): void
  /** Called once a request, however often it was retransmitted. */
  onRequest(request: SipRequest): Answer
}

interface Pending {
  readonly method: string
  readonly bytes: Buffer
  readonly resolve: (response: SipResponse) => void
  readonly reject: (reason: Error) => void
  readonly deadline: Timer
  readonly guard: WriteGuard | undefined
  retransmit?: Timer
}

/**
 * Non-INVITE transactions over one wire (RFC 3261 sections 17.1.2 and 17.2.2). Timer K needs nothing here: an answer
 * whose request is no longer pending is dropped, which is what the Completed state would do.
 */
export class Transactions {
  readonly #options: TransactionsOptions
  readonly #pending = new Map<string, Pending>()
  readonly #answered = new Map<string, { readonly bytes: Buffer; readonly timer: Timer }>()
  readonly #tag = randomBytes(6).toString('hex')

  constructor(options: TransactionsOptions) {
    this.#options = options
  }

  /**
   * Sends a request and waits for its final answer.
   * @throws NoAnswer after `timeoutMs`, ConnectionLost when the wire goes down first, GivenUp where it writes and is held to a shorter time.
   */
  request(outgoing: Outgoing, timeoutMs = transactionMs): Promise<SipResponse> {
    const { clock, reliable, via } = this.#options
    const guard = outgoing.writes ? this.#options.guard : undefined
    requireTime(guard)
    const branch = `z9hG4bK${randomBytes(9).toString('hex')}`
    const fields: Fields = [['Via', `${via};branch=${branch};rport`], ...outgoing.fields]
    const bytes = formatRequest(outgoing, fields)
    const { promise, resolve, reject } = Promise.withResolvers<SipResponse>()
    const Failure = guard && guard.lifeMs < timeoutMs ? GivenUp : NoAnswer
    const lifeMs = Math.min(timeoutMs, guard?.lifeMs ?? timeoutMs)
    const deadline = clock.after(lifeMs, () => {
      this.#forget(branch)
      reject(new Failure(`${outgoing.method} was not answered within ${lifeMs / 1000} s.`))
    })
    const pending: Pending = { method: outgoing.method, bytes, resolve, reject, deadline, guard }
    this.#pending.set(branch, pending)
    if (!reliable) this.#retransmit(branch, pending, t1)
    this.#options.send(bytes)
    return promise
  }

  receive(message: SipMessage, source?: Source): void {
    if (message.kind === 'request') this.#receiveRequest(message, source)
    else this.#receiveResponse(message)
  }

  /** Gives up everything pending; nothing is sent or called afterwards. */
  close(reason: Error = new ConnectionLost('The connection was closed.')): void {
    for (const [branch, pending] of [...this.#pending]) {
      this.#forget(branch)
      pending.reject(reason)
    }
    for (const { timer } of this.#answered.values()) timer.cancel()
    this.#answered.clear()
  }

  /** Timer E: doubled each time up to T2. */
  #retransmit(branch: string, pending: Pending, afterMs: number): void {
    pending.retransmit?.cancel()
    pending.retransmit = this.#options.clock.after(afterMs, () => {
      try {
        requireTime(pending.guard)
      } catch (error) {
        this.#forget(branch)
        pending.reject(error as GivenUp)
        return
      }
      this.#options.send(pending.bytes)
      this.#retransmit(branch, pending, Math.min(afterMs * 2, t2))
    })
  }

  #forget(branch: string): void {
    const pending = this.#pending.get(branch)
    pending?.deadline.cancel()
    pending?.retransmit?.cancel()
    this.#pending.delete(branch)
  }

  #receiveResponse(response: SipResponse): void {
    const branch = topVia(response)?.parameters.get('branch')
    const pending = branch === undefined ? undefined : this.#pending.get(branch)
    if (!pending || parseCSeq(header(response, 'cseq')!)?.method !== pending.method) return
    if (response.status >= 200) {
      this.#forget(branch!)
      pending.resolve(response)
    } else if (pending.retransmit) {
      this.#retransmit(branch!, pending, t2)
    }
  }

  #receiveRequest(request: SipRequest, source: Source | undefined): void {
    // An ACK to our refusal of an INVITE: there is nothing to answer.
    if (request.method === 'ACK') return
    const via = topVia(request)
    const key = [
      via?.parameters.get('branch'),
      via?.sentBy,
      header(request, 'call-id'),
      header(request, 'cseq'),
    ].join('\n')
    const known = this.#answered.get(key)
    const to = source && answerTo(source, via)
    if (known) {
      this.#options.send(known.bytes, to)
      return
    }
    const { status, reason, fields = [] } = this.#options.onRequest(request)
    const bytes = formatResponse(request, { status, reason, toTag: this.#tag, fields, source })
    this.#options.send(bytes, to)
    if (this.#options.reliable) return
    const timer = this.#options.clock.after(transactionMs, () => this.#answered.delete(key))
    this.#answered.set(key, { bytes, timer })
  }
}

/** @throws GivenUp */
function requireTime(guard: WriteGuard | undefined): void {
  try {
    guard?.check()
  } catch (error) {
    throw new GivenUp((error as Error).message)
  }
}

/** RFC 3261 section 18.2.2 with RFC 3581: to where it came from; the port is the source's only if that is asked for. */
function answerTo(source: Source, via: Via | undefined): Source {
  if (!via || via.parameters.has('rport')) return source
  const port = Number(/:(\d+)$/.exec(via.sentBy)?.[1] ?? 5060)
  return { address: source.address, port }
}

function topVia(message: SipMessage) {
  const first = headerLines(message, 'via').flatMap(splitList)[0]
  return first === undefined ? undefined : parseVia(first)
}
