import { randomBytes } from 'node:crypto'
import type { Clock, Timer } from '../../../core/ports.ts'
import { parseAddress, parseSeconds, splitList } from './header-values.ts'
import { header, headerLines, type SipResponse } from './message.ts'
import type { AgentRequest } from './user-agent.ts'

export interface RegistrationOptions {
  readonly clock: Clock
  readonly domain: string
  readonly username: string
  /** Seconds to ask for. */
  readonly expires: number
  request(request: AgentRequest): Promise<SipResponse>
  /** Our contact without its brackets' parameters, to find it in the answer. */
  contact(): string
  /** A refresh was refused or not answered; `undefined`: it works again. */
  onTrouble(why: string | undefined): void
}

const retryMs = 30_000

/** The account registered like a phone's (RFC 3261 section 10), for servers that let only those watch. */
export class Registration {
  readonly #options: RegistrationOptions
  readonly #callId = randomBytes(16).toString('hex')
  readonly #tag = randomBytes(8).toString('hex')
  #cseq = 0
  #expires: number
  #timer: Timer | undefined
  #over = false

  constructor(options: RegistrationOptions) {
    this.#options = options
    this.#expires = options.expires
  }

  /** The server's answer to the first REGISTER, after which it is refreshed by itself if that was good. */
  async start(): Promise<SipResponse> {
    const response = await this.#register(this.#expires)
    const minExpires = parseSeconds(header(response, 'min-expires'))
    if (response.status === 423 && minExpires && minExpires > this.#expires) {
      this.#expires = minExpires
      return this.start()
    }
    if (response.status < 300) this.#schedule(this.#granted(response) * 1000 * 0.8)
    return response
  }

  stop(): void {
    this.#over = true
    this.#timer?.cancel()
  }

  /** The request that removes our contact, and only ours. */
  farewell(): AgentRequest {
    return this.#compose(0)
  }

  #register(expires: number): Promise<SipResponse> {
    return this.#options.request(this.#compose(expires))
  }

  #compose(expires: number): AgentRequest {
    const { domain, username } = this.#options
    const account = `<sip:${encodeURIComponent(username)}@${domain}>`
    return {
      method: 'REGISTER',
      uri: `sip:${domain}`,
      from: `${account};tag=${this.#tag}`,
      to: account,
      callId: this.#callId,
      cseq: () => {
        this.#cseq += 1
        return this.#cseq
      },
      fields: [['Expires', String(expires)]],
    }
  }

  #schedule(afterMs: number): void {
    if (this.#over) return
    this.#timer = this.#options.clock.after(afterMs, () => void this.#refresh())
  }

  async #refresh(): Promise<void> {
    try {
      const response = await this.start()
      if (this.#over) return
      const refused = response.status >= 300
      this.#options.onTrouble(refused ? `${response.status} ${response.reason}`.trim() : undefined)
      if (refused) this.#schedule(retryMs)
    } catch (error) {
      if (this.#over) return
      this.#options.onTrouble(error instanceof Error ? error.message : String(error))
      this.#schedule(retryMs)
    }
  }

  /** Seconds: those of our contact in the answer, which lists all phones of the account. */
  #granted(response: SipResponse): number {
    const ours = parseAddress(this.#options.contact())?.uri
    const contacts = headerLines(response, 'contact').flatMap(splitList).map(parseAddress)
    const mine =
      contacts.find((each) => each?.uri === ours) ?? (contacts.length === 1 ? contacts[0] : undefined)
    return (
      parseSeconds(mine?.parameters.get('expires')) ??
      parseSeconds(header(response, 'expires')) ??
      this.#expires
    )
  }
}
