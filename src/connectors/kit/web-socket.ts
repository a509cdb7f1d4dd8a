import { WebSocket } from 'ws'
import { type HostAddress, HostRefusal, type Network } from '../../core/network.ts'
import type { Clock, Timer } from '../../core/ports.ts'
import { lookupAmong } from './lookup-among.ts'
import type { Line } from './reconnect.ts'
import { readRetryAfter } from './retry-after.ts'

/** An open WebSocket to a system; text frames only. */
export interface SocketLine extends Line {
  send(text: string): void
}

export interface SocketRequest {
  readonly clock: Clock
  readonly network: Network
  /** `ws:` or `wss:`. Never shown: it may carry a token. */
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  /** Until the connection is open, milliseconds. */
  readonly timeoutMs: number
  /** A ping this often, milliseconds; without a sign of life until the next one the connection counts as gone. */
  readonly pingMs: number
  /** Ends an attempt under way. */
  readonly stopped: AbortSignal
  heard(text: string): void
}

/** No connection. `status` is there where a server answered the upgrade with something else (RFC 6455 section 4.1). */
export class SocketRefusal extends Error {
  readonly status: number | undefined
  readonly retryAfterMs: number | undefined

  constructor(
    message: string,
    answer: { status?: number | undefined; retryAfterMs?: number | undefined } = {},
  ) {
    super(message)
    this.name = 'SocketRefusal'
    this.status = answer.status
    this.retryAfterMs = answer.retryAfterMs
  }
}

const largestFrame = 4 * 1024 * 1024

/** Opens a WebSocket (RFC 6455). Rejects with SocketRefusal; redirects are not followed, they would carry credentials. */
export async function openSocket(request: SocketRequest): Promise<SocketLine> {
  const host = new URL(request.url).hostname.replace(/^\[|\]$/g, '')
  const found = await request.network.find(host).catch((error: Error) => {
    throw new SocketRefusal(error instanceof HostRefusal ? error.message : describe(error))
  })
  return connectTo(found, request)
}

function connectTo(found: readonly HostAddress[], request: SocketRequest): Promise<SocketLine> {
  const { url, headers, clock, stopped, timeoutMs } = request
  return new Promise((resolve, reject) => {
    if (stopped.aborted) {
      reject(new SocketRefusal('the connector is stopping'))
      return
    }
    const socket = new WebSocket(url, {
      ...{ headers: { ...headers }, followRedirects: false, lookup: lookupAmong(found) },
      ...{ perMessageDeflate: false, maxPayload: largestFrame },
    })
    const abort = () => fail(new SocketRefusal('the connector is stopping'))
    const timer = clock.after(timeoutMs, () =>
      fail(new SocketRefusal(`no answer within ${timeoutMs / 1000} s`)),
    )
    const settle = () => {
      timer.cancel()
      stopped.removeEventListener('abort', abort)
    }
    const fail = (refusal: SocketRefusal) => {
      settle()
      reject(refusal)
      socket.terminate()
    }
    stopped.addEventListener('abort', abort, { once: true })
    // Stays for the whole life: an error without a listener ends the process.
    socket.on('error', (error) => fail(new SocketRefusal(describe(error))))
    socket.on('unexpected-response', (_request, response) => {
      response.resume()
      const retryAfterMs = readRetryAfter(response.headers['retry-after'] ?? null, clock.wall())
      const { statusCode: status } = response
      fail(new SocketRefusal(`the WebSocket was refused (${status})`, { status, retryAfterMs }))
    })
    socket.once('open', () => {
      settle()
      resolve(watch(socket, request))
    })
  })
}

function watch(socket: WebSocket, { clock, pingMs, heard }: SocketRequest): SocketLine {
  let alive = true
  let timer: Timer
  const beat = () => {
    if (!alive) {
      socket.terminate()
      return
    }
    alive = false
    socket.ping()
    timer = clock.after(pingMs, beat)
  }
  timer = clock.after(pingMs, beat)
  socket.on('pong', () => {
    alive = true
  })
  socket.on('message', (data, isBinary) => {
    alive = true
    if (!isBinary) heard(String(data))
  })
  const closed = new Promise<string>((resolve) => {
    socket.once('close', (code) => {
      timer.cancel()
      resolve(alive ? `the WebSocket was closed (${code})` : 'the WebSocket no longer answers')
    })
  })
  return {
    closed,
    // Without a closing handshake: a partner that does not answer must not delay a stop.
    close: () => socket.terminate(),
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text)
    },
  }
}

function describe(error: Error): string {
  const { code = '' } = error as NodeJS.ErrnoException
  if (code === 'ECONNREFUSED') return 'the connection was refused'
  if (/ENOTFOUND|EAI_AGAIN/.test(code)) return 'the name of the server could not be resolved'
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/.test(code))
    return 'the TLS certificate of the server is not trusted'
  return 'the WebSocket could not be connected'
}
