import { createHash } from 'node:crypto'
import type { Socket } from 'node:net'
import type { Clock } from '../../core/ports.ts'
import { type Answer, actions } from './actions.ts'
import type { LabPbx } from './pbx.ts'
import { type Headers, printMessage, type Request, takeRequests } from './wire.ts'

export interface AmiUser {
  readonly username: string
  readonly secret: string
  readonly read: readonly string[]
  readonly write: readonly string[]
}

/** What a fault does to one action. */
export interface Strike {
  /** How much later it is handled, milliseconds. */
  readonly delayMs: number
  /** The connection is cut before the action takes effect, or after, with the answer lost. */
  readonly drop?: 'before' | 'after'
}

export interface SessionWorld {
  readonly pbx: LabPbx
  readonly clock: Clock
  readonly users: readonly AmiUser[]
  /** Classes taken from everybody. */
  readonly denied: ReadonlySet<string>
  /** Actions this Asterisk does not have. */
  readonly missing: ReadonlySet<string>
  readonly muted: () => boolean
  readonly badLoginDelayMs: number
  /** Told of every action before it runs. */
  onAction(action: string, request: Request): Strike
  onLogin(accepted: boolean): void
}

export interface LiveEvent {
  readonly class: string
  readonly name: string
  readonly headers: Headers
}

const names = [...Object.keys(actions), 'Login', 'Challenge', 'Logoff', 'ListCommands', 'Filter']
const spellings = new Map(names.map((name) => [name.toLowerCase(), name]))

/** Asterisk looks for an action without regard to letter case (main/manager.c). */
const spell = (action: string) => spellings.get(action.toLowerCase()) ?? action

/** One client at the emulator, as a recorded Asterisk 22 treats it. */
export class LabSession {
  readonly #socket: Socket
  readonly #world: SessionWorld
  readonly #challenge = String(Math.floor(Math.random() * 2 ** 31))
  #text = ''
  #user: AmiUser | undefined
  #mask: ReadonlySet<string> = new Set()
  #excluded: RegExp[] = []
  #queue: Promise<void> = Promise.resolve()

  constructor(socket: Socket, world: SessionWorld) {
    this.#socket = socket
    this.#world = world
    socket.setNoDelay(true)
    socket.on('error', () => {})
    socket.on('data', (chunk: Buffer) => this.#hear(chunk.toString()))
    socket.write('Asterisk Call Manager/11.0.0\r\n')
  }

  /** Sends a live event, when this user may hear it and has not filtered it out. */
  say(event: LiveEvent): void {
    if (!this.#mask.has(event.class) || this.#world.denied.has(event.class)) return
    const stamp = (this.#world.clock.wall() / 1000).toFixed(6)
    const text = printMessage([
      ['Event', event.name],
      ['Privilege', `${event.class},all`],
      ['Timestamp', stamp],
      ...event.headers,
    ])
    if (!this.#excluded.some((each) => each.test(text))) this.raw(text)
  }

  raw(text: string): void {
    if (!this.#world.muted()) this.#socket.write(text)
  }

  #hear(text: string): void {
    const { requests, rest } = takeRequests(this.#text + text)
    this.#text = rest
    for (const request of requests) {
      // One after the other, as Asterisk does: the thread of a session sleeps, its later actions wait.
      this.#queue = this.#queue.then(() => this.#handle(request))
    }
  }

  async #handle(request: Request): Promise<void> {
    const name = spell(request.get('action') ?? '')
    const { delayMs, drop } = this.#world.onAction(name, request)
    if (delayMs > 0) await this.#sleep(delayMs)
    if (drop === 'before') this.#socket.destroy()
    if (this.#socket.destroyed) return
    if (name === 'Login') return this.#login(request)
    if (name === 'Challenge') return this.#answer(request, { headers: [['Challenge', this.#challenge]] })
    if (name === 'Logoff') {
      this.raw(
        printMessage([
          ['Response', 'Goodbye'],
          ['Message', 'Thanks for all the fish.'],
        ]),
      )
      this.#socket.end()
      return
    }
    const answer = this.#run(name, request)
    if (drop === 'after') this.#socket.destroy()
    else this.#answer(request, answer)
  }

  #run(name: string, request: Request): Answer {
    const refusal = (message: string): Answer => ({ response: 'Error', headers: [['Message', message]] })
    if (!this.#user) return refusal('Permission denied')
    if (name === 'ListCommands') return this.#commands()
    if (name === 'Filter')
      return this.#mayUse(['system']) ? this.#filter(request) : refusal('Permission denied')
    const action = Object.hasOwn(actions, name) ? actions[name] : undefined
    if (!action || this.#world.missing.has(name)) {
      return refusal(`Invalid/unknown command: ${name}. Use Action: ListCommands to show available commands.`)
    }
    return this.#mayUse(action.classes) ? action.run(this.#world.pbx, request) : refusal('Permission denied')
  }

  #mayUse(classes: readonly string[]): boolean {
    if (classes.length === 0) return true
    return classes.some((each) => this.#user?.write.includes(each) && !this.#world.denied.has(each))
  }

  #commands(): Answer {
    const usable = Object.entries(actions).filter(
      ([name, each]) => this.#mayUse(each.classes) && !this.#world.missing.has(name),
    )
    return { headers: usable.map(([name, each]) => [name, `(Priv: ${[...each.classes, 'all'].join(',')})`]) }
  }

  #filter(request: Request): Answer {
    const filter = request.get('filter') ?? ''
    if (!filter.startsWith('!')) return { response: 'Error', headers: [['Message', 'Unknown operation']] }
    this.#excluded.push(new RegExp(filter.slice(1)))
    return { headers: [['Message', 'Success']] }
  }

  async #login(request: Request): Promise<void> {
    const user = this.#world.users.find((each) => each.username === request.get('username'))
    const key = createHash('md5').update(`${this.#challenge}${user?.secret}`).digest('hex')
    const md5 = request.get('authtype')?.toUpperCase() === 'MD5'
    const right = user && (md5 ? request.get('key') === key : request.get('secret') === user.secret)
    this.#world.onLogin(Boolean(right))
    if (!right) {
      await this.#sleep(this.#world.badLoginDelayMs)
      this.#answer(request, { response: 'Error', headers: [['Message', 'Authentication failed']] })
      this.#socket.end()
      return
    }
    this.#user = user
    const asked = request.get('events')?.split(',') ?? ['on']
    const everything = asked.includes('on') || asked.includes('all')
    this.#mask = new Set(user.read.filter((each) => everything || asked.includes(each)))
    this.#answer(request, { headers: [['Message', 'Authentication accepted']] })
    if (!this.#mask.has('system') || this.#world.denied.has('system')) return
    this.raw(
      printMessage([
        ['Event', 'FullyBooted'],
        ['Privilege', 'system,all'],
        ['Uptime', 1],
        ['LastReload', 1],
        ['Status', 'Fully Booted'],
      ]),
    )
  }

  #answer(request: Request, { response = 'Success', headers, list }: Answer): void {
    const id = request.get('actionid')
    const tag: Headers = id === undefined ? [] : [['ActionID', id]]
    const parts = [printMessage([['Response', response], ...tag, ...headers])]
    for (const [event, item] of list?.items ?? [])
      parts.push(printMessage([['Event', event], ...tag, ...item]))
    if (list) {
      const end: Headers = [
        ['EventList', 'Complete'],
        ['ListItems', list.items.length],
      ]
      parts.push(printMessage([['Event', list.complete], ...tag, ...end]))
    }
    this.raw(parts.join(''))
  }

  #sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.#world.clock.after(milliseconds, resolve)
    })
  }
}
