import { createReadStream, existsSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import type { ConnectorView, PersonView } from '../../src/core/view.ts'
import { explainSample } from './board-people.ts'

/** The policy under which the real hub serves the board: files of its own origin, and Fluent's empty style tags. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** Answers one request below /lab; `undefined` means that there is no such thing. */
export type LabRoute = (method: string, path: string, body: unknown) => unknown

export interface FakeHubOptions {
  readonly files: string
  readonly people: readonly PersonView[]
  readonly connectors: readonly ConnectorView[]
  readonly lab?: LabRoute
  /** Asked for as a bearer token, when given. */
  readonly token?: string
}

/** A hub as the board sees it: the API's answers are scripted, the files are the built ones. */
export interface FakeHub {
  readonly url: string
  /** Changes a person and tells every open event stream. */
  put(person: PersonView): void
  people(): readonly PersonView[]
  /** Cuts every event stream and refuses new ones until `up`. */
  down(): void
  up(): void
  close(): Promise<void>
}

export async function startFakeHub(options: FakeHubOptions): Promise<FakeHub> {
  const people = new Map(options.people.map((person) => [person.id, person]))
  const streams = new Set<ServerResponse>()
  let reachable = true
  const server = createServer((request, response) => {
    void answer(request, response).catch(() => response.destroy())
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://hub').pathname
    if (path.startsWith('/api/') || path.startsWith('/lab/')) {
      if (!reachable) return sendJson(response, 503, { title: 'The hub is starting' })
      if (options.token && request.headers.authorization !== `Bearer ${options.token}`) {
        return sendJson(response, 401, { title: 'A token is needed' })
      }
    }
    if (path === '/api/v1/events') return openStream(response)
    if (path === '/api/v1/people') return sendJson(response, 200, [...people.values()])
    if (path === '/api/v1/connectors') return sendJson(response, 200, options.connectors)
    const explained = /^\/api\/v1\/people\/([^/]+)\/explain$/.exec(path)?.[1]
    const person = explained && people.get(decodeURIComponent(explained))
    if (person) return sendJson(response, 200, explainSample(person, Date.now()))
    if (path.startsWith('/lab/')) {
      const found = options.lab?.(request.method ?? 'GET', decodeURIComponent(path), await readBody(request))
      return sendJson(response, found === undefined ? 404 : 200, found ?? { title: 'No lab here' })
    }
    sendFile(response, options.files, path === '/' ? '/index.html' : path)
  }

  function openStream(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    response.write(': hello\n\n')
    streams.add(response)
    response.on('close', () => streams.delete(response))
  }

  const port = await listen(server)
  return {
    url: `http://127.0.0.1:${port}/`,
    people: () => [...people.values()],
    put(person) {
      people.set(person.id, person)
      for (const stream of streams) stream.write(`event: person\ndata: ${JSON.stringify(person)}\n\n`)
    },
    down() {
      reachable = false
      for (const stream of streams) stream.destroy()
    },
    up() {
      reachable = true
    },
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    'content-type': status < 400 ? 'application/json' : 'application/problem+json',
  })
  response.end(JSON.stringify(body))
}

function sendFile(response: ServerResponse, root: string, path: string): void {
  const file = join(root, path)
  if (!file.startsWith(root) || !existsSync(file)) {
    response.writeHead(404).end()
    return
  }
  response.writeHead(200, {
    'content-type': types[extname(file)] ?? 'application/octet-stream',
    'content-security-policy': contentSecurityPolicy,
    'x-content-type-options': 'nosniff',
  })
  createReadStream(file).pipe(response)
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  let text = ''
  for await (const piece of request) text += String(piece)
  return text === '' ? undefined : JSON.parse(text)
}
