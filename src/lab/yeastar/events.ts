import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Timer } from '../../core/ports.ts'
import type { EmulatorWorld } from '../emulator.ts'
import type { PhoneChange } from '../phones.ts'
import { describeCall } from './calls.ts'
import type { Extensions } from './extensions.ts'
import { Webhooks } from './push.ts'
import type { PbxSwitches } from './switches.ts'
import type { Tokens } from './tokens.ts'

export interface EventParts {
  readonly world: EmulatorWorld
  readonly tokens: Tokens
  readonly switches: PbxSwitches
  readonly extensions: Extensions
}

const idleMs = 60_000
const serial = '3631A2124LAB'

/** Event push: WebSockets with their topics, and webhooks, which get every event. */
export class Events {
  readonly webhooks = new Webhooks()
  readonly #parts: EventParts
  readonly #sockets = new WebSocketServer({ noServer: true })
  readonly #topics = new Map<WebSocket, ReadonlySet<number>>()
  readonly #forget: (() => void)[]

  constructor(parts: EventParts) {
    this.#parts = parts
    const { phones, faults } = parts.world
    this.#forget = [
      phones.on((change) => this.#phoneChanged(change)),
      parts.extensions.on((extension) => this.#tellPresence(extension)),
      faults.on(({ target, kind }) => {
        if (target === 'yeastar' && (kind === 'drop' || kind === 'refuse')) this.cut()
      }),
    ]
  }

  get connections(): number {
    return this.#sockets.clients.size
  }

  /** The upgrade of `/openapi/v1.0/subscribe`. A bad token gets an answer on the open socket, which is then closed. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { world, tokens } = this.#parts
    const { faults, requests } = world
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://pbx')
    const entry = requests.add({ target: 'yeastar', method: 'GET', path: pathname })
    const struck = faults.take('yeastar', pathname).find(({ kind }) => kind === 'status')
    if (faults.inForce('yeastar', 'refuse')) return void socket.destroy()
    entry.status = struck?.status ?? 101
    if (struck) {
      socket.end(`HTTP/1.1 ${struck.status} Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`)
      return
    }
    this.#sockets.handleUpgrade(request, socket, head, (opened) => {
      const named = request.headers['user-agent'] !== undefined
      if (named && tokens.accepts(searchParams.get('access_token') ?? '')) this.#welcome(opened)
      else this.#refuse(opened)
    })
  }

  /** Sends any text to everybody who listens. */
  say(text: string): void {
    for (const socket of this.#sockets.clients) socket.send(text)
  }

  /** Says again what is so, of every extension and call, the newest call first. */
  repeat(): void {
    const { phones } = this.#parts.world
    for (const call of phones.calls().toReversed()) {
      this.#tell(30011, describeCall(call, this.#parts.switches.memberStatus))
    }
    for (const { extension } of phones.list()) this.#tellPresence(extension)
  }

  cut(): void {
    for (const socket of this.#sockets.clients) socket.terminate()
  }

  async stop(): Promise<void> {
    for (const forget of this.#forget) forget()
    this.cut()
    this.#sockets.close()
    await this.webhooks.stop()
  }

  #refuse(socket: WebSocket): void {
    socket.on('error', () => socket.terminate())
    socket.send(JSON.stringify({ errcode: 10004, errmsg: 'ACCESS TOKEN EXPIRED' }), () => socket.close())
  }

  #welcome(socket: WebSocket): void {
    const { clock } = this.#parts.world
    let idle: Timer
    const watch = () => {
      idle = clock.after(idleMs, () => socket.terminate())
    }
    watch()
    const ends = clock.after(this.#parts.switches.tokenLifeMs, () => socket.terminate())
    socket.on('error', () => socket.terminate())
    socket.on('close', () => {
      idle.cancel()
      ends.cancel()
      this.#topics.delete(socket)
    })
    socket.on('message', (data) => {
      idle.cancel()
      watch()
      socket.send(this.#answer(socket, String(data)))
    })
  }

  #answer(socket: WebSocket, text: string): string {
    if (text === 'heartbeat') return 'heartbeat response'
    const list = readTopics(text)
    if (!list) return JSON.stringify({ errcode: 40001, errmsg: 'PARAMETER ERROR' })
    this.#topics.set(socket, new Set(list))
    return JSON.stringify({ errcode: 0, errmsg: 'SUCCESS' })
  }

  #phoneChanged(change: PhoneChange): void {
    const { phone } = change as { phone?: { extension: string } }
    if (change.type === 'added') this.#tell(30022, { ext_number: phone!.extension, option: 'create' })
    else if (change.type === 'removed') this.#tell(30022, { ext_number: phone!.extension, option: 'delete' })
    else if (change.type === 'registered') {
      const { extension, registered } = change.phone
      const status = registered ? 'Registered' : 'Unregistered'
      this.#tell(30007, { extension, kind: 'Sip', status, registered_ip: registered ? '127.0.0.1' : '' })
    } else if (change.type === 'leg') this.#legChanged(change)
  }

  #legChanged({ leg, call }: Extract<PhoneChange, { type: 'leg' }>): void {
    const { world, switches } = this.#parts
    const legs = world.phones.legs(leg.extension)
    const busy = legs.some(({ state, direction }) => state !== 'ringing' || direction === 'outbound')
    const status = legs.length === 0 ? 'Idle' : busy ? 'Busy' : 'Ringing'
    if (isTicked(switches.callMonitor, leg.extension)) {
      this.#tell(30008, { extension: leg.extension, status })
      if (switches.callDetails) this.#tell(30011, describeCall(call, switches.memberStatus))
    }
    if (call.legs.every(({ state }) => state === 'ended')) {
      this.#tell(30012, { call_id: call.id, status: 'ANSWERED' })
    }
  }

  #tellPresence(extension: string): void {
    if (!isTicked(this.#parts.switches.presenceMonitor, extension)) return
    this.#tell(30009, { extension, status: this.#parts.extensions.presence(extension) })
  }

  #tell(type: number, msg: object): void {
    const shown = this.#parts.switches.msg === 'text' ? JSON.stringify(msg) : msg
    const event = JSON.stringify({ type, sn: serial, msg: shown })
    for (const [socket, topics] of this.#topics) if (topics.has(type)) socket.send(event)
    this.webhooks.send(event)
  }
}

const isTicked = (ticked: readonly string[] | undefined, extension: string) =>
  ticked === undefined || ticked.includes(extension)

function readTopics(text: string): readonly number[] | undefined {
  try {
    const { topic_list: list } = JSON.parse(text) as { topic_list?: unknown }
    return Array.isArray(list) && list.every((each) => typeof each === 'number') ? list : undefined
  } catch {
    return undefined
  }
}
