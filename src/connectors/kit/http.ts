import type { Clock } from '../../core/ports.ts'
import { limitAnswer } from './answer-limit.ts'
import { readRetryAfter } from './retry-after.ts'

/** What a request needs of its surroundings. */
export interface HttpPort {
  readonly fetch: typeof fetch
  readonly clock: Clock
  /** Ends every request at once when the connector stops. */
  readonly signal: AbortSignal
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Until the last byte of the answer, milliseconds. */
  readonly timeoutMs: number
}

export interface HttpAnswer {
  readonly kind: 'answer'
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** What Retry-After asks for, milliseconds. */
  readonly retryAfterMs: number | undefined
}

/** No answer, or not all of it: whether the request arrived is not known. */
export interface HttpSilence {
  readonly kind: 'silence'
  readonly why: 'timeout' | 'connection' | 'stopped'
  /** In words, without address or secret. */
  readonly reason: string
}

/** The code is that of core's HostRefusal, which stands behind the error of fetch. */
const connectionProblems: readonly (readonly [RegExp, string])[] = [
  [/HOST_REFUSED/, 'this hub does not connect to the network that the server is in'],
  [/ECONNREFUSED/, 'the connection was refused'],
  [/ENOTFOUND|EAI_AGAIN/, 'the name of the server could not be resolved'],
  [/ECONNRESET|UND_ERR_SOCKET|EPIPE/, 'the connection was dropped'],
  [/CONNECT_TIMEOUT|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH/, 'the server could not be reached'],
  [/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/, 'the TLS certificate of the server is not trusted'],
  [/EPROTO|ERR_SSL/, 'TLS could not be agreed on with the server'],
]

function describeCause(error: unknown): string {
  const seen: string[] = []
  for (let at = error; at instanceof Error && seen.length < 5; at = at.cause) {
    seen.push(String((at as { code?: unknown }).code ?? ''), at.name)
  }
  const codes = seen.join(' ')
  return connectionProblems.find(([pattern]) => pattern.test(codes))?.[1] ?? 'the connection failed'
}

/**
 * One request over the shared keep-alive connections. Never throws. Redirects are not followed: they would carry the
 * credentials to a server that nobody configured.
 */
export async function sendHttp(port: HttpPort, request: HttpRequest): Promise<HttpAnswer | HttpSilence> {
  const abort = new AbortController()
  const stop = () => abort.abort()
  if (port.signal.aborted) return { kind: 'silence', why: 'stopped', reason: 'the connector is stopping' }
  port.signal.addEventListener('abort', stop, { once: true })
  let late = false
  const timer = limitAnswer(port.clock, request.timeoutMs, () => {
    late = true
    abort.abort()
  })
  try {
    const response = await port.fetch(request.url, {
      method: request.method,
      headers: request.headers ?? {},
      ...(request.body === undefined ? {} : { body: request.body }),
      redirect: 'manual',
      signal: abort.signal,
    })
    const text = await response.text()
    return {
      kind: 'answer',
      status: response.status,
      headers: response.headers,
      text,
      retryAfterMs: readRetryAfter(response.headers.get('retry-after'), port.clock.wall()),
    }
  } catch (error) {
    // Whoever carries the request may have a deadline of its own.
    if (late || (error instanceof Error && error.name === 'TimeoutError'))
      return { kind: 'silence', why: 'timeout', reason: `no answer within ${request.timeoutMs / 1000} s` }
    if (abort.signal.aborted) return { kind: 'silence', why: 'stopped', reason: 'the connector is stopping' }
    return { kind: 'silence', why: 'connection', reason: describeCause(error) }
  } finally {
    timer.cancel()
    port.signal.removeEventListener('abort', stop)
  }
}

/** The JSON of a text, undefined when it is none. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** An object's fields without trust in their types; an empty one for everything else. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

/** The value when it is a text that is not empty. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
