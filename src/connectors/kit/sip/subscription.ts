import { randomBytes } from 'node:crypto'
import type { Clock, Timer } from '../../../core/ports.ts'
import { GivenUp, NoAnswer } from './failures.ts'
import { parseAddress, parseCSeq, parseSeconds, parseWord, splitList } from './header-values.ts'
import type { SipRequest, SipResponse } from './message.ts'
import { type Body, type Fields, header, headerLines, type SipMessage } from './message.ts'
import { endOfNotify, endOfResponse, type SubscriptionEnd } from './subscription-end.ts'
import { type Answer, transactionMs } from './transactions.ts'
import type { AgentRequest } from './user-agent.ts'

/** A NOTIFY that says something. */
export interface Notification {
  /** Empty where there was none. */
  readonly body: Buffer
  /** Content-Type. */
  readonly type: string
  readonly pending: boolean
  /** It is the first since we asked. */
  readonly answer: boolean
}

export interface SubscriptionOptions {
  readonly clock: Clock
  readonly event: string
  readonly accept: string
  /** `sip:1001@pbx.example` */
  readonly target: string
  /** `sip:hookswitch@pbx.example` */
  readonly subscriber: string
  /** Seconds to ask for. */
  readonly expires: number
  /** Throws NoAnswer; never settles when the connection is given up first. */
  request(request: AgentRequest, timeoutMs: number): Promise<SipResponse>
  /** The server granted so much, milliseconds: for the first time, or once more. */
  onGranted(leaseMs: number): void
  onNotify(notify: Notification): void
  /** Once. */
  onEnd(end: SubscriptionEnd): void
}

/** One subscription dialog (RFC 6665) from its first SUBSCRIBE to its end; a new one is a new object. */
export class Subscription {
  readonly callId = randomBytes(16).toString('hex')
  readonly #options: SubscriptionOptions
  readonly #tag = randomBytes(8).toString('hex')
  #cseq = 0
  #remoteCseq = -1
  #remoteTag: string | undefined
  #notifierTag: string | undefined
  #contact: string | undefined
  #routes: readonly string[] | undefined
  #minExpires = 0
  #expiresAt = 0
  #asking = false
  #asked: Promise<unknown> = Promise.resolve()
  #awaiting = false
  #over = false
  #refresh: Timer | undefined
  #firstNotify: Timer | undefined

  constructor(options: SubscriptionOptions) {
    this.#options = options
  }

  start(): void {
    this.#ask()
  }

