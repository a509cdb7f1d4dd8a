import type { Socket } from 'node:net'
import type { Timer } from '../../core/ports.ts'
import type { DeviceEvent } from './events.ts'
import { eventId, takeFrames, writeFrame } from './frames.ts'
import { type Caller, services } from './services.ts'
import { type Answer, type CstaWorld, errorAnswer, errorOfStatus } from './world.ts'
import { find, type Node, readXml, writeXml } from './xml.ts'

/** What a fault does to one request. */
export interface Strike {
  readonly delayMs: number
  readonly drop?: 'before' | 'after'
  readonly status?: number
}

export interface SessionParts {
  readonly world: CstaWorld
  /** Told of every request before it runs. */
  onRequest(service: string, device: string, body: Node): Strike
  /** Told of answers to what the system asked by itself (SystemStatus, MonitorStop). */
  onAnswer(name: string): void
  onSignIn(accepted: boolean): void
  newCrossRef(): string
}

const sessionNamespace = 'http://www.ecma-international.org/standards/ecma-354/appl_session'

/** One application at the emulator. */
export class LabCstaSession {
  readonly #socket: Socket
  readonly #parts: SessionParts
  readonly #monitors = new Map<string, string>()
  readonly #caller: Caller
  #bytes: Buffer = Buffer.alloc(0)
  #signedIn: boolean
  #timer: Timer | undefined
  #queue: Promise<void> = Promise.resolve()
  /** Events of a request's own effect come after its answer. */
  #held: DeviceEvent[] | undefined
  #lastEvent: string | undefined
  #forgotten = false

  constructor(socket: Socket, parts: SessionParts) {
    this.#socket = socket
    this.#parts = parts
    this.#signedIn = !('credentials' in parts.world.dialect)
    const { world, newCrossRef } = parts
    this.#caller = { world, monitors: this.#monitors, newCrossRef }
    socket.setNoDelay(true)
    socket.on('error', () => {})
    socket.on('close', () => this.#timer?.cancel())
    socket.on('data', (chunk) => this.#hear(chunk))
  }

  get monitors(): number {
    return this.#monitors.size
  }

  /** Tells an event where its extension is monitored. */
  tell(event: DeviceEvent): void {
    const crossRef = this.#monitors.get(event.extension)
    if (crossRef === undefined || this.#parts.world.settings.muted) return
    if (this.#held) {
      this.#held.push(event)
      return
    }
    this.#lastEvent = writeXml(
      event.name,
      { monitorCrossRefID: crossRef, ...event.content },
      this.#parts.world.dialect.edition,
    )
    this.write(eventId, this.#lastEvent)
  }

  /** The last event once more, word for word. */
  repeat(): void {
    if (this.#lastEvent !== undefined) this.write(eventId, this.#lastEvent)
  }

  /** The system ends a monitor by itself. */
  endMonitor(extension: string): void {
    const crossRef = this.#monitors.get(extension)
    this.#monitors.delete(extension)
    if (crossRef === undefined) return
    const { edition } = this.#parts.world.dialect
    this.write(9001, writeXml('MonitorStop', { monitorCrossRefID: crossRef }, edition))
  }

  /** The session is over, and nobody has said so. */
  forget(): void {
    this.#forgotten = true
  }

  crossRefOf(extension: string): string | undefined {
    return this.#monitors.get(extension)
  }

  write(id: number, xml: string): void {
    if (!this.#socket.destroyed) this.#socket.write(writeFrame(this.#parts.world.dialect.framing, id, xml))
  }

  #hear(chunk: Buffer): void {
    const taken = takeFrames(this.#parts.world.dialect.framing, Buffer.concat([this.#bytes, chunk]))
    if (!taken) {
      this.#socket.destroy()
      return
    }
    this.#bytes = taken.rest
    for (const { id, xml } of taken.frames) {
      this.#queue = this.#queue.then(() => this.#handle(id, xml))
    }
  }

  async #handle(id: number, xml: string): Promise<void> {
    const request = readXml(xml)
    if (!request) return this.#answer(id, errorAnswer('operation', 'generic'))
    if (request.name.endsWith('Response')) {
      this.#parts.onAnswer(request.name)
      return
    }
    const named = ['deviceObject', 'snapshotObject', 'device'].map((name) => find(request, name)?.text)
    const strike = this.#parts.onRequest(request.name, named.find((text) => text) ?? '', request)
    if (strike.delayMs > 0) await this.#sleep(strike.delayMs)
    if (strike.drop === 'before') this.#socket.destroy()
    if (this.#socket.destroyed) return
    this.#held = []
    const answer = strike.status === undefined ? this.#run(request) : errorOfStatus(strike.status)
    const events = this.#held
    this.#held = undefined
    if (strike.drop === 'after') this.#socket.destroy()
    else this.#answer(id, answer)
    for (const event of events) this.tell(event)
  }

  #answer(id: number, { name, content, namespace, after = [], close }: Answer): void {
    const { edition } = this.#parts.world.dialect
    this.write(id, writeXml(name, content, namespace ?? edition))
    for (const each of after) this.write(9002, writeXml(each.name, each.content, edition))
    if (close) this.#socket.end()
  }

  #run(request: Node): Answer {
    const { settings } = this.#parts.world
    if (request.name === 'StartApplicationSession') return this.#signIn(request)
    if (!this.#signedIn) return errorAnswer('security', 'requestIsNotAuthorized')
    if (request.name === 'ResetApplicationSessionTimer') return this.#prolong()
    if (request.name === 'StopApplicationSession') {
      const name = 'StopApplicationSessionPosResponse'
      return { name, content: {}, namespace: sessionNamespace, close: true }
    }
    const service = Object.hasOwn(services, request.name) ? services[request.name] : undefined
    if (!service || settings.missing.includes(request.name)) {
      return errorAnswer('operation', 'serviceNotSupported')
    }
    return service(request, this.#caller)
  }

  #signIn(request: Node): Answer {
    const { dialect, settings } = this.#parts.world
    const { user, password } = dialect.credentials?.(request) ?? { user: '', password: '' }
    const refuse = (word: string): Answer => ({
      ...{ name: 'StartApplicationSessionNegResponse', namespace: sessionNamespace, close: true },
      content: { errorCode: { definedError: word } },
    })
    const version = find(request, 'protocolVersion')?.text ?? ''
    if (!version.startsWith(dialect.edition)) return refuse('requestedProtocolVersionNotSupported')
    const right = user === settings.user && password === settings.password
    this.#parts.onSignIn(right)
    if (!right) return refuse('invalidApplicationInfo')
    this.#signedIn = true
    this.#prolong()
    const actual = { actualProtocolVersion: version, actualSessionDuration: settings.sessionSeconds }
    return {
      ...{ name: 'StartApplicationSessionPosResponse', namespace: sessionNamespace },
      content: { sessionID: 'lab-1', ...actual },
    }
  }

  #prolong(): Answer {
    const { clock, settings } = this.#parts.world
    const name = 'ResetApplicationSessionTimer'
    if (this.#forgotten) {
      const content = { errorCode: { definedError: 'invalidSessionID' } }
      return { name: `${name}NegResponse`, namespace: sessionNamespace, content }
    }
    this.#timer?.cancel()
    this.#timer = clock.after(settings.sessionSeconds * 1000, () => this.#socket.end())
    return {
      ...{ name: `${name}PosResponse`, namespace: sessionNamespace },
      content: { actualSessionDuration: settings.sessionSeconds },
    }
  }

  #sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.#parts.world.clock.after(milliseconds, resolve)
    })
  }
}
