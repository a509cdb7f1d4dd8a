import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { type WebSocket, WebSocketServer } from 'ws'
import type { EmulatorWorld } from '../emulator.ts'
import { errorBody } from './odata.ts'
import { type Participant, Participants } from './participants.ts'
import type { PbxSwitches } from './switches.ts'
import type { Tokens } from './tokens.ts'

interface Parts {
  readonly world: EmulatorWorld
  readonly tokens: Tokens
  readonly switches: PbxSwitches
}

/** The Call Control API: what a monitored extension is doing, and a WebSocket that says where something changed. */
export class CallControl {
  readonly #parts: Parts
  readonly #participants: Participants
  readonly #sockets = new WebSocketServer({ noServer: true })
  readonly #queues = new Map<string, string>()
  readonly #forget: (() => void)[]
  #sequence = 0

  constructor(parts: Parts) {
    this.#parts = parts
    const { phones, faults } = parts.world
    this.#participants = new Participants(phones)
    this.#forget = [
      phones.on((change) => {
        if (change.type !== 'leg') return
        const { leg } = change
        const ended = leg.state === 'ended'
        this.#tell(ended ? 1 : 0, leg.extension, this.#participants.idOf(leg))
        if (ended) this.#participants.forget(leg)
      }),
      faults.on(({ target, kind }) => {
        if (target === '3cx' && (kind === 'drop' || kind === 'refuse')) this.cut()
      }),
    ]
  }

  get connections(): number {
    return this.#sockets.clients.size
  }

  /** The call came through this queue. */
  throughQueue(call: string, queue: string): void {
    this.#queues.set(call, queue)
  }

  addRoutes(app: FastifyInstance): void {
    const { tokens, switches } = this.#parts
    app.addHook('preHandler', async (request, reply) => {
      if (!request.url.startsWith('/callcontrol')) return
      if (!tokens.accepts(request.headers.authorization)) await reply.code(401).send()
      else if (!switches.callControl) await reply.code(403).send(errorBody('Forbidden', 'Not allowed.'))
    })
    app.get('/callcontrol', async () => this.#monitored().map((number) => this.#dn(number)))
    app.get<{ Params: { dn: string } }>('/callcontrol/:dn', async ({ params }, reply) => {
      if (this.#monitored().includes(params.dn)) return this.#dn(params.dn)
      return reply.code(404).send(errorBody('NotFound', 'There is no such DN.'))
    })
    app.get<{ Params: { dn: string; id: string } }>(
      '/callcontrol/:dn/participants/:id',
      async ({ params }, reply) => {
        const found = this.#of(params.dn).find(({ id }) => String(id) === params.id)
        return found ?? reply.code(404).send(errorBody('NotFound', 'There is no such participant.'))
      },
    )
  }

  /** The upgrade of `/callcontrol/ws`: the token is looked at here and never again. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { world, tokens, switches } = this.#parts
    const { faults, requests } = world
    const entry = requests.add({ target: '3cx', method: 'GET', path: request.url ?? '' })
    const refused = faults.take('3cx', request.url).find(({ kind }) => kind === 'status')
    const status =
      refused?.status ??
      (!tokens.accepts(request.headers.authorization) ? 401 : switches.callControl ? 101 : 403)
    if (faults.inForce('3cx', 'refuse')) return void socket.destroy()
    entry.status = status
    if (status !== 101) {
      socket.end(`HTTP/1.1 ${status} Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`)
      return
    }
    this.#sockets.handleUpgrade(request, socket, head, (opened) => this.#welcome(opened))
  }

  /** Sends any text to every client. */
  say(text: string): void {
    for (const socket of this.#sockets.clients) socket.send(text)
  }

  /** Says again that each participant was updated, the newest first and twice. */
  repeat(): void {
    for (const number of this.#monitored().toReversed()) {
      for (const { id } of this.#of(number)) for (let twice = 0; twice < 2; twice++) this.#tell(0, number, id)
    }
  }

  cut(): void {
    for (const socket of this.#sockets.clients) socket.terminate()
  }

  stop(): void {
    for (const forget of this.#forget) forget()
    this.cut()
    this.#sockets.close()
  }

  #welcome(socket: WebSocket): void {
    socket.on('error', () => socket.terminate())
  }

  #monitored(): readonly string[] {
    const all = this.#parts.world.phones.list().map(({ extension }) => extension)
    const { monitored } = this.#parts.switches
    return monitored ? all.filter((extension) => monitored.includes(extension)) : all
  }

  #of(number: string): readonly Participant[] {
    if (!this.#monitored().includes(number)) return []
    const { callStatus } = this.#parts.switches
    const found = this.#participants.of(number, (call) => this.#queues.get(call))
    return callStatus ? found.map((each) => ({ ...each, status: callStatus })) : found
  }

  #dn(number: string) {
    const device = { dn: number, device_id: `sip:${number}@127.0.0.1:5060`, user_agent: 'Lab phone' }
    const { registered } = this.#parts.world.phones.phone(number)!
    return {
      dn: number,
      type: 'Wextension',
      devices: registered ? [device] : [],
      participants: this.#of(number),
    }
  }

  #tell(type: 0 | 1, number: string, id: number): void {
    if (!this.#monitored().includes(number)) return
    this.#sequence += 1
    const Response = this.#of(number).find((each) => each.id === id)
    const attached = type === 0 && this.#parts.switches.attachData && Response ? { Response } : null
    const entity = `/callcontrol/${number}/participants/${id}`
    const event = { event_type: type, entity, attached_data: attached }
    this.say(JSON.stringify({ sequence: this.#sequence, event }))
  }
}
