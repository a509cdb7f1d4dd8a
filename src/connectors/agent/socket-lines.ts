import type { ProgramSocket } from '../../core/connector.ts'
import type { Clock, Metrics } from '../../core/ports.ts'
import { decodeText } from './decode.ts'
import { bearerOf, type Grant } from './door.ts'
import type { AgentFrame, HelloFrame } from './frame-schema.ts'
import { type AgentSession, type Carrier, closeCodes } from './session.ts'

/** So long may a connection say nothing of who it is. */
const helloMs = 10_000
/** So many frames in a row that are none: nothing good will come. */
const mostMalformed = 50

export interface SocketParts {
  readonly clock: Clock
  readonly metrics: Metrics
  admit(agent: string, token: string | undefined): Grant | undefined
  /** Begins a session; a refusal is said over the carrier. */
  begin(hello: HelloFrame, grant: Grant, carrier: Carrier): AgentSession | undefined
}

/** Agents that keep a WebSocket. */
export class SocketLines {
  readonly #parts: SocketParts
  readonly #strangers = new Set<() => void>()

  constructor(parts: SocketParts) {
    this.#parts = parts
  }

  accept(socket: ProgramSocket): void {
    const carrier: Carrier = {
      send: (frame) => socket.send(JSON.stringify(frame)),
      close: (code, reason) => socket.close(code, reason.slice(0, 120)),
    }
    const send = (code: 'order' | 'protocol' | 'invalid' | 'unauthorized', message: string) =>
      carrier.send({ type: 'error', code, message })
    let session: AgentSession | undefined
    let malformed = 0
    const dismiss = () => {
      this.#strangers.delete(dismiss)
      timer.cancel()
      carrier.close(1001, 'the hub is stopping')
    }
    const known = () => {
      this.#strangers.delete(dismiss)
      timer.cancel()
    }
    const timer = this.#parts.clock.after(helloMs, () => {
      this.#strangers.delete(dismiss)
      send('order', `no hello within ${helloMs / 1000} s`)
      carrier.close(closeCodes.invalid, 'no hello')
    })
    this.#strangers.add(dismiss)
    const meet = (frame: AgentFrame) => {
      if (frame.type !== 'hello') {
        send('order', 'the first frame must be hello')
        return
      }
      known()
      const grant = this.#parts.admit(frame.agent, bearerOf(socket.request.headers) ?? frame.token)
      if (grant) session = this.#parts.begin(frame, grant, carrier)
      else {
        send('unauthorized', 'the name or the token of the agent is not right')
        carrier.close(closeCodes.unauthorized, 'unauthorized')
      }
    }
    socket.listen({
      heard: (text) => {
        const decoded = decodeText(text)
        if ('wrong' in decoded) {
          malformed += 1
          if (session) session.malformed(decoded.wrong, decoded.seq)
          else {
            this.#parts.metrics.count('agent_malformed_total')
            send('invalid', decoded.wrong)
          }
          if (malformed >= mostMalformed) carrier.close(closeCodes.invalid, 'too many frames that are none')
          return
        }
        malformed = 0
        if (session) session.heard(decoded.value)
        else meet(decoded.value)
      },
      ended: () => {
        known()
        session?.end({ kind: 'lost', reason: 'the connection is gone' })
      },
    })
    if (socket.request.path === 'v1') return
    known()
    send('protocol', 'agents connect to v1')
    carrier.close(closeCodes.protocol, 'agents connect to v1')
  }

  /** Those that have not said who they are. */
  stop(): void {
    for (const dismiss of [...this.#strangers]) dismiss()
  }
}
