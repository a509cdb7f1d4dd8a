import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import type { HostAddress } from '../core/network.ts'
import { readRules } from './address-rules.ts'
import { createFetch } from './guarded-fetch.ts'
import { type HttpParts, nodesParts, packageParts } from './http-parts.ts'
import { createNetwork } from './network.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

async function serve(host: string, handler: RequestListener, port = 0): Promise<number> {
  const server: Server = createServer(handler)
  await new Promise<void>((resolve) => server.listen(port, host, resolve))
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

/** A fetch under rules whose names stand for what the test says, one answer after the other. */
function fetchUnder(allow: readonly string[], answers: readonly (readonly string[])[], parts: HttpParts) {
  const left = [...answers]
  const asked: string[] = []
  const network = createNetwork(readRules('hosted', allow), async (name) => {
    asked.push(name)
    const next = (left.length > 1 ? left.shift() : left[0]) ?? []
    return next.map((address): HostAddress => ({ address, family: address.includes(':') ? 6 : 4 }))
  })
  const guarded = createFetch(network, { parts })
  closers.push(() => guarded.close())
  return { fetch: guarded.fetch, asked }
}

const codeOf = (error: { readonly cause?: { readonly code?: string } }) => error.cause?.code ?? String(error)
const refusal = (asked: Promise<unknown>) => asked.then(() => 'answered', codeOf)

// Before the package, which would share an agent of its own.
const nodes = nodesParts()

test('this Node has what the guard needs', () => {
  expect(nodes?.fetch).toBe(globalThis.fetch)
})

const all = [
  ['of Node', nodes!],
  ['of the package', await packageParts()],
] as const

describe.each(all)('with the connections %s', (_, parts) => {
  test('an address of the own network is refused before anything is sent, as a name and as a number', async () => {
    let requests = 0
    const port = await serve('127.0.0.1', (_request, response) => {
      requests += 1
      response.end()
    })
    const { fetch } = fetchUnder([], [['127.0.0.1']], parts)
    const hosts = [
      'pbx.example',
      '127.0.0.1',
      '2130706433',
      '0x7f.1',
      '127.1',
      '[::ffff:127.0.0.1]',
      '[::1]',
      '0.0.0.0',
    ]
    const refused = await Promise.all(hosts.map((host) => refusal(fetch(`http://${host}:${port}/`))))
    expect(refused).toEqual(hosts.map(() => 'HOST_REFUSED'))
    expect(requests).toBe(0)
  })

  test('what was checked is what is connected to: a name that changes its address gains nothing', async () => {
    const seen: string[] = []
    const port = await serve('127.0.0.1', (_request, response) => {
      seen.push('allowed')
      response.setHeader('connection', 'close').end('allowed')
    })
    await serve(
      '127.0.0.2',
      (_request, response) => {
        seen.push('inside')
        response.end('inside')
      },
      port,
    )
    const { fetch, asked } = fetchUnder(['127.0.0.1'], [['127.0.0.1'], ['127.0.0.2']], parts)
    expect(await (await fetch(`http://rebind.example:${port}/`)).text()).toBe('allowed')
    expect(await refusal(fetch(`http://rebind.example:${port}/`))).toBe('HOST_REFUSED')
    expect(asked).toEqual(['rebind.example', 'rebind.example'])
    expect(seen).toEqual(['allowed'])
  })

  test('of several addresses of a name only those allowed are tried', async () => {
    const port = await serve('127.0.0.1', (_request, response) => response.end('allowed'))
    const seen: string[] = []
    await serve(
      '127.0.0.2',
      (_request, response) => {
        seen.push('inside')
        response.end()
      },
      port,
    )
    const { fetch } = fetchUnder(['127.0.0.1'], [['127.0.0.2', '127.0.0.1', '169.254.169.254']], parts)
    expect(await (await fetch(`http://both.example:${port}/`)).text()).toBe('allowed')
    expect(seen).toEqual([])
  })

  test('a redirection into the own network is refused, even by who asks for redirections', async () => {
    const seen: string[] = []
    const inside = await serve('127.0.0.2', (_request, response) => {
      seen.push('inside')
      response.end()
    })
    const port = await serve('127.0.0.1', (_request, response) => {
      response.writeHead(302, { location: `http://127.0.0.2:${inside}/` }).end()
    })
    const { fetch } = fetchUnder(['127.0.0.1'], [['127.0.0.1']], parts)
    const away = `http://away.example:${port}/`
    expect(await refusal(fetch(away, { redirect: 'follow' }))).toBe('HOST_REFUSED')
    expect((await fetch(away, { redirect: 'manual' })).status).toBe(302)
    expect(seen).toEqual([])
  })

  test('a body is sent and an answer read as by any fetch', async () => {
    const port = await serve('127.0.0.1', (request, response) => {
      response.writeHead(201, { 'x-method': request.method ?? '' })
      request.pipe(response)
    })
    const { fetch } = fetchUnder(['127.0.0.0/8'], [['127.0.0.1']], parts)
    const answer = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: 'told' })
    expect([answer.status, answer.headers.get('x-method'), await answer.text()]).toEqual([
      201,
      'POST',
      'told',
    ])
    const stopped = AbortSignal.abort()
    await expect(fetch(`http://127.0.0.1:${port}/`, { signal: stopped })).rejects.toThrow(/abort/)
  })

  test('what may not leave any more when its first byte would does not', async () => {
    const seen: string[] = []
    const port = await serve('127.0.0.1', (request, response) => {
      seen.push(request.url ?? '')
      response.end('taken')
    })
    const network = createNetwork(readRules('hosted', ['127.0.0.1']))
    let late = true
    const checkpoint = () => () => {
      if (late) throw new Error('too late')
    }
    const guarded = createFetch(network, { parts, checkpoint })
    closers.push(() => guarded.close())
    const write = (path: string) =>
      guarded.fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', body: 'x' })
    await expect(write('/late')).rejects.toMatchObject({ cause: { message: 'too late' } })
    late = false
    expect(await (await write('/in-time')).text()).toBe('taken')
    expect(seen).toEqual(['/in-time'])
  })
})
