import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { PhoneChange } from '../phones.ts'
import { describeCall } from './calls.ts'
import type { Scope } from './sessions.ts'
import { domainOf, type VodiaWorld } from './world.ts'

interface Listener {
  readonly scope: Scope
  domainCalls: boolean
  ownCalls: boolean
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
}

/**
 * `/websocket?domain=&user=` with the session's cookie; JSON frames with an `action` (doc.vodia.com/docs/websocket).
 * Whether `call-state` names all calls or those that changed is not documented; here it names all.
 */
export class LiveFrames {
  readonly #world: VodiaWorld
  readonly #server = new WebSocketServer({ noServer: true })
  readonly #listeners = new Map<WebSocket, Listener>()
  readonly #stopListening: () => void

  constructor(world: VodiaWorld, http: Server, refused: () => boolean) {
    this.#world = world
    http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      socket.on('error', () => socket.destroy())
      if (refused()) socket.destroy()
      else this.#open(request, socket, head)
    })
    this.#stopListening = world.phones.on((change) => this.#take(change))
  }

  get connections(): number {
    return this.#listeners.size
  }

  /** A text to everyone, as it stands. */
  say(text: string): void {
    for (const socket of this.#listeners.keys()) socket.send(text)
  }

  /** What was said last of calls, again. */
  sayAgain(): void {
    for (const [socket, listener] of this.#listeners) this.#sayCalls(socket, listener)
  }

  cut(): void {
    for (const socket of this.#listeners.keys()) socket.terminate()
  }

  stop(): void {
    this.#stopListening()
    this.cut()
    this.#server.close()
  }

  #open(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const url = new URL(request.url ?? '/', 'http://pbx')
    const scope = this.#world.sessions.find(request.headers.cookie)
    this.#world.requests.add({ target: 'vodia', method: 'UPGRADE', path: url.pathname + url.search })
    const user = url.searchParams.get('user') ?? ''
    const inside = url.searchParams.get('domain') === scope?.domain
    if (url.pathname !== '/websocket') refuse(socket, '404 Not Found')
    else if (!scope) refuse(socket, '401 Unauthorized')
    else if (!inside || !(scope.admin || user === scope.extension)) refuse(socket, '403 Forbidden')
    else this.#server.handleUpgrade(request, socket, head, (open) => this.#serve(open, scope))
  }

  #serve(socket: WebSocket, scope: Scope): void {
    const listener: Listener = { scope, domainCalls: false, ownCalls: false }
    this.#listeners.set(socket, listener)
    socket.on('close', () => this.#listeners.delete(socket))
    socket.on('error', () => socket.terminate())
    socket.on('message', (data) => {
      const { action, subscribe } = readFrame(String(data))
      if (action === 'domain-calls') listener.domainCalls = subscribe === true
      if (action === 'own-calls') listener.ownCalls = subscribe === true
      if (action === 'domain-calls' || action === 'own-calls') this.#sayCalls(socket, listener)
    })
  }

  #take(change: PhoneChange): void {
    const extension = change.type === 'leg' ? change.leg.extension : change.phone.extension
    const domain = domainOf(this.#world, extension)
    for (const [socket, listener] of this.#listeners) {
      if (listener.scope.domain !== domain) continue
      if (change.type === 'leg') this.#sayCalls(socket, listener)
      else if (change.type === 'dnd') {
        const account = { name: extension, dnd: String(change.phone.dnd) }
        socket.send(JSON.stringify({ action: 'domain-state', accounts: [account] }))
      }
    }
  }

  #sayCalls(socket: WebSocket, { scope, domainCalls, ownCalls }: Listener): void {
    const mine = (extensions: readonly string[]) =>
      domainCalls
        ? extensions.some((one) => domainOf(this.#world, one) === scope.domain)
        : ownCalls && extensions.includes(scope.extension ?? '')
    const { phones } = this.#world
    const calls = phones
      .calls()
      .flatMap((call) => describeCall(call, phones) ?? [])
      .filter(({ extension }) => mine(extension))
    socket.send(JSON.stringify({ action: 'call-state', calls }))
  }
}

function readFrame(text: string): { readonly action?: unknown; readonly subscribe?: unknown } {
  try {
    return JSON.parse(text) as { action?: unknown }
  } catch {
    return {}
  }
}
