import { isIPv6 } from 'node:net'
import type { Timer } from '../../../core/ports.ts'
import { Authorizer, type Credentials } from './authorizer.ts'
import { ConnectionLost, GivenUp } from './failures.ts'
import { parseSeconds, parseVia } from './header-values.ts'
import { type Body, type Fields, header, type SipRequest, type SipResponse } from './message.ts'
import { openWire } from './open-wire.ts'
import { parseMessage } from './parse.ts'
import { type Answer, Transactions } from './transactions.ts'
import type { Wire, WireOptions } from './wire.ts'

export interface AgentOptions extends WireOptions, Credentials {
  /** Between signs of life of the server; after so long without one it is asked with OPTIONS. Milliseconds. */
  readonly keepAliveMs: number
  onNotify(request: SipRequest): Answer
  /** Bytes that were not a message. */
  onMalformed(reason: string): void
  /** Once, when the server can no longer be heard. Not after `close`. */
  onDown(reason: Error): void
}

export interface AgentRequest {
  readonly method: string
  readonly uri: string
  readonly from: string
  readonly to: string
  readonly callId: string
  /** Asked once for each time the request is sent anew. */
  cseq(): number
  readonly fields: Fields
  readonly body?: Body
  /** It changes something at the server: of several hubs only the one that has the target may send it. */
  readonly writes?: true
}

const allow = 'NOTIFY, OPTIONS'
/** How long the answer to a sign of life may take, milliseconds. */
const pingMs = 4000
const userAgent = 'Hookswitch'

/** Our end of one connection: requests with authentication, incoming requests, keep-alive. Dies once, is not reused. */
export class UserAgent {
  readonly #options: AgentOptions
  readonly #authorizer: Authorizer
  #wire: Wire | undefined
  #transactions: Transactions | undefined
  #over = false
  #heardAt = 0
  #pingAnswered = false
  #timer: Timer | undefined
  #public: string | undefined
  #pings = 0
  #accepted = false

  constructor(options: AgentOptions) {
    this.#options = options
    this.#authorizer = new Authorizer(options)
  }

