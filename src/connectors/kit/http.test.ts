import { describe, expect, it } from 'vitest'
import { ConnectorFailure } from '../../core/connector.ts'
import type { Clock } from '../../core/ports.ts'
import { isLoopback, parseBaseUrl } from './base-url.ts'
import { type HttpPort, sendHttp } from './http.ts'
import { readRetryAfter } from './retry-after.ts'

const clock: Clock = {
  wall: () => 0,
  monotonic: () => performance.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs)
    return { cancel: () => clearTimeout(timer) }
  },
}

describe('Retry-After', () => {
  it.each([
    ['7', 7_000],
    [' 0 ', 0],
    ['1.5', 1_500],
    ['Thu, 01 Jan 1970 00:01:00 GMT', 60_000],
    ['Wed, 31 Dec 1969 00:00:00 GMT', 0],
    ['999999', 3_600_000],
  ])('%s is %i ms', (header, expected) => expect(readRetryAfter(header, 0)).toBe(expected))

  it.each([null, '', 'soon', '-5', '12 apples'])('%s says nothing', (header) => {
    expect(readRetryAfter(header, 0)).toBeUndefined()
  })
})

describe('base address', () => {
  it('accepts https anywhere and http on loopback', () => {
    expect(parseBaseUrl('https://graph.example.com/', 'graphUrl')).toBe('https://graph.example.com')
    for (const host of ['127.0.0.1:8080', 'localhost:1', '[::1]:9', '127.8.9.1']) {
      expect(parseBaseUrl(`http://${host}/v1.0/`, 'graphUrl')).toBe(`http://${host}/v1.0`)
    }
  })

  it.each([
    ['http://graph.example.com', /unencrypted/],
    ['http://127.0.0.1.example.com', /unencrypted/],
    ['ftp://127.0.0.1', /unencrypted/],
    ['graph.example.com', /not an address/],
    ['https://user:pass@host', /user name/],
    ['https://host?token=1', /query/],
  ])('SW-04: refuses %s and says what to do', (text, why) => {
    try {
      parseBaseUrl(text, 'graphUrl')
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(ConnectorFailure)
      const { kind, message, fix } = error as ConnectorFailure
      expect(kind).toBe('misconfigured')
      expect(message).toMatch(/^graphUrl: /)
      expect(message).toMatch(why)
      expect(message).not.toContain('pass@')
      expect(fix).toBeTruthy()
    }
  })

  it('knows loopback by the host alone', () => {
    expect(isLoopback('LOCALHOST')).toBe(true)
    expect(isLoopback('localhost.example.com')).toBe(false)
  })
})

describe('sendHttp', () => {
  const request = { method: 'GET', url: 'http://127.0.0.1/', timeoutMs: 20 } as const
  const port = (fetch: HttpPort['fetch'], signal = new AbortController().signal): HttpPort => ({
    fetch,
    clock,
    signal,
  })
  const hang: HttpPort['fetch'] = (_url, init) =>
    new Promise((_resolve, reject) => {
      init?.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')))
    })

  it('ends at the timeout', async () => {
    expect(await sendHttp(port(hang), request)).toMatchObject({ kind: 'silence', why: 'timeout' })
  })

  it('reads an answer that came while the process itself stood still', async () => {
    let now = 0
    const waits: { readonly ms: number; readonly fire: () => void }[] = []
    const slow: Clock = {
      wall: () => 0,
      monotonic: () => now,
      after: (ms, fire) => {
        waits.push({ ms, fire })
        return { cancel: () => {} }
      },
    }
    const answered = Promise.withResolvers<Response>()
    const fetch: HttpPort['fetch'] = (_url, init) => {
      init?.signal?.addEventListener('abort', () =>
        answered.reject(new DOMException('aborted', 'AbortError')),
      )
      return answered.promise
    }
    const pending = sendHttp({ ...port(fetch), clock: slow }, request)
    now += request.timeoutMs + 20_000
    waits[0]!.fire()
    answered.resolve(new Response('there'))
    expect(await pending).toMatchObject({ kind: 'answer', text: 'there' })
    const silent = sendHttp({ ...port(hang), clock: slow }, request)
    now += request.timeoutMs + 20_000
    waits[2]!.fire()
    now += waits[3]!.ms
    waits[3]!.fire()
    expect(await silent).toMatchObject({ kind: 'silence', why: 'timeout' })
  })

  it('ends when its owner stops, also beforehand', async () => {
    const abort = new AbortController()
    const pending = sendHttp(port(hang, abort.signal), { ...request, timeoutMs: 10_000 })
    abort.abort()
    expect(await pending).toMatchObject({ kind: 'silence', why: 'stopped' })
    expect(await sendHttp(port(hang, abort.signal), request)).toMatchObject({ why: 'stopped' })
  })

  it('names the cause of a failed connection without the address', async () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:443'), { code: 'ECONNREFUSED' })
    const answer = await sendHttp(
      port(() => Promise.reject(new TypeError('fetch failed', { cause: refused }))),
      request,
    )
    expect(answer).toEqual({ kind: 'silence', why: 'connection', reason: 'the connection was refused' })
  })

  it('does not follow a redirect with the credentials', async () => {
    let redirect: string | undefined
    await sendHttp(
      port(async (_url, init) => {
        redirect = init?.redirect
        return new Response('')
      }),
      request,
    )
    expect(redirect).toBe('manual')
  })
})
