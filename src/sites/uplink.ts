import { WebSocket } from 'ws'
import { ConnectorFailure } from '../core/connector.ts'
import type { Clock, Log, Timer } from '../core/ports.ts'
import { parseJson } from './decode.ts'
import { describeFailure } from './describe-failure.ts'
import { signProof } from './key-pair.ts'
import type { Outbox } from './outbox.ts'
import { cutPieces } from './pieces.ts'
import {
  type Ask,
  beatMs,
  type HubFrame,
  isAdjacent,
  linkPath,
  protocolVersion,
  type RefusalCode,
  type SiteFrame,
  silenceMs,
  type Tell,
} from './wire.ts'

/** Between two attempts, milliseconds: doubling, with jitter. */
const firstRetryMs = 300
const longestRetryMs = 8_000
/** Until the hub has let the site in, milliseconds. */
const greetMs = 15_000
const largestFrame = 64 * 1024 * 1024
/** Coming again as it is may help after these. */
const passing = new Set<RefusalCode>(['later', 'replaced', 'invalid', 'version'])

/** What a hub asks of a site. `isLate` tells whether too much time has passed to begin it now. */
export interface UplinkHandler {
  /** Rejects with ConnectorFailure. */
  ask(of: string, ask: Ask, isLate: () => boolean): Promise<unknown>
  tell(of: string, tell: Tell): void
  /** The hub has let the site in, and has been told what it missed. */
  connected(hub: { readonly protocol: number }): void
  cut(reason: string): void
}

export interface UplinkParts {
  /** Addresses of hubs, `https:`; `http:` on this machine. Tried in turn. */
  readonly urls: readonly string[]
  readonly tenant: string
  readonly site: string
  /** Private key: PKCS #8, DER, base64. */
  readonly secret: string
  readonly run: string
  readonly version: string
  readonly outbox: Outbox
  readonly clock: Clock
  readonly log: Log
  /** 0 ≤ random < 1. */
  readonly random: () => number
  readonly handler: UplinkHandler
}

/** Why a site was sent away for good. */
export interface Refused {
  readonly code: RefusalCode
  readonly reason: string
}

/** Where sites come in at a hub. */
export function linkUrl(hub: string): string {
  return `${hub.replace(/^http/, 'ws').replace(/\/+$/, '')}${linkPath}`
}

/** The connection of a site to its hub: dialled anew whenever it is gone. */
export class Uplink {
  readonly #parts: UplinkParts
  readonly #refused = Promise.withResolvers<Refused>()
  #session: Session | undefined
  #attempts = 0
  #held = 0
  #timer: Timer | undefined
  #stopped = false

  constructor(parts: UplinkParts) {
    this.#parts = parts
  }

  /** Settles when the hub will not have this site any more. */
  get refused(): Promise<Refused> {
    return this.#refused.promise
  }

  get isConnected(): boolean {
    return this.#session?.isOpen ?? false
  }

  start(): void {
    this.#dial()
  }

  stop(): void {
    this.#stopped = true
    this.#timer?.cancel()
    this.#session?.end('the site is stopping')
  }

