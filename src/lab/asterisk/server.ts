import { createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import type { Clock } from '../../core/ports.ts'
import type { StartEmulator } from '../emulator.ts'
import { Faults } from '../faults.ts'
import type { Phones } from '../phones.ts'
import { RequestLog, shorten } from '../request-log.ts'
import { LabPbx, type LabPresence } from './pbx.ts'
import { type AmiUser, LabSession, type LiveEvent, type SessionWorld, type Strike } from './session.ts'
import type { Request } from './wire.ts'

export interface AmiOptions {
  readonly clock: Clock
  readonly phones: Phones
  /** Default: none but those made with the handle. */
  readonly faults?: Faults
  readonly requests?: RequestLog
  /** At 127.0.0.1; 0, the default, takes a free one. */
  readonly port?: number
  /** PEM; with both, the server speaks TLS. */
  readonly tls?: { readonly certificate: string; readonly privateKey: string }
  /** Default: `hookswitch` / `lab-secret` with every class, and `reader`, who may only look. */
  readonly users?: readonly AmiUser[]
  readonly flavour?: 'freepbx' | 'asterisk'
  /** Context of the hints. Default: ext-local for FreePBX, users for a plain Asterisk. */
  readonly context?: string
  /** Order of twin events; the same seed gives the same order. */
  readonly seed?: number
  /** Default 1,000, as recorded. */
  readonly badLoginDelayMs?: number
  /** Actions that this Asterisk is too old for, for example DBGetTree. */
  readonly missing?: readonly string[]
}

/** A running AMI emulator. */
export interface Ami {
  /** `127.0.0.1:5038`. */
  readonly address: string
  readonly port: number
  readonly pbx: LabPbx
  stop(): Promise<void>
  /** Cuts every connection; clients may come back at once. */
  dropConnections(): void
  /** Cuts every connection and refuses new ones, or lets them in again. */
  refuse(on: boolean): void
  /** Keeps connections open and says nothing more, or speaks again. What was left unsaid stays so. */
  mute(on: boolean): void
  /** Takes a class (call, system, reporting ...) from every user, for reading and writing. */
  deny(className: string): void
  /** Gives the class back, as an edit of manager.conf and `manager reload` do. */
  allow(className: string): void
  /** Raw bytes to every client, as if some event had printed them. */
  say(text: string): void
  /** A live event of the class `call` that nothing in the phones caused. */
  sayEvent(event: Omit<LiveEvent, 'class'>): void
  setPresence(extension: string, presence: LabPresence): void
  /** `dialplan reload`. */
  reload(): void
  /** `Event: Shutdown`, then every connection is closed; the emulator itself goes on. */
  shutdown(): void
  connections(): number
  /** Sign-ins that were tried, good and bad. */
  logins(): number
}

const everyClass = ['system', 'call', 'reporting', 'agent']

export const labAmiUser: AmiUser = {
  username: 'hookswitch',
  secret: 'lab-secret',
  read: everyClass,
  write: everyClass,
}

const defaultUsers: readonly AmiUser[] = [
  labAmiUser,
  { username: 'reader', secret: 'reader-secret', read: ['call', 'reporting'], write: ['reporting'] },
]

/** Starts an AMI server on loopback that presents the lab's phones and answers like a recorded Asterisk 22. */
export async function startAmi(options: AmiOptions): Promise<Ami> {
  const emulator = new AmiEmulator(options)
  await emulator.listen(options.port ?? 0)
  return emulator
}

class AmiEmulator implements Ami {
  readonly pbx: LabPbx
  readonly #faults: Faults
  readonly #requests: RequestLog
  readonly #sessions = new Map<Socket, LabSession>()
  readonly #denied = new Set<string>()
  readonly #server: Server
  readonly #stopListening: () => void
  #muted = false
  #refusing = false
  #logins = 0
  #port = 0

  constructor(options: AmiOptions) {
    const { clock, phones, flavour = 'freepbx' } = options
    this.#faults = options.faults ?? new Faults()
    this.#requests = options.requests ?? new RequestLog(clock)
    this.pbx = new LabPbx({
      clock,
      phones,
      flavour,
      context: options.context ?? (flavour === 'freepbx' ? 'ext-local' : 'users'),
      seed: options.seed ?? 1,
      say: (event) => this.#tell(event),
    })
    const world = {
      pbx: this.pbx,
      clock,
      denied: this.#denied,
      users: options.users ?? defaultUsers,
      missing: new Set(options.missing),
      muted: () => this.#muted,
      badLoginDelayMs: options.badLoginDelayMs ?? 1000,
      onLogin: () => {
        this.#logins += 1
      },
      onAction: (action: string, request: Request) => this.#strike(action, request),
    }
    this.#server = createListener(options, (socket) => this.#serve(socket, world))
    this.#stopListening = this.#faults.on((fault) => {
      if (fault.target !== 'ami' || fault.path !== undefined) return
      if (fault.kind === 'refuse') this.dropConnections()
      // Connections that are open now are this fault's first victims.
      if (fault.kind === 'drop' && this.#sessions.size > 0 && this.#faults.take('ami')) this.dropConnections()
    })
  }

  get port(): number {
    return this.#port
  }

  get address(): string {
    return `127.0.0.1:${this.#port}`
  }

  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(port, '127.0.0.1', resolve)
    })
    const address = this.#server.address()
    if (typeof address === 'object' && address) this.#port = address.port
  }

  async stop(): Promise<void> {
    this.#stopListening()
    this.pbx.stop()
    this.dropConnections()
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve())
    })
  }

  dropConnections(): void {
    for (const socket of this.#sessions.keys()) socket.destroy()
  }

  refuse(on: boolean): void {
    this.#refusing = on
    if (on) this.dropConnections()
  }

  mute(on: boolean): void {
    this.#muted = on
  }

  deny(className: string): void {
    this.#denied.add(className)
  }

  allow(className: string): void {
    this.#denied.delete(className)
    const headers = [
      ['Module', 'Manager'],
      ['Status', 0],
    ] as const
    this.#tell({ class: 'system', name: 'Reload', headers })
  }

  say(text: string): void {
    for (const session of this.#sessions.values()) session.raw(text)
  }

  sayEvent(event: Omit<LiveEvent, 'class'>): void {
    this.#tell({ class: 'call', ...event })
  }

  setPresence(extension: string, presence: LabPresence): void {
    this.pbx.setPresence(extension, presence)
  }

  reload(): void {
    this.pbx.reload()
  }

  shutdown(): void {
    this.#tell({
      class: 'system',
      name: 'Shutdown',
      headers: [
        ['Shutdown', 'Cleanly'],
        ['Restart', 'False'],
      ],
    })
    for (const socket of this.#sessions.keys()) socket.end()
  }

  connections(): number {
    return this.#sessions.size
  }

  logins(): number {
    return this.#logins
  }

  #tell(event: LiveEvent): void {
    for (const session of this.#sessions.values()) session.say(event)
  }

  #serve(socket: Socket, world: SessionWorld): void {
    if (this.#refusing || this.#faults.inForce('ami', 'refuse')) {
      socket.destroy()
      return
    }
    this.#sessions.set(socket, new LabSession(socket, world))
    socket.once('close', () => this.#sessions.delete(socket))
  }

  /** Logs an action and lets the faults strike it. */
  #strike(action: string, request: Request): Strike {
    const entry = [request.get('family'), request.get('key')].filter(Boolean).join('/')
    const path = request.get('variable') ?? (action.startsWith('DB') ? entry : '')
    this.#requests.add({
      target: 'ami',
      method: action,
      path,
      body: shorten(withoutSecrets(action, request)),
    })
    const struck = this.#faults.take('ami', `${action} ${path}`)
    const drop = struck.find((fault) => fault.kind === 'drop')
    const delays = struck.map((fault) => (fault.kind === 'slow' ? (fault.ms ?? 0) : 0))
    return { delayMs: Math.max(0, ...delays), ...(drop && { drop: drop.when ?? 'before' }) }
  }
}

/** The key of a Login is an answer to a challenge; the key of a database action is a name. */
function withoutSecrets(action: string, request: Request): Record<string, string> {
  const hidden = ['action', 'actionid', 'secret', ...(action === 'Login' ? ['key'] : [])]
  return Object.fromEntries([...request].filter(([name]) => !hidden.includes(name)))
}

/** The emulator as a part of the whole lab. */
export function amiEmulator(
  options: Omit<AmiOptions, 'clock' | 'phones' | 'faults' | 'requests' | 'port'> = {},
): StartEmulator {
  return (world) => startAmi({ ...options, ...world })
}

function createListener({ tls }: AmiOptions, serve: (socket: Socket) => void): Server {
  if (!tls) return createServer(serve)
  const server = createTlsServer({ cert: tls.certificate, key: tls.privateKey }, serve)
  server.on('tlsClientError', () => {})
  return server
}