  /** Throws what openWire throws. */
  async open(): Promise<void> {
    const wire = await openWire(this.#options, {
      message: (bytes, source) => {
        const parsed = parseMessage(bytes)
        this.#heardAt = this.#options.clock.monotonic()
        if (parsed.ok) this.#transactions?.receive(parsed.message, source)
        else if (bytes.some((byte) => byte > 32)) this.#options.onMalformed(parsed.reason)
      },
      down: (reason) => this.#fail(reason),
    })
    if (this.#over) return wire.close()
    this.#wire = wire
    this.#transactions = new Transactions({
      clock: this.#options.clock,
      reliable: wire.reliable,
      guard: this.#options.network.writes,
      via: `SIP/2.0/${wire.transport} ${this.#local()}`,
      send: (bytes, to) => wire.send(bytes, to),
      onRequest: (request) => this.#answer(request),
    })
    this.#heardAt = this.#options.clock.monotonic()
    void this.#ping()
  }

  /** Idempotent; pending requests fail with ConnectionLost. */
  close(): void {
    this.#over = true
    this.#timer?.cancel()
    this.#transactions?.close()
    this.#wire?.close()
  }

  /** Value of Contact: where the server reaches us, by its own account when it told (RFC 3581). */
  contact(): string {
    const { username, transport } = this.#options
    return `<sip:${encodeURIComponent(username)}@${this.#public ?? this.#local()};transport=${transport}>`
  }

  /**
   * Sends and waits for the final answer, authenticating when asked.
   * @throws NoAnswer, ConnectionLost, CredentialsRefused, and GivenUp where it writes
   */
  async request(request: AgentRequest, timeoutMs?: number): Promise<SipResponse> {
    let fresh: string | undefined
    for (let attempt = 1; ; attempt += 1) {
      const authorization = this.#authorizer.fields(request.method, request.uri)
      const used = this.#authorizer.nonce
      const response = await this.#send(request, authorization, timeoutMs)
      this.#learnAddress(response)
      if (response.status !== 401 && response.status !== 407) {
        if (authorization.length > 0) this.#accepted = true
        return response
      }
      // A nonce from earlier may be used up; only one we were given a moment ago proves a wrong password. Where the
      // password was right before, requests that overtook each other may have upset the server's count: once more.
      const proof = fresh !== undefined && fresh === used && (!this.#accepted || attempt > 2)
      this.#authorizer.take(response, proof ? used : undefined)
      if (attempt === 4) return response
      fresh = this.#authorizer.nonce
    }
  }

  async #send(
    request: AgentRequest,
    authorization: Fields,
    timeoutMs: number | undefined,
  ): Promise<SipResponse> {
    if (this.#over || !this.#transactions) throw new ConnectionLost('There is no connection.')
    const fields: Fields = [
      ['Max-Forwards', '70'],
      ['From', request.from],
      ['To', request.to],
      ['Call-ID', request.callId],
      ['CSeq', `${request.cseq()} ${request.method}`],
      ['Contact', this.contact()],
      ['User-Agent', userAgent],
      ['Allow', allow],
      ...authorization,
      ...request.fields,
    ]
    const { method, uri, body, writes = false } = request
    const sentAt = this.#options.clock.monotonic()
    try {
      return await this.#transactions.request({ method, uri, fields, body, writes }, timeoutMs)
    } catch (error) {
      // Nothing was heard since: it may lie in the connection's buffer, and would arrive whenever the way opens again.
      if (error instanceof GivenUp && this.#wire?.reliable && this.#heardAt <= sentAt) this.#abandon(error)
      throw error
    }
  }

  #abandon(cause: GivenUp): void {
    this.#wire?.reset()
    this.#fail(new ConnectionLost(`A write had no answer: ${cause.message}`))
  }

  #answer(request: SipRequest): Answer {
    if (request.method === 'NOTIFY') {
      const answer = this.#options.onNotify(request)
      return { ...answer, fields: [['Contact', this.contact()], ...(answer.fields ?? [])] }
    }
    const fields: Fields = [['Allow', allow]]
    if (request.method === 'OPTIONS') return { status: 200, reason: 'OK', fields }
    // Where we are registered like a phone, calls may come. They ring elsewhere.
    if (request.method === 'INVITE') return { status: 480, reason: 'Temporarily Unavailable' }
    return { status: 405, reason: 'Method Not Allowed', fields }
  }

  #keepAlive(): void {
    const { clock, keepAliveMs } = this.#options
    const silentMs = clock.monotonic() - this.#heardAt
    this.#timer = clock.after(Math.max(0, keepAliveMs - silentMs), () => {
      if (clock.monotonic() - this.#heardAt < keepAliveMs) this.#keepAlive()
      else void this.#ping()
    })
  }

  /**
   * Any answer is a sign of life. The first question goes out with the first requests: a server that answers those
   * and not this one does not know OPTIONS, and is not asked again; failing refreshes tell then.
   */
  async #ping(): Promise<void> {
    const askedAt = this.#options.clock.monotonic()
    const { domain, username } = this.#options
    this.#pings += 1
    const uri = `sip:${domain}`
    const response = await this.#send(
      {
        method: 'OPTIONS',
        uri,
        from: `<sip:${encodeURIComponent(username)}@${domain}>;tag=ping`,
        to: `<${uri}>`,
        callId: `ping-${this.#pings}@${this.#local()}`,
        cseq: () => this.#pings,
        fields: [],
      },
      [],
      pingMs,
    ).catch(() => undefined)
    if (this.#over) return
    const heard = this.#heardAt > askedAt
    if (response) this.#pingAnswered = true
    else if (!heard)
      return this.#fail(new ConnectionLost(`The server is silent since ${this.#silentSeconds()} s.`))
    else if (!this.#pingAnswered) return
    this.#keepAlive()
  }

  #silentSeconds(): number {
    return Math.round((this.#options.clock.monotonic() - this.#heardAt) / 1000)
  }

  #learnAddress(response: SipResponse): void {
    const via = parseVia(header(response, 'via') ?? '')
    const port = parseSeconds(via?.parameters.get('rport'))
    const received = via?.parameters.get('received')
    if (port && !this.#wire?.reliable) {
      this.#public = `${bracket(received ?? this.#wire!.local.address)}:${port}`
    }
  }

  #local(): string {
    const { address, port } = this.#wire!.local
    return `${bracket(address)}:${port}`
  }

  #fail(reason: Error): void {
    if (this.#over) return
    this.#over = true
    this.#timer?.cancel()
    this.#transactions?.close(reason)
    this.#wire?.close()
    this.#options.onDown(reason)
  }
}

function bracket(address: string): string {
  return isIPv6(address) && !address.startsWith('[') ? `[${address}]` : address
}