  /** A frame of the outbox. */
  send(text: string): void {
    if (this.#session?.isOpen) this.#session.sendText(text)
  }

  /** Ends the link, and does not dial until `release` is called. */
  hold(reason: string): () => void {
    this.#held += 1
    this.#session?.end(reason)
    let isOver = false
    return () => {
      if (isOver) return
      isOver = true
      this.#held -= 1
      if (this.#held > 0 || this.#stopped) return
      this.#timer?.cancel()
      this.#attempts = 0
      this.#dial()
    }
  }

  /** Comes again, with a word of the state of now. */
  restart(reason: string): void {
    this.#session?.end(reason)
  }

  #dial(): void {
    if (this.#stopped || this.#held > 0) return
    const { urls } = this.#parts
    const url = urls[this.#attempts % urls.length]!
    this.#session = new Session(this.#parts, url, {
      opened: () => {
        this.#attempts = 0
      },
      over: (reason, refused) => this.#over({ url, reason, refused }),
    })
  }

  #over({
    url,
    reason,
    refused,
  }: {
    readonly url: string
    readonly reason: string
    readonly refused: Refused | undefined
  }): void {
    this.#session = undefined
    if (this.#stopped || this.#held > 0) return
    if (refused && !passing.has(refused.code)) return void this.#refused.resolve(refused)
    const { clock, log, random } = this.#parts
    const full = Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(this.#attempts, 10))
    const wait = refused?.code === 'replaced' ? longestRetryMs : full / 2 + (full / 2) * random()
    this.#attempts += 1
    log.warn('there is no link to the hub; it is dialled again', { hub: url, reason, inMs: Math.round(wait) })
    this.#timer = clock.after(wait, () => this.#dial())
  }
}

interface SessionEnds {
  opened(): void
  over(reason: string, refused: Refused | undefined): void
}

/** One connection, from dialling to its end. */
class Session {
  readonly #parts: UplinkParts
  readonly #ends: SessionEnds
  readonly #socket: WebSocket
  #timer: Timer
  #helloAt = 0
  #protocol = 0
  #roundTripMs: number | undefined
  #heardAt: number
  /** Of the site's monotonic time over the hub's: at least so much, milliseconds. */
  #ahead = Number.NEGATIVE_INFINITY
  #lastAsk = 0
  #over = false
  #refused: Refused | undefined
  isOpen = false

  constructor(parts: UplinkParts, hub: string, ends: SessionEnds) {
    this.#parts = parts
    this.#ends = ends
    const { clock } = parts
    this.#heardAt = clock.monotonic()
    this.#socket = new WebSocket(linkUrl(hub), {
      ...{ followRedirects: false, perMessageDeflate: false, maxPayload: largestFrame },
    })
    this.#timer = clock.after(greetMs, () =>
      this.end(`it did not let the site in within ${greetMs / 1000} s`),
    )
    this.#socket.on('error', (error) => this.end(describeFailure(error)))
    this.#socket.on('unexpected-response', (_request, response) => {
      response.resume()
      this.end(`it refused the WebSocket with status ${response.statusCode}`)
    })
    this.#socket.on('close', () => this.end('the connection was cut'))
    this.#socket.on('message', (data, isBinary) => {
      if (!isBinary && !this.#over) this.#heard(String(data))
    })
  }

  sendText(text: string): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return
    for (const piece of cutPieces(text)) this.#socket.send(piece)
  }

  end(reason: string): void {
    if (this.#over) return
    this.#over = true
    this.#timer.cancel()
    this.#socket.terminate()
    if (this.isOpen) this.#parts.handler.cut(reason)
    this.isOpen = false
    this.#ends.over(this.#refused?.reason ?? reason, this.#refused)
  }

  #send(frame: SiteFrame): void {
    this.sendText(JSON.stringify(frame))
  }

  #heard(text: string): void {
    const { clock, handler, outbox } = this.#parts
    const frame = parseJson(text) as HubFrame | undefined
    this.#heardAt = clock.monotonic()
    if (frame?.t === 'challenge') this.#prove(frame)
    else if (frame?.t === 'welcome') this.#welcomed(frame)
    else if (frame?.t === 'refused') {
      this.#refused = { code: frame.code, reason: frame.reason }
      this.end(frame.reason)
    } else if (!this.isOpen) this.end('it said something that no hub says')
    else if (frame?.t === 'ask') void this.#ask(frame)
    else if (frame?.t === 'tell') handler.tell(frame.of, frame.tell)
    else if (frame?.t === 'ack') outbox.acknowledged(frame.n)
    else if (frame?.t === 'alive') this.#echoed(frame)
  }

  #prove({ nonce, protocol, version: hub }: Extract<HubFrame, { t: 'challenge' }>): void {
    const { tenant, site, secret, run, version, clock } = this.#parts
    const signature = signProof({ tenant, site, nonce }, secret)
    if (this.isOpen) return void this.#send({ t: 'proof', signature })
    if (!isAdjacent(protocol)) {
      const reason = `The hub speaks version ${protocol} of the link, this site ${protocolVersion}; they may be one apart. Bring the older of the two (hub ${hub}, site ${version}) up to date.`
      this.#refused = { code: 'version', reason }
      return void this.end(reason)
    }
    this.#protocol = protocol
    this.#helloAt = clock.monotonic()
    this.#send({ t: 'hello', protocol: protocolVersion, tenant, site, run, signature, version })
  }

  #welcomed({ after, at }: Extract<HubFrame, { t: 'welcome' }>): void {
    const { outbox, handler } = this.#parts
    // The hub sent it after the hello had left here.
    this.#ahead = this.#helloAt - at
    this.isOpen = true
    this.#timer.cancel()
    this.#beat()
    outbox.acknowledged(after)
    for (const text of outbox.waiting) this.sendText(text)
    this.#ends.opened()
    handler.connected({ protocol: this.#protocol })
  }

  #echoed({ at, echo }: Extract<HubFrame, { t: 'alive' }>): void {
    this.#ahead = Math.max(this.#ahead, echo - at)
    this.#roundTripMs = this.#parts.clock.monotonic() - echo
  }

  #beat(): void {
    const { clock } = this.#parts
    if (clock.monotonic() - this.#heardAt >= silenceMs) {
      return void this.end(`nothing was heard of it for ${silenceMs / 1000} s`)
    }
    const roundTripMs = this.#roundTripMs
    this.#send({
      ...{ t: 'alive', at: clock.monotonic(), wall: clock.wall() },
      ...(roundTripMs !== undefined && { roundTripMs }),
    })
    this.#timer = clock.after(beatMs, () => this.#beat())
  }

  async #ask({ id, at, lifeMs, of, ask }: Extract<HubFrame, { t: 'ask' }>): Promise<void> {
    // Said twice.
    if (id <= this.#lastAsk) return
    this.#lastAsk = id
    const { clock, handler } = this.#parts
    const isLate = () => lifeMs !== undefined && clock.monotonic() - at - this.#ahead > lifeMs
    try {
      const value = await handler.ask(of, ask, isLate)
      this.#send({ t: 'answer', id, value })
    } catch (error) {
      const failure =
        error instanceof ConnectorFailure
          ? error
          : new ConnectorFailure('unexpected', error instanceof Error ? error.message : String(error))
      const { kind, message, fix, retryAfterMs } = failure
      this.#send({ t: 'answer', id, failure: { kind, message, fix, retryAfterMs } })
    }
  }
}
