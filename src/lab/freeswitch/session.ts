import type { Socket } from 'node:net'
import type { Clock } from '../../core/ports.ts'
import type { SwitchSettings } from './switches.ts'
import {
  type Fields,
  printEvent,
  printNotice,
  printRejection,
  printReply,
  printResponse,
  type Request,
  takeRequests,
} from './wire.ts'

/** What a fault does to one command. */
export interface Strike {
  readonly delayMs: number
  readonly drop?: 'before' | 'after'
}

export interface SessionWorld {
  readonly clock: Clock
  readonly settings: SwitchSettings
  /** Told of every command before it runs. */
  strike(request: Request): Strike
  run(command: string): string
  /** `sendevent` */
  fire(name: string, request: Pick<Request, 'sent' | 'headers'>): void
  signedIn(accepted: boolean): void
  nextUuid(): string
}

/** One client at the event socket in inbound mode (mod_event_socket.c). */
export class LabSession {
  readonly #socket: Socket
  readonly #world: SessionWorld
  #text = ''
  #accepted = false
  #format: 'json' | 'plain' = 'plain'
  #events = new Set<string>()
  #queue: Promise<void> = Promise.resolve()

  constructor(socket: Socket, world: SessionWorld) {
    this.#socket = socket
    this.#world = world
    socket.setNoDelay(true)
    socket.on('error', () => {})
    if (!world.settings.admitted) {
      socket.end(printRejection())
      return
    }
    socket.on('data', (chunk: Buffer) => this.#hear(chunk.toString()))
    socket.write('Content-Type: auth/request\n\n')
  }

  /** An event, where this client has asked for it. */
  say(name: string, fields: Fields): void {
    const subclass = fields.get('Event-Subclass')
    const wanted = this.#events.has('ALL') || this.#events.has(subclass ?? name)
    if (this.#accepted && wanted) this.#socket.write(printEvent(this.#format, fields))
  }

  raw(text: string): void {
    this.#socket.write(text)
  }

  #hear(text: string): void {
    const { requests, rest } = takeRequests(this.#text + text)
    this.#text = rest
    // One after the other: `api` holds up everything after it.
    for (const request of requests) this.#queue = this.#queue.then(() => this.#handle(request))
  }

  async #handle(request: Request): Promise<void> {
    const { delayMs, drop } = this.#world.strike(request)
    if (delayMs > 0) await new Promise<void>((resolve) => void this.#world.clock.after(delayMs, resolve))
    if (drop === 'before') this.#socket.destroy()
    if (this.#socket.destroyed) return
    const answer = this.#answer(request)
    if (drop === 'after') this.#socket.destroy()
    else this.#socket.write(answer)
    if (request.command === 'exit' || !this.#accepted) this.#socket.end(printNotice())
  }

  #answer(request: Request): string {
    const { command, headers, sent } = request
    const [word = '', ...rest] = command.split(' ')
    const argument = rest.join(' ')
    if (word === 'exit') return printReply('+OK bye')
    if (!this.#accepted) return this.#signIn(word, argument)
    switch (word) {
      case 'api':
        return printResponse(this.#world.run(argument))
      case 'bgapi':
        return this.#inBackground(argument, headers.get('job-uuid'))
      case 'event':
      case 'events':
        return this.#subscribe(rest)
      case 'noevents':
        this.#events.clear()
        return printReply('+OK no longer listening for events')
      case 'filter':
        return printReply('+OK filter added. [lab]')
      case 'linger':
      case 'nolinger':
        return printReply('-ERR not controlling a session')
      case 'sendevent':
        this.#world.fire(argument, { sent, headers })
        return printReply(`+OK ${this.#world.nextUuid()}`)
      default:
        return printReply('-ERR command not found')
    }
  }

  #signIn(word: string, password: string): string {
    if (word !== 'auth') return printReply('-ERR command not found')
    this.#accepted = password === this.#world.settings.password
    this.#world.signedIn(this.#accepted)
    return printReply(this.#accepted ? '+OK accepted' : '-ERR invalid')
  }

  /** Every word after CUSTOM is a subclass. */
  #subscribe(words: readonly string[]): string {
    const [first = ''] = words
    const named = /^(json|plain|xml)$/i.test(first)
    if (named) this.#format = first.toLowerCase() === 'json' ? 'json' : 'plain'
    const names = (named ? words.slice(1) : words).map((name) => name.replace(/^all$/i, 'ALL'))
    if (names.length === 0) return printReply('-ERR no keywords supplied')
    for (const name of names) if (name !== 'CUSTOM') this.#events.add(name)
    return printReply(`+OK event listener enabled ${this.#format}`)
  }

  #inBackground(command: string, job = this.#world.nextUuid()): string {
    this.#world.clock.after(0, () => {
      const fields = new Map([
        ['Event-Name', 'BACKGROUND_JOB'],
        ['Job-UUID', job],
        ['Job-Command', command],
        ['_body', this.#world.run(command)],
      ])
      this.say('BACKGROUND_JOB', fields)
    })
    return printReply(`+OK Job-UUID: ${job}`, `Job-UUID: ${job}\n`)
  }
}
