import { createHash, randomBytes } from 'node:crypto'
import type { Socket } from 'node:net'
import { ConnectorFailure } from '../../core/connector.ts'
import type { Network } from '../../core/network.ts'
import type { Clock, Timer } from '../../core/ports.ts'
import { limitAnswer } from '../kit/answer-limit.ts'
import { beginOn } from '../kit/reconnect.ts'
import { openTcp } from '../kit/tcp.ts'
import type { Settings } from './config.ts'
import { type AmiMessage, type Frame, FrameReader, header } from './frames.ts'
import { TrustGate } from './trust.ts'

const unreachableFix = 'Check host and port, enabled = yes and bindaddr in manager.conf, and the firewall.'
const actionTimeoutMs = 10_000
/** Thousands of extensions make long lists. */
const listTimeoutMs = 30_000

export type Fields = Readonly<Record<string, string>>

/** The PBX answered `Response: Error`. */
export class AmiRefusal extends Error {
  readonly action: string
  /** The user's classes in manager.conf do not allow the action. */
  readonly denied: boolean
  /** This Asterisk does not have the action. */
  readonly missing: boolean

  constructor(action: string, text: string) {
    super(`${action}: ${text}`)
    this.name = 'AmiRefusal'
    this.action = action
    this.denied = /permission denied|access forbidden/i.test(text)
    this.missing = /invalid\/unknown command/i.test(text)
  }
}

/** The answer did not come: the connection went, or the PBX was silent for too long. The action may have been done. */
export class AmiSilence extends Error {
  constructor(action: string, reason: string) {
    super(`${action}: ${reason}`)
    this.name = 'AmiSilence'
  }
}

interface Waiting {
  readonly action: string
  /** Takes an item of a list; undefined where the answer is a single response. */
  readonly item: ((message: AmiMessage) => void) | undefined
  readonly timer: Timer
  done(response: AmiMessage): void
  fail(error: Error): void
}

export interface SessionOptions {
  readonly settings: Settings
  readonly clock: Clock
  readonly network: Network
  /** Believed live events only; see TrustGate. */
  onEvent(message: AmiMessage): void
  onMalformed(reason: string): void
  /** Something may have been missed or made up: everything has to be asked again. */
  onDoubt(): void
}

/** One signed-in connection to the manager interface. */
export class AmiSession {
  readonly closed: Promise<string>
  readonly #options: SessionOptions
  readonly #socket: Socket
  readonly #reader = new FrameReader()
  readonly #waiting = new Map<string, Waiting>()
  /** A user's classes are read once, at the sign-in: what was denied stays so, and asking again fills the PBX's log. */
  readonly #denied = new Map<string, AmiRefusal>()
  /** Unguessable, so that no text inside an event can pass for an answer to us. */
  readonly #nonce = randomBytes(9).toString('base64url')
  readonly #gate: TrustGate
  #lastId = 0
  #banner: ((text: string) => void) | undefined
  #reason: string | undefined
  #end: (reason: string) => void = () => {}