  /** Refreshes now, which makes the server tell its whole state. */
  ask(): void {
    if (this.#over || this.#asking || this.#expiresAt === 0) return
    this.#ask()
  }

  /**
   * Refreshes with a body that asks for a change. The server's answer; undefined where there is no subscription.
   * @throws NoAnswer, GivenUp and what `request` throws
   */
  async change(body: Body): Promise<SipResponse | undefined> {
    await this.#asked
    return this.#over || this.#asking || this.#expiresAt === 0 ? undefined : this.#subscribe(body)
  }

  /** How long the server still keeps the subscription, milliseconds. */
  remainingMs(): number {
    return Math.max(0, this.#expiresAt - this.#options.clock.monotonic())
  }

  /** Nothing is sent or called afterwards. */
  forget(): void {
    this.#over = true
    this.#refresh?.cancel()
    this.#firstNotify?.cancel()
  }

  /** The request that ends the subscription, where there is one. It is to be sent after `forget`. */
  farewell(): AgentRequest | undefined {
    return this.#expiresAt === 0 ? undefined : this.#compose(0)
  }

  takeNotify(request: SipRequest): Answer {
    const from = parseAddress(header(request, 'from')!)?.parameters.get('tag')
    const to = parseAddress(header(request, 'to')!)?.parameters.get('tag')
    // Another notifier that the SUBSCRIBE was forked to: the first one is enough.
    const stranger = this.#notifierTag !== undefined && from !== this.#notifierTag
    if (this.#over || to !== this.#tag || stranger) {
      return { status: 481, reason: 'Subscription Does Not Exist' }
    }
    if (parseWord(header(request, 'event') ?? '').word !== this.#options.event) {
      return { status: 489, reason: 'Bad Event', fields: [['Allow-Events', this.#options.event]] }
    }
    const { number } = parseCSeq(header(request, 'cseq')!)!
    if (number <= this.#remoteCseq) return { status: 500, reason: 'Request Out Of Order' }
    this.#remoteCseq = number
    this.#notifierTag = from
    this.#remoteTag = from ?? this.#remoteTag
    this.#learnRoute(request)
    this.#applyNotify(request)
    return { status: 200, reason: 'OK' }
  }

  #applyNotify(request: SipRequest): void {
    this.#firstNotify?.cancel()
    const { word, parameters } = parseWord(header(request, 'subscription-state') ?? 'active')
    const answer = this.#awaiting
    this.#awaiting = false
    const seconds = parseSeconds(parameters.get('expires'))
    const ended = word === 'terminated'
    if (!ended && seconds !== undefined && (this.#expiresAt === 0 || seconds * 1000 < this.remainingMs())) {
      this.#schedule(seconds * 1000)
    }
    if (!ended || request.body.length > 0) {
      const type = header(request, 'content-type') ?? ''
      this.#options.onNotify({ body: request.body, type, pending: word === 'pending', answer })
    }
    if (ended) this.#end(endOfNotify(parameters))
  }

  #compose(expires: number, body?: Body): AgentRequest {
    const { event, accept, target, subscriber } = this.#options
    const to = `<${target}>${this.#remoteTag === undefined ? '' : `;tag=${this.#remoteTag}`}`
    const routes = this.#remoteTag === undefined ? [] : (this.#routes ?? [])
    const fields: Fields = [
      ...routes.map((route) => ['Route', route] as const),
      ['Event', event],
      ['Accept', accept],
      ['Expires', String(expires)],
    ]
    return {
      method: 'SUBSCRIBE',
      uri: this.#contact ?? target,
      from: `<${subscriber}>;tag=${this.#tag}`,
      to,
      callId: this.callId,
      cseq: () => {
        this.#cseq += 1
        return this.#cseq
      },
      fields,
      ...(body && { body, writes: true }),
    }
  }

  /** What goes wrong is told by the subscription's end. */
  #ask(): void {
    this.#asked = this.#subscribe().catch(() => {})
  }

  async #subscribe(body?: Body): Promise<SipResponse> {
    this.#asking = true
    this.#refresh?.cancel()
    const expires = Math.max(this.#options.expires, this.#minExpires)
    const left = this.#expiresAt === 0 ? transactionMs : this.remainingMs()
    try {
      this.#awaiting = true
      const response = await this.#options.request(
        this.#compose(expires, body),
        Math.max(1000, Math.min(transactionMs, left)),
      )
      this.#asking = false
      if (!this.#over) this.#applyResponse(response, expires, body !== undefined)
      return response
    } catch (error) {
      this.#asking = false
      if (error instanceof NoAnswer) this.#end({ kind: 'unanswered', why: error.message })
      // A change that may not be waited for says nothing of the subscription.
      else if (error instanceof GivenUp && !this.#over) this.#schedule(this.remainingMs())
      throw error
    }
  }

  #applyResponse(response: SipResponse, asked: number, isChange: boolean): void {
    if (response.status >= 300) {
      // A change that is refused leaves the subscription as it is, where there still is one.
      if (isChange && response.status !== 481) this.#schedule(this.remainingMs())
      else this.#applyRefusal(response)
      return
    }
    const first = this.#expiresAt === 0
    this.#remoteTag ??= parseAddress(header(response, 'to')!)?.parameters.get('tag')
    this.#learnRoute(response)
    const leaseMs = (parseSeconds(header(response, 'expires')) ?? asked) * 1000
    this.#schedule(leaseMs)
    this.#options.onGranted(leaseMs)
    if (!first || this.#remoteCseq >= 0) return
    // Timer N of RFC 6665: without a NOTIFY there is no subscription.
    this.#firstNotify = this.#options.clock.after(transactionMs, () =>
      this.#end({ kind: 'unanswered', why: 'the server accepted the subscription but sent no NOTIFY' }),
    )
  }

  #applyRefusal(response: SipResponse): void {
    const minExpires = parseSeconds(header(response, 'min-expires'))
    if (response.status === 423 && minExpires && minExpires > this.#minExpires) {
      this.#minExpires = minExpires
      this.#ask()
      return
    }
    const end = endOfResponse(response)
    const waitMs = end.kind === 'again' && response.status !== 481 ? (end.afterMs ?? 5000) : 0
    // Other failures than 481 leave the subscription as it is (RFC 6665 section 4.1.2.2): ask again while it lasts.
    if (waitMs > 0 && this.remainingMs() > waitMs) {
      this.#refresh = this.#options.clock.after(waitMs, () => this.ask())
    } else this.#end(end)
  }

  /** Refreshed at a moment of its own between half and most of the time, so that thousands do not come together. */
  #schedule(leaseMs: number): void {
    this.#expiresAt = this.#options.clock.monotonic() + leaseMs
    this.#refresh?.cancel()
    this.#refresh = this.#options.clock.after(leaseMs * (0.5 + 0.3 * Math.random()), () => this.ask())
  }

  #learnRoute(message: SipMessage): void {
    const contact = parseAddress(splitList(header(message, 'contact') ?? '')[0] ?? '')?.uri
    this.#contact = contact ?? this.#contact
    if (this.#routes) return
    const routes = headerLines(message, 'record-route').flatMap(splitList)
    this.#routes = message.kind === 'response' ? routes.toReversed() : routes
  }

  #end(end: SubscriptionEnd): void {
    if (this.#over) return
    this.forget()
    this.#options.onEnd(end)
  }
}
