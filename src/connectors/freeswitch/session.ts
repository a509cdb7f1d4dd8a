import type { Socket } from 'node:net'
import { ConnectorFailure } from '../../core/connector.ts'
import type { Network } from '../../core/network.ts'
import type { Clock, Timer } from '../../core/ports.ts'
import { beginOn } from '../kit/reconnect.ts'
import { openTcp, type TcpTarget } from '../kit/tcp.ts'
import type { Settings } from './config.ts'
import { type EslFrame, FrameReader } from './frames.ts'

const answerTimeoutMs = 10_000

/** FreeSWITCH answered `-ERR`. */
export class EslRefusal extends Error {
  /** The module that has this command is not loaded. */
  readonly missing: boolean

  constructor(command: string, text: string) {
    super(`${command}: ${text}`)
    this.name = 'EslRefusal'
    this.missing = /command not found|invalid command/i.test(text)
  }
}

/** The answer did not come. What was asked for may have been done. */
export class EslSilence extends Error {
  constructor(command: string, reason: string) {
    super(`${command}: ${reason}`)
    this.name = 'EslSilence'
  }
}

export interface SessionOptions {
  readonly settings: TcpTarget & Pick<Settings, 'password'>
  readonly clock: Clock
  readonly network: Network
  /** A message that answers nothing of ours: an event, a log line. */
  heard(frame: EslFrame): void
}

interface Waiting {
  readonly command: string
  readonly timer: Timer
  answer(frame: EslFrame): void
  fail(error: Error): void
}

/** One signed-in connection to the event socket in inbound mode: commands are answered in their order. */
export class EslSession {
  readonly closed: Promise<string>
  readonly #options: SessionOptions
  readonly #socket: Socket
  readonly #reader = new FrameReader()
  readonly #waiting: Waiting[] = []
  #greeting: ((frame: EslFrame) => void) | undefined
  #reason: string | undefined
  #end: (reason: string) => void = () => {}

