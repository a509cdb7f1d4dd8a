import type { AddressInfo } from 'node:net'
import { createServer, type Server, type Socket } from 'node:net'
import type { Clock } from '../../core/ports.ts'
import type { Emulator } from '../emulator.ts'
import { Faults } from '../faults.ts'
import type { Phones } from '../phones.ts'
import { RequestLog, shorten } from '../request-log.ts'
import { type Dialect, type DialectName, dialects } from './dialects.ts'
import { eventsOf } from './events.ts'
import { eventId } from './frames.ts'
import { LabCstaSession, type SessionParts, type Strike } from './session.ts'
import type { CstaSettings, CstaWorld } from './world.ts'
import { type Node, writeXml } from './xml.ts'

export interface CstaOptions extends Partial<CstaSettings> {
  readonly clock: Clock
  readonly phones: Phones
  readonly faults?: Faults
  readonly requests?: RequestLog
  /** At 127.0.0.1; 0, the default, takes a free one. */
  readonly port?: number
  readonly dialect?: DialectName
}

/** A running emulator. */
export interface Csta extends Emulator {
  readonly port: number
  /** May be changed while it runs. */
  readonly settings: CstaSettings
  /** Cuts every connection and refuses new ones, or lets them in again. */
  refuse(on: boolean): void
  /** An event to every connection, as if the system had told it; `{extension}` becomes the monitor of an extension. */
  say(xml: string): void
  /** Bytes that are no frame, to every connection. */
  sayBytes(bytes: Buffer): void
  /** What each connection was told last, once more. */
  repeat(): void
  /** SystemStatus: what the system says of itself. */
  sayStatus(status: string): void
  /** The system ends the monitors of an extension. */
  endMonitor(extension: string): void
  /** Every session is over, which shows when it is to be prolonged. */
  forgetSessions(): void
  connections(): number
  monitors(): number
  /** Sign-ins that were refused. */
  badSignIns(): number
}

export const labCstaUser = { user: 'hookswitch', password: 'lab-secret' } as const

const defaults: CstaSettings = {
  ...labCstaUser,
  monitorLimit: Number.POSITIVE_INFINITY,
  missing: [],
  localInfo: true,
  segmented: false,
  muted: false,
  sessionSeconds: 180,
}

/** Starts a CSTA server on loopback that presents the lab's phones. */
export async function startCsta(options: CstaOptions): Promise<Csta> {
  const emulator = new CstaEmulator(options)
  await emulator.listen(options.port ?? 0)
  return emulator
}

class CstaEmulator implements Csta {
  readonly settings: CstaSettings
  readonly #dialect: Dialect
  readonly #faults: Faults
  readonly #requests: RequestLog
  readonly #sessions = new Map<Socket, LabCstaSession>()
  readonly #server: Server
  readonly #stopListening: (() => void)[]
  #refusing = false
  #badSignIns = 0
  #lastCrossRef = 0

  constructor(options: CstaOptions) {
    const { clock, phones, faults = new Faults(), dialect = 'ecma-354', port: _port, ...rest } = options
    const { requests = new RequestLog(clock), ...settings } = rest
    this.settings = { ...defaults, ...settings }
    this.#dialect = dialects[dialect]
    this.#faults = faults
    this.#requests = requests
    const monitors = () => this.monitors()
    const world: CstaWorld = { clock, phones, dialect: this.#dialect, settings: this.settings, monitors }
    this.#server = createServer((socket) => this.#serve(socket, world))
    this.#stopListening = [
      phones.on((change) => {
        for (const event of eventsOf(world, change)) {
          for (const session of this.#sessions.values()) session.tell(event)
        }
      }),
      faults.on((fault) => {
        if (fault.target !== 'csta' || fault.path !== undefined) return
        if (fault.kind === 'refuse') this.#drop()
        // Connections that are open now are this fault's first victims.
        if (fault.kind === 'drop' && this.#sessions.size > 0 && faults.take('csta')) this.#drop()
      }),
    ]
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  get address(): string {
    return `127.0.0.1:${this.port}`
  }

  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(port, '127.0.0.1', resolve)
    })
  }

  async stop(): Promise<void> {
    for (const stop of this.#stopListening) stop()
    this.#drop()
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve())
    })
  }

  refuse(on: boolean): void {
    this.#refusing = on
    if (on) this.#drop()
  }

  say(xml: string): void {
    for (const session of this.#sessions.values()) {
      session.write(
        eventId,
        xml.replace(/\{(\d+)\}/g, (_all, extension: string) => session.crossRefOf(extension) ?? ''),
      )
    }
  }

  sayBytes(bytes: Buffer): void {
    for (const socket of this.#sessions.keys()) socket.write(bytes)
  }

  repeat(): void {
    for (const session of this.#sessions.values()) session.repeat()
  }

  sayStatus(status: string): void {
    const xml = writeXml('SystemStatus', { systemStatus: status }, this.#dialect.edition)
    for (const session of this.#sessions.values()) session.write(9003, xml)
  }

  endMonitor(extension: string): void {
    for (const session of this.#sessions.values()) session.endMonitor(extension)
  }

  forgetSessions(): void {
    for (const session of this.#sessions.values()) session.forget()
  }

  connections(): number {
    return this.#sessions.size
  }

  monitors(): number {
    return [...this.#sessions.values()].reduce((sum, session) => sum + session.monitors, 0)
  }

  badSignIns(): number {
    return this.#badSignIns
  }

  #drop(): void {
    for (const socket of this.#sessions.keys()) socket.destroy()
  }

  #serve(socket: Socket, world: CstaWorld): void {
    if (this.#refusing || this.#faults.inForce('csta', 'refuse')) {
      socket.destroy()
      return
    }
    const parts: SessionParts = {
      world,
      onRequest: (service, device, body) => this.#strike(service, device, body),
      onAnswer: (name) => void this.#requests.add({ target: 'csta', method: name, path: '' }),
      onSignIn: (accepted) => {
        if (!accepted) this.#badSignIns += 1
      },
      newCrossRef: () => {
        this.#lastCrossRef += 1
        return String(500_000 + this.#lastCrossRef)
      },
    }
    this.#sessions.set(socket, new LabCstaSession(socket, parts))
    socket.once('close', () => this.#sessions.delete(socket))
  }

  /** Logs a request and lets the faults strike it. */
  #strike(service: string, device: string, body: Node): Strike {
    const told = service === 'StartApplicationSession' ? {} : { body: shorten(shown(body)) }
    this.#requests.add({ target: 'csta', method: service, path: device, ...told })
    const struck = this.#faults.take('csta', `${service} ${device}`)
    const drop = struck.find(({ kind }) => kind === 'drop')
    const status = struck.find(({ kind }) => kind === 'status')?.status
    const delays = struck.map((fault) => (fault.kind === 'slow' ? (fault.ms ?? 0) : 0))
    return {
      delayMs: Math.max(0, ...delays),
      ...(drop && { drop: drop.when ?? 'before' }),
      ...(status !== undefined && { status }),
    }
  }
}

/** The elements of a request by name, without attributes. */
function shown(node: Node): unknown {
  if (node.children.length === 0) return node.text
  return Object.fromEntries(node.children.map((child) => [child.name, shown(child)]))
}
