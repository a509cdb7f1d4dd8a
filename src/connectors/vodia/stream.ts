import type { ConnectorContext } from '../../core/connector.ts'
import { ConnectorFailure } from '../../core/connector.ts'
import { needsOperator } from '../kit/failures.ts'
import { createBackoff } from '../kit/reconnect.ts'
import type { Sleeper } from '../kit/sleeper.ts'
import type { UnknownValues } from '../kit/unknown-values.ts'
import { openSocket, type SocketLine, SocketRefusal } from '../kit/web-socket.ts'
import type { PbxClient } from './client.ts'
import { failureOf } from './follower.ts'
import { CallFrames, decodeFrame } from './frames.ts'
import { countMalformed } from './reading.ts'

export interface StreamParts {
  readonly client: PbxClient
  readonly context: ConnectorContext
  readonly sleeper: Sleeper
  readonly unknown: UnknownValues
  readonly signal: AbortSignal
  readonly domain: string
  readonly extension: string
  /** A frame of calls or accounts came, of these, perhaps of nobody. */
  announced(names: readonly string[]): void
  /** Something may have been missed. */
  missed(): void
  /** It opened, or ended, or could not be opened. */
  told(): void
}

const timeoutMs = 5_000
const pingMs = 20_000
/** What the vendor's own page sends to be kept (seen in a client of others, not documented). */
const keepAliveMs = 30_000
/** The PBX bans who keeps trying. */
const refusedMs = 5 * 60_000

/** The WebSocket of the tenant: opened in the name of an extension, kept, and reopened. */
export class Stream {
  readonly #parts: StreamParts
  readonly #attempted = Promise.withResolvers<void>()
  #line: SocketLine | undefined
  #trouble: { readonly reason: string; readonly fix: string | undefined } | undefined

  constructor(parts: StreamParts) {
    this.#parts = parts
  }

  get open(): boolean {
    return this.#line !== undefined
  }

  /** Why it is not open. */
  get trouble(): { readonly reason: string; readonly fix: string | undefined } | undefined {
    return this.#line ? undefined : this.#trouble
  }

  /** Resolves when the first attempt has succeeded or failed: what is read after it misses nothing. */
  get attempted(): Promise<void> {
    return this.#attempted.promise
  }

  /** Until the sleeper stops. */
  async run(): Promise<void> {
    const { sleeper, context, missed, told, signal } = this.#parts
    const backoff = createBackoff({ firstMs: 1_000, ceilingMs: 60_000 })
    while (!sleeper.stopped && !signal.aborted) {
      let waitMs = 0
      try {
        const line = await this.#open()
        this.#line = line
        backoff.reset()
        this.#attempted.resolve()
        told()
        missed()
        const stop = () => line.close()
        signal.addEventListener('abort', stop, { once: true })
        if (signal.aborted) line.close()
        const reason = await line.closed
        signal.removeEventListener('abort', stop)
        this.#trouble = { reason, fix: undefined }
      } catch (error) {
        const failure = asFailure(error)
        this.#trouble = { reason: failure.message, fix: failure.fix }
        if (needsOperator(failure)) waitMs = refusedMs
      }
      this.#line = undefined
      this.#attempted.resolve()
      if (sleeper.stopped || signal.aborted) return
      told()
      missed()
      waitMs ||= backoff.next()
      context.log.warn('no WebSocket to the PBX', {
        reason: this.#trouble?.reason,
        retryMs: Math.round(waitMs),
      })
      await sleeper.sleep(waitMs)
    }
    this.#attempted.resolve()
  }

  async #open(): Promise<SocketLine> {
    const { client, context, domain, extension, signal } = this.#parts
    const cookie = await openSession(this.#parts)
    const query = new URLSearchParams({ domain, user: extension })
    const frames = new CallFrames()
    const line = await openSocket({
      url: `${client.url.replace(/^http/, 'ws')}/websocket?${query}`,
      headers: { cookie },
      ...{ clock: context.clock, network: context.network, stopped: signal, timeoutMs, pingMs },
      heard: (text) => this.#hear(text, frames),
    })
    line.send(JSON.stringify({ action: 'domain-calls', subscribe: true }))
    this.#keepAlive(line)
    return line
  }

  #keepAlive(line: SocketLine): void {
    const beat = () => {
      line.send(JSON.stringify({ action: 'avoid-disconnect' }))
      timer = this.#parts.context.clock.after(keepAliveMs, beat)
    }
    let timer = this.#parts.context.clock.after(keepAliveMs, beat)
    void line.closed.then(() => timer.cancel())
  }

  #hear(text: string, frames: CallFrames): void {
    const { announced, unknown, context } = this.#parts
    const frame = decodeFrame(text)
    if (frame.kind === 'malformed') countMalformed(context.metrics, 'frame')
    else if (frame.kind === 'accounts') announced(frame.names)
    else if (frame.kind === 'calls') announced(frames.changed(frame.calls))
    else if (frame.kind === 'unknown') {
      unknown.note({ field: 'frame action', value: frame.action, takenAs: 'nothing' })
    }
  }
}

/** A token by Basic, good for ten seconds, and the cookie for it (doc.vodia.com/docs/thirdparty). Throws ConnectorFailure. */
async function openSession({ client, domain, extension }: StreamParts): Promise<string> {
  const path = '/rest/system/session'
  const asked = await client.send({
    ...{ call: 'token', method: 'POST', path, priority: 'hot' },
    body: { name: '3rd', domain, username: extension },
  })
  if (asked.kind !== 'ok') throw failureOf(asked)
  const exchanged = await client.send({
    ...{ call: 'session', method: 'POST', path, priority: 'hot', withoutSignIn: true },
    body: { name: 'session', value: asked.json },
  })
  if (exchanged.kind !== 'ok') throw failureOf(exchanged)
  const cookie = exchanged.headers.getSetCookie().find((each) => each.startsWith('session='))
  if (exchanged.json !== true || !cookie) {
    throw new ConnectorFailure('not-ready', 'The PBX gave no session for the WebSocket.', {
      fix: 'Check that "streamExtension" is an extension of the tenant.',
    })
  }
  return cookie.split(';')[0]!
}

function asFailure(error: unknown): ConnectorFailure {
  if (error instanceof ConnectorFailure) return error
  if (!(error instanceof SocketRefusal)) {
    return new ConnectorFailure('unexpected', 'The WebSocket could not be opened.', { cause: error })
  }
  const refused = error.status === 401 || error.status === 403 || error.status === 404
  return new ConnectorFailure(refused ? 'misconfigured' : 'not-ready', `The WebSocket: ${error.message}.`, {
    ...(refused && { fix: 'Check "streamExtension", or leave it out: the PBX is then polled.' }),
  })
}