  private constructor(options: SessionOptions, socket: Socket) {
    this.#options = options
    this.#socket = socket
    this.closed = new Promise((resolve) => {
      this.#end = resolve
    })
    socket.on('error', (error: Error) => this.#finish(error.message))
    socket.on('close', () => this.#finish('FreeSWITCH closed the connection'))
    socket.on('data', (bytes: Buffer) => this.#hear(bytes))
  }

  /** Connects and signs in. Throws ConnectorFailure: not-ready, auth-failed or misconfigured. */
  static async open(options: SessionOptions, stopped: AbortSignal): Promise<EslSession> {
    const { settings, clock, network } = options
    const socket = await openTcp(settings, { clock, network, stopped })
    const session = new EslSession(options, socket)
    return beginOn(session, stopped, async () => {
      await session.#greet()
      await session.#signIn()
    })
  }

  /** Runs an API command and answers what it printed; empty where it printed nothing. Throws EslRefusal, EslSilence. */
  async api(command: string): Promise<string> {
    const { body } = await this.#send(`api ${oneLine(command)}\n\n`, command)
    const text = body.trim()
    if (text === '-ERR no reply') return ''
    if (/^-(ERR|USAGE)/i.test(text) || /^[^\n]*(command not found|invalid command)!$/i.test(text)) {
      throw new EslRefusal(command, text.slice(0, 200))
    }
    return text
  }

  /** A command of the socket itself. Throws EslRefusal, EslSilence. */
  async command(text: string): Promise<void> {
    const command = oneLine(text)
    await this.#command(`${command}\n\n`, command)
  }

  /** Fires an event in FreeSWITCH. Throws EslRefusal, EslSilence. */
  async sendEvent(name: string, headers: Readonly<Record<string, string>>): Promise<void> {
    const lines = Object.entries(headers).map(([key, value]) => `${key}: ${oneLine(value)}\n`)
    await this.#command(`sendevent ${name}\n${lines.join('')}\n`, `sendevent ${name}`)
  }

  close(reason = 'closed by us'): void {
    if (this.#reason === undefined) this.#socket.write('exit\n\n')
    this.#finish(reason)
    this.#socket.destroy()
  }

  async #command(wire: string, command: string): Promise<void> {
    const { headers } = await this.#send(wire, command)
    const text = headers.get('reply-text') ?? ''
    if (!text.startsWith('+OK')) throw new EslRefusal(command, text.slice(0, 200))
  }

  #send(wire: string, command: string): Promise<EslFrame> {
    if (this.#reason !== undefined) return Promise.reject(new EslSilence(command, this.#reason))
    return new Promise((resolve, reject) => {
      const timer = this.#options.clock.after(answerTimeoutMs, () =>
        // Whose answer would come next is not known any more.
        this.close(`no answer within ${answerTimeoutMs / 1000} s`),
      )
      this.#waiting.push({ command, timer, answer: resolve, fail: reject })
      this.#socket.write(wire)
    })
  }

  #hear(bytes: Uint8Array): void {
    try {
      for (const frame of this.#reader.push(bytes)) this.#take(frame)
    } catch (error) {
      this.close(error instanceof Error ? error.message : String(error))
    }
  }

  #take(frame: EslFrame): void {
    const type = frame.headers.get('content-type')
    if (this.#greeting) this.#greeting(frame)
    else if (type === 'command/reply' || type === 'api/response') this.#answer(frame)
    else if (type === 'text/disconnect-notice') this.close('FreeSWITCH ends the connection')
    else this.#options.heard(frame)
  }

  #answer(frame: EslFrame): void {
    const waiting = this.#waiting.shift()
    if (!waiting) return
    waiting.timer.cancel()
    waiting.answer(frame)
  }

  #greet(): Promise<void> {
    return new Promise((resolve, reject) => {
      const finish = (act: () => void) => {
        timer.cancel()
        this.#greeting = undefined
        act()
      }
      const timer = this.#options.clock.after(answerTimeoutMs, () => finish(() => reject(notAnEventSocket())))
      this.#greeting = ({ headers }) => {
        const type = headers.get('content-type')
        if (type === 'auth/request') finish(resolve)
        else finish(() => reject(type === 'rude/rejection' ? notAdmitted() : notAnEventSocket()))
      }
      void this.closed.then((reason) => finish(() => reject(closedEarly(reason))))
    })
  }

  async #signIn(): Promise<void> {
    try {
      await this.#command(`auth ${this.#options.settings.password}\n\n`, 'auth')
    } catch (error) {
      if (error instanceof EslRefusal) throw passwordRefused()
      throw new ConnectorFailure('not-ready', `Signing in at FreeSWITCH failed: ${String(error)}`)
    }
  }

  #finish(reason: string): void {
    if (this.#reason !== undefined) return
    this.#reason = reason
    for (const { command, timer, fail } of this.#waiting.splice(0)) {
      timer.cancel()
      fail(new EslSilence(command, reason))
    }
    this.#end(reason)
  }
}

/** Values come from configuration and addresses: a line break would begin a line of its own. */
const oneLine = (text: string) => text.replace(/[\r\n]+/g, ' ')

const notAnEventSocket = () =>
  new ConnectorFailure('misconfigured', 'What answers at this port is not the event socket of FreeSWITCH.', {
    fix: 'Use listen-port of event_socket.conf.xml (8021).',
  })

const notAdmitted = () =>
  new ConnectorFailure('misconfigured', 'FreeSWITCH does not admit the address of this machine.', {
    fix: 'Add it to the list that apply-inbound-acl of event_socket.conf.xml names, then "reloadacl" and "reload mod_event_socket".',
  })

const closedEarly = (reason: string) =>
  new ConnectorFailure('not-ready', `FreeSWITCH closed the connection before the sign-in: ${reason}.`, {
    fix: 'Look at apply-inbound-acl of event_socket.conf.xml, and at the log of FreeSWITCH.',
  })

const passwordRefused = () =>
  new ConnectorFailure('auth-failed', 'FreeSWITCH does not accept the password.', {
    fix: 'Compare it with password in event_socket.conf.xml; after a change there "reload mod_event_socket".',
  })
