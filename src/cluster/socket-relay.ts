import { randomUUID } from 'node:crypto'
import type { Bus } from '../core/bus.ts'
import type { ProgramSocket } from '../core/connector.ts'
import type { Clock } from '../core/ports.ts'
import { lineIsBroken, openLine } from './socket-line.ts'

/** How long the hub that has the connector may take to take a socket, milliseconds. */
const acceptMs = 5_000
/** How often it is looked whether the other hub is still there, milliseconds. */
const lookMs = 1_000
/** So many frames wait until the socket is taken; a program that sends more is too fast. */
const mostWaiting = 1_000
/** RFC 6455 section 7.4.1, and the registry of https://www.iana.org/assignments/websocket. */
const codes = { policy: 1008, restart: 1012, later: 1013 } as const

/** Where a program wanted to. */
export interface SocketPlace {
  readonly tenant: string
  readonly connector: string
}

interface Opening {
  readonly id: string
  /** Incarnation of the hub that the program reached. */
  readonly from: string
  readonly place: SocketPlace
  readonly request: ProgramSocket['request']
}

export interface SocketRelayParts {
  readonly bus: Bus
  readonly clock: Clock
  readonly incarnation: string
  /** Whether a hub is there. */
  readonly isThere: (incarnation: string) => boolean
  /** How a connector that runs here takes a socket; undefined where none does. */
  readonly accept: (place: SocketPlace) => ((socket: ProgramSocket) => void) | undefined
}

const openSubject = (incarnation: string) => `socket.${incarnation}`
const subjects = (id: string) => ({ toOwner: `socket-in.${id}`, toEdge: `socket-out.${id}` })

/** WebSockets of programs that reached another hub than the one that has their connector: frames in their order, or the end. */
export class SocketRelay {
  readonly #parts: SocketRelayParts

  constructor(parts: SocketRelayParts) {
    this.#parts = parts
  }

  /** Takes what other hubs carry here; returns how to stop. */
  serve(): () => void {
    const { bus, incarnation } = this.#parts
    const served = bus.answer(openSubject(incarnation), (opening) => this.#take(opening as Opening))
    return () => served.end()
  }

  /** Carries a socket to the hub that has its connector. The program is told to come again when that is not to be had. */
  carry(owner: string, place: SocketPlace, socket: ProgramSocket): void {
    const { bus, incarnation, isThere } = this.#parts
    if (!isThere(owner)) {
      socket.close(codes.later, 'the tenant is changing hands; come again')
      return
    }
    const id = randomUUID()
    const { toOwner, toEdge } = subjects(id)
    let waiting: string[] | undefined = []
    const cut = () => {
      stop()
      socket.close(codes.restart, 'the hub that has the connector went away')
    }
    const line = openLine(bus, {
      ...{ hears: toEdge, tells: toOwner },
      heard({ text, close }) {
        if (text !== undefined) return socket.send(text)
        stop()
        if (close) socket.close(close.code, close.reason)
        else socket.close(codes.restart, 'the connector was stopped')
      },
      broken: cut,
    })
    const unwatch = this.#watch(owner, cut)
    let isOver = false
    const stop = () => {
      isOver = true
      unwatch()
      line.end()
    }
    socket.listen({
      heard(text) {
        if (!waiting) return line.tell({ text })
        waiting.push(text)
        if (waiting.length > mostWaiting) cut()
      },
      ended() {
        line.tell({})
        stop()
      },
    })
    const refuse = (code: number, reason: string) => {
      stop()
      socket.close(code, reason)
    }
    const opening: Opening = { id, from: incarnation, place, request: socket.request }
    bus.ask(openSubject(owner), opening, acceptMs).then(
      (taken) => {
        if (taken !== true) return refuse(codes.policy, 'nothing is connected at this address')
        // It ended while it was being taken, and the other hub did not hear of it.
        if (isOver) bus.tell(toOwner, lineIsBroken)
        for (const text of waiting ?? []) line.tell({ text })
        waiting = undefined
      },
      () => refuse(codes.later, 'the tenant is changing hands; come again'),
    )
  }

  #take({ id, from, place, request }: Opening): boolean {
    const taken = this.#parts.accept(place)
    if (!taken) return false
    const { toOwner, toEdge } = subjects(id)
    let listener: Parameters<ProgramSocket['listen']>[0] | undefined
    const finish = () => {
      unwatch()
      line.end()
      const told = listener
      listener = undefined
      told?.ended()
    }
    const line = openLine(this.#parts.bus, {
      ...{ hears: toOwner, tells: toEdge },
      heard: ({ text }) => (text === undefined ? finish() : listener?.heard(text)),
      broken: finish,
    })
    const unwatch = this.#watch(from, finish)
    taken({
      request,
      send: (text) => line.tell({ text }),
      close(code, reason) {
        line.tell({ close: { code, reason } })
        finish()
      },
      listen(given) {
        listener = given
      },
    })
    return true
  }

  /** Returns how to stop. */
  #watch(incarnation: string, gone: () => void): () => void {
    const { clock, isThere } = this.#parts
    const look = () => {
      if (!isThere(incarnation)) return gone()
      timer = clock.after(lookMs, look)
    }
    let timer = clock.after(lookMs, look)
    return () => timer.cancel()
  }
}