  private constructor(options: SessionOptions, socket: Socket) {
    this.#options = options
    this.#socket = socket
    this.closed = new Promise((resolve) => {
      this.#end = resolve
    })
    this.#gate = new TrustGate({
      prove: async () => void (await this.action('Ping')),
      doubt: () => options.onDoubt(),
    })
    socket.on('error', (error: Error) => this.#finish(error.message))
    socket.on('close', () => this.#finish('the PBX closed the connection'))
  }

  /** Connects and signs in. Throws ConnectorFailure: not-ready, auth-failed or misconfigured. */
  static async open(options: SessionOptions, stopped: AbortSignal): Promise<AmiSession> {
    let session: AmiSession | undefined
    const take = (bytes: Uint8Array) => {
      if (session) session.#hear(bytes)
    }
    const socket = await openTcp(options.settings, {
      clock: options.clock,
      network: options.network,
      stopped,
      take,
      fix: unreachableFix,
    })
    session = new AmiSession(options, socket)
    const opened = session
    return beginOn(opened, stopped, async () => {
      await opened.#greeting()
      await opened.#login()
    })
  }

  /** Sends an action and resolves with its response. Throws AmiRefusal or AmiSilence. */
  action(action: string, fields: Fields = {}): Promise<AmiMessage> {
    return this.#send(action, fields)
  }

  /**
   * Sends a list action and resolves with what `pick` makes of its items, one after the other as they come: whole, the
   * items of a large PBX would fill the memory. Throws AmiRefusal or AmiSilence.
   */
  async list<T>(
    action: string,
    fields: Fields,
    pick: (item: AmiMessage) => readonly T[],
  ): Promise<readonly T[]> {
    const picked: T[] = []
    await this.#send(action, fields, (item) => picked.push(...pick(item)))
    return picked
  }

  /** Whether an action was denied to this user; a right that is given later counts from the next sign-in on. */
  get wasDenied(): boolean {
    return this.#denied.size > 0
  }

  close(reason = 'closed by us'): void {
    if (this.#reason === undefined) this.#socket.write('Action: Logoff\r\n\r\n')
    this.#finish(reason)
    this.#socket.destroy()
  }

  #send(action: string, fields: Fields, item?: (message: AmiMessage) => void): Promise<AmiMessage> {
    const { clock } = this.#options
    if (this.#reason !== undefined) {
      return Promise.reject(new AmiSilence(action, `not connected (${this.#reason})`))
    }
    const denied = this.#denied.get(action)
    if (denied) return Promise.reject(denied)
    this.#lastId += 1
    const id = `${this.#nonce}-${this.#lastId}`
    return new Promise((resolve, reject) => {
      const patienceMs = item ? listTimeoutMs : actionTimeoutMs
      const timer = limitAnswer(clock, patienceMs, () => {
        this.#waiting.delete(id)
        reject(new AmiSilence(action, `no answer within ${patienceMs / 1000} s`))
      })
      const settle =
        <T>(finish: (value: T) => void) =>
        (value: T) => {
          timer.cancel()
          this.#waiting.delete(id)
          finish(value)
        }
      this.#waiting.set(id, {
        action,
        item,
        timer,
        done: settle(resolve),
        fail: settle(reject),
      })
      this.#socket.write(encodeAction(action, id, fields))
    })
  }

  #hear(bytes: Uint8Array): void {
    for (const frame of this.#reader.push(bytes)) this.#take(frame)
  }

  #take(frame: Frame): void {
    if (frame.type === 'banner') this.#banner?.(frame.text)
    else if (frame.type === 'malformed') this.#options.onMalformed(frame.reason)
    else this.#dispatch(frame.message)
  }

  #dispatch(message: AmiMessage): void {
    const id = header(message, 'actionid')
    const waiting = id === undefined ? undefined : this.#waiting.get(id)
    if (waiting) {
      this.#answer(waiting, message)
    } else if (message.kind === 'event' && id === undefined && this.#gate.admits(message)) {
      // With an id that is not awaited it would be a late list item: those bear the names of live events.
      if (message.name === 'Shutdown') this.close('the PBX shuts down')
      else this.#options.onEvent(message)
    }
  }

  #answer(waiting: Waiting, message: AmiMessage): void {
    if (message.kind === 'event') {
      const end = header(message, 'eventlist') ?? ''
      if (/^complete$/i.test(end)) waiting.done(message)
      else if (/^cancelled$/i.test(end))
        waiting.fail(new AmiSilence(waiting.action, 'the list was cancelled'))
      else waiting.item?.(message)
    } else if (/^error$/i.test(message.name)) {
      const refusal = new AmiRefusal(waiting.action, header(message, 'message') ?? 'refused without a reason')
      if (refusal.denied && waiting.action !== 'Getvar') this.#denied.set(waiting.action, refusal)
      waiting.fail(refusal)
    } else if (!waiting.item || !/^start$/i.test(header(message, 'eventlist') ?? '')) {
      waiting.done(message)
    }
  }

  #greeting(): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = limitAnswer(this.#options.clock, actionTimeoutMs, () =>
        reject(
          new ConnectorFailure('not-ready', 'The PBX accepted the connection and said nothing.', {
            fix: 'If the port expects TLS, set tls: true; else look at the load of the PBX.',
          }),
        ),
      )
      const finish = (act: () => void) => {
        timer.cancel()
        this.#banner = undefined
        act()
      }
      this.#banner = (text) =>
        finish(() => (text.startsWith('Asterisk Call Manager/') ? resolve() : reject(notAmi())))
      void this.closed.then((reason) => finish(() => reject(closedEarly(reason))))
    })
  }

  async #login(): Promise<void> {
    const { username, secret, tls } = this.#options.settings
    const user = { Username: username, Events: 'call,system,agent' }
    try {
      // Without TLS the secret itself does not travel.
      await this.action(
        'Login',
        tls
          ? { ...user, Secret: secret }
          : { ...user, AuthType: 'MD5', Key: await this.#challengeKey(secret) },
      )
    } catch (error) {
      if (error instanceof AmiRefusal) throw loginRefused(username, error)
      throw new ConnectorFailure('not-ready', `Signing in at the PBX failed: ${String(error)}`, {
        cause: error,
      })
    }
  }

  async #challengeKey(secret: string): Promise<string> {
    const answer = await this.action('Challenge', { AuthType: 'MD5' })
    const challenge = header(answer, 'challenge') ?? ''
    return createHash('md5').update(`${challenge}${secret}`).digest('hex')
  }

  #finish(reason: string): void {
    if (this.#reason !== undefined) return
    this.#reason = reason
    for (const each of [...this.#waiting.values()]) each.fail(new AmiSilence(each.action, reason))
    this.#end(reason)
  }
}

/** Values come from configuration and addresses: a line break would start a header of its own. */
function encodeAction(action: string, id: string, fields: Fields): string {
  const lines = Object.entries(fields).map(([key, value]) => `${key}: ${value.replace(/[\r\n]+/g, ' ')}\r\n`)
  return `Action: ${action}\r\nActionID: ${id}\r\n${lines.join('')}\r\n`
}

function notAmi(): ConnectorFailure {
  return new ConnectorFailure(
    'misconfigured',
    'What answers at this port is not the Asterisk Manager Interface.',
    {
      fix: 'Use the port of manager.conf (5038), or of tlsbindaddr (5039) together with tls: true.',
    },
  )
}

function closedEarly(reason: string): ConnectorFailure {
  return new ConnectorFailure('not-ready', `The PBX closed the connection before it greeted us: ${reason}.`, {
    fix: 'Look at permit and deny in manager.conf, and whether the port expects TLS.',
  })
}

function loginRefused(username: string, refusal: AmiRefusal): ConnectorFailure {
  if (/authentication failed/i.test(refusal.message)) {
    return new ConnectorFailure(
      'auth-failed',
      `The PBX does not accept user "${username}" with this secret.`,
      {
        fix: `Compare username and secret with section [${username}] of manager.conf (FreePBX: Asterisk Manager Users), and its permit and deny with the address of this machine; then reload the manager.`,
        cause: refusal,
      },
    )
  }
  return new ConnectorFailure(
    'not-ready',
    `The PBX refused the sign-in of "${username}": ${refusal.message}`,
    {
      cause: refusal,
    },
  )
}
