import { randomBytes } from 'node:crypto'
import { parseSeconds } from '../kit/sip/header-values.ts'
import { type Body, type Fields, header, type SipResponse } from '../kit/sip/message.ts'
import type { AgentRequest } from '../kit/sip/user-agent.ts'

/** What the server keeps for us: its name for it, and until when. Milliseconds of the wall clock, to outlive a restart. */
export interface Kept {
  readonly etag: string
  readonly until: number
}

export interface EventStateOptions {
  readonly event: string
  /** `sip:1001@pbx.example` */
  readonly target: string
  /** `sip:hookswitch@pbx.example` */
  readonly publisher: string
  /** What was kept before a restart. */
  readonly kept: Kept | undefined
  wall(): number
  /** Throws NoAnswer, ConnectionLost, CredentialsRefused, GivenUp. */
  request(request: AgentRequest): Promise<SipResponse>
}

/** How often a request is corrected by what the server said (412, 423) before its answer is taken as it is. */
const corrections = 3

/** One event state that we publish (RFC 3903): made, changed, refreshed and removed by its entity-tag. */
export class EventState {
  readonly #options: EventStateOptions
  readonly #callId = randomBytes(16).toString('hex')
  readonly #tag = randomBytes(8).toString('hex')
  #cseq = 0
  #minExpires = 0
  #kept: Kept | undefined
  #text: string | undefined

  constructor(options: EventStateOptions) {
    this.#options = options
    this.#kept = options.kept
  }

  get kept(): Kept | undefined {
    return this.#kept && this.#kept.until > this.#options.wall() ? this.#kept : undefined
  }

  /** Publishes a document for so many seconds, or only refreshes where the server has it already. */
  async publish(body: Body, expires: number): Promise<SipResponse> {
    let response: SipResponse
    for (let attempt = 0; ; attempt += 1) {
      const etag = this.kept?.etag
      // A refresh has no body; who forgot what was published says it again (RFC 3903 section 4.3).
      const same = etag !== undefined && this.#text === body.text
      const asked = Math.max(expires, this.#minExpires)
      response = await this.#send({ etag, asked, body: same ? undefined : body })
      if (response.status < 300) {
        this.#learn(response, asked)
        this.#text = body.text
        return response
      }
      if (attempt === corrections || !this.#correct(response)) return response
    }
  }

  /** Takes the document back; undefined where the server has none of ours that we could name. */
  async remove(): Promise<SipResponse | undefined> {
    const etag = this.kept?.etag
    if (etag === undefined) return undefined
    const response = await this.#send({ etag, asked: 0, body: undefined })
    // 412: it has run out, or the server has forgotten it.
    if (response.status < 300 || response.status === 412) this.#forget()
    return response
  }

  #learn(response: SipResponse, asked: number): void {
    const etag = header(response, 'sip-etag')
    const granted = parseSeconds(header(response, 'expires')) ?? asked
    // Every 2xx to PUBLISH has one (RFC 3903 section 6); without it there is nothing that could be named later.
    this.#kept = etag === undefined ? undefined : { etag, until: this.#options.wall() + granted * 1000 }
  }

  /** Whether another attempt can do better. */
  #correct(response: SipResponse): boolean {
    if (response.status === 412) {
      if (!this.#kept) return false
      this.#forget()
      return true
    }
    const least = response.status === 423 ? parseSeconds(header(response, 'min-expires')) : undefined
    if (least === undefined || least <= this.#minExpires) return false
    this.#minExpires = least
    return true
  }

  #forget(): void {
    this.#kept = undefined
    this.#text = undefined
  }

  #send(about: {
    readonly etag: string | undefined
    readonly asked: number
    readonly body: Body | undefined
  }): Promise<SipResponse> {
    const { event, target, publisher } = this.#options
    const { etag, asked, body } = about
    const condition: Fields = etag === undefined ? [] : [['SIP-If-Match', etag]]
    return this.#options.request({
      method: 'PUBLISH',
      writes: true,
      uri: target,
      from: `<${publisher}>;tag=${this.#tag}`,
      to: `<${target}>`,
      callId: this.#callId,
      cseq: () => {
        this.#cseq += 1
        return this.#cseq
      },
      fields: [['Event', event], ['Expires', String(asked)], ...condition],
      ...(body && { body }),
    })
  }
}
