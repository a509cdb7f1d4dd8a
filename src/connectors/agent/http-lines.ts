import type { Delivery, DeliveryAnswer } from '../../core/connector.ts'
import { decodeExchange, decodeFrame, type Exchange } from './decode.ts'
import { bearerOf, type Grant } from './door.ts'
import type { HelloFrame } from './frame-schema.ts'
import type { ErrorCode, HubFrame } from './hub-frame-schema.ts'
import type { AgentSession, Carrier } from './session.ts'

/** An agent that does not fetch what is said to it is lost instead of our memory. */
const mostUnread = 1000

interface Line {
  readonly id: string
  readonly session: AgentSession
  readonly outbox: Outbox
}

/** Frames for an agent that asks for them; kept until it says that it has read them. */
class Outbox implements Carrier {
  #frames: { readonly number: number; readonly frame: HubFrame }[] = []
  #last = 0
  #closed = false

  get overflown(): boolean {
    return this.#frames.length > mostUnread
  }

  send(frame: HubFrame): void {
    if (this.#closed || this.overflown) return
    this.#last += 1
    this.#frames.push({ number: this.#last, frame })
  }

  close(): void {
    this.#closed = true
  }

  after(read: number): { readonly last: number; readonly frames: readonly HubFrame[] } {
    this.#frames = this.#frames.filter(({ number }) => number > read)
    return { last: this.#last, frames: this.#frames.map(({ frame }) => frame) }
  }
}

export interface HttpParts {
  admit(agent: string, token: string | undefined): Grant | undefined
  /** Begins a session; a refusal is said over the carrier. */
  begin(hello: HelloFrame, grant: Grant, carrier: Carrier): AgentSession | undefined
}

const json = (status: number, body: unknown): DeliveryAnswer => ({
  status,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify(body),
})

const refusal = (status: number, code: ErrorCode, message: string): DeliveryAnswer =>
  json(status, { last: 0, frames: [{ type: 'error', code, message }] })

/** Agents that cannot keep a WebSocket: they post their frames, and the answers carry ours. */
export class HttpLines {
  readonly #parts: HttpParts
  readonly #lines = new Map<string, Line>()

  constructor(parts: HttpParts) {
    this.#parts = parts
  }

  receive(delivery: Delivery): DeliveryAnswer {
    if (delivery.path !== 'v1/exchange') {
      return refusal(404, 'protocol', 'agents connect to v1 (WebSocket) or post to v1/exchange')
    }
    if (delivery.method !== 'POST') return refusal(405, 'protocol', 'frames are posted')
    const decoded = decodeExchange(delivery.body)
    if ('wrong' in decoded) return refusal(400, 'invalid', decoded.wrong)
    const exchange = decoded.value
    const grant = this.#parts.admit(exchange.agent, bearerOf(delivery.headers))
    if (!grant) return refusal(401, 'unauthorized', 'the name or the token of the agent is not right')
    return this.#exchange(exchange, grant)
  }

  #exchange(exchange: Exchange, grant: Grant): DeliveryAnswer {
    const known = this.#lines.get(grant.id)
    let line = known?.id === exchange.session ? known : undefined
    if (line?.session.over) {
      const replaced = line.session.ending?.kind === 'replaced'
      this.#lines.delete(grant.id)
      return replaced
        ? refusal(409, 'replaced', 'a newer connection of this agent has taken over')
        : refusal(409, 'session', 'this session is over; begin another one with hello')
    }
    if (!line) {
      const begun = this.#begin(exchange, grant)
      if ('status' in begun) return begun
      line = begun
    }
    line.session.alive()
    for (const each of exchange.frames) {
      const decoded = decodeFrame(each)
      if ('wrong' in decoded) line.session.malformed(decoded.wrong, decoded.seq)
      // Said again because its answer was lost.
      else if (decoded.value.type !== 'hello') line.session.heard(decoded.value)
    }
    if (line.outbox.overflown) {
      line.session.end({ kind: 'lost', reason: 'it does not read what is said to it' })
    }
    return json(200, line.outbox.after(exchange.after ?? 0))
  }

  #begin({ frames, session, agent }: Exchange, grant: Grant): Line | DeliveryAnswer {
    const decoded = decodeFrame(frames[0])
    const hello = 'value' in decoded && decoded.value.type === 'hello' ? decoded.value : undefined
    if (!hello) return refusal(409, 'session', 'there is no such session; begin one with hello')
    if (hello.session !== session || hello.agent !== agent) {
      return refusal(400, 'invalid', 'hello names another agent or session than the exchange')
    }
    const outbox = new Outbox()
    const begun = this.#parts.begin(hello, grant, outbox)
    if (!begun) return json(403, outbox.after(0))
    const line = { id: session, session: begun, outbox }
    this.#lines.set(grant.id, line)
    return line
  }
}
