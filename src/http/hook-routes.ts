import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Delivery, DeliveryAnswer, ProgramSocket } from '../core/connector.ts'
import type { Log } from '../core/ports.ts'
import { HttpProblem } from './problem.ts'

/** Where systems deliver to connector instances: `/hooks/{tenant}/{connector}/...`. */
export const hooksPrefix = '/hooks'

/** Finds the connector instance; both answer undefined where none takes such a thing. */
export interface DeliveryPort {
  receive(tenant: string, connector: string, delivery: Delivery): Promise<DeliveryAnswer> | undefined
  /** How to hand over a socket, before it is accepted. */
  accept(tenant: string, connector: string): ((socket: ProgramSocket) => void) | undefined
}

const deliveryLimit = 1024 * 1024
const frameLimit = 256 * 1024
/** A program that does not read loses its connection instead of our memory. */
const unsentLimit = 1024 * 1024

interface HookParams {
  readonly tenant: string
  readonly connector: string
  readonly '*': string
}

function firstOf(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): Record<string, string> {
  const found: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    const first = typeof value === 'string' ? value : value?.[0]
    if (first !== undefined) found[name] = first
  }
  return found
}

function toDelivery(request: FastifyRequest): Delivery {
  const url = new URL(request.url, 'http://hub')
  return {
    method: request.method as Delivery['method'],
    path: (request.params as HookParams)['*'] ?? '',
    query: Object.fromEntries(url.searchParams),
    headers: firstOf(request.headers),
    body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
  }
}

/**
 * Deliveries reach a connector unread and unauthenticated: only it knows its system's signature. Whoever is unknown
 * here learns nothing about which tenants and connectors there are.
 */
export async function registerHooks(app: FastifyInstance, port: DeliveryPort): Promise<void> {
  await app.register(async (hooks) => {
    hooks.removeAllContentTypeParsers()
    hooks.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: deliveryLimit }, (_request, body, done) =>
      done(null, body),
    )
    const handler = async (request: FastifyRequest, reply: import('fastify').FastifyReply) => {
      const { tenant, connector } = request.params as HookParams
      const answer = await port.receive(tenant, connector, toDelivery(request))
      if (!answer) throw new HttpProblem(404, 'Nothing is delivered at this address.')
      return reply
        .code(answer.status)
        .headers({ ...answer.headers })
        .send(answer.body ?? '')
    }
    for (const url of [`${hooksPrefix}/:tenant/:connector`, `${hooksPrefix}/:tenant/:connector/*`]) {
      hooks.route({ method: ['GET', 'POST', 'PUT'], url, exposeHeadRoute: false, handler })
    }
  })
}

function toProgramSocket(socket: WebSocket, request: ProgramSocket['request']): ProgramSocket {
  return {
    request,
    send(text) {
      if (socket.bufferedAmount > unsentLimit) socket.terminate()
      else if (socket.readyState === socket.OPEN) socket.send(text)
    },
    close: (code, reason) => socket.close(code, reason),
    listen({ heard, ended }) {
      socket.on('message', (data, isBinary) => {
        if (isBinary) socket.close(1003, 'text frames only')
        else heard(data.toString())
      })
      socket.once('close', ended)
    },
  }
}

function parseHookUrl(url: string | undefined) {
  const { pathname, searchParams } = new URL(url ?? '/', 'http://hub')
  const [, prefix, tenant, connector, ...rest] = pathname.split('/')
  if (`/${prefix}` !== hooksPrefix || !tenant || !connector) return undefined
  return { tenant, connector, path: rest.join('/'), query: Object.fromEntries(searchParams) }
}

/** Where sites of the hub come in. */
const sitePath = '/sites/link'

/** Who takes sockets. */
export interface SocketTakers {
  readonly deliveries?: DeliveryPort | undefined
  readonly acceptSite?: ((socket: ProgramSocket) => void) | undefined
}

function findTaker({ deliveries, acceptSite }: SocketTakers, url: string | undefined) {
  if (new URL(url ?? '/', 'http://hub').pathname === sitePath) {
    return acceptSite && { accept: acceptSite, path: '', query: {} }
  }
  const target = parseHookUrl(url)
  const accept = target && deliveries?.accept(target.tenant, target.connector)
  return accept && { ...target, accept }
}

/** WebSockets at the same addresses, and those of sites. Returns how to end them all. */
export function serveSockets(app: FastifyInstance, takers: SocketTakers, log: Log): () => void {
  const server = new WebSocketServer({ noServer: true, maxPayload: frameLimit, clientTracking: true })
  const refuse = (socket: Duplex) => {
    socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
  }
  app.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    const taker = findTaker(takers, request.url)
    if (!taker) return refuse(socket)
    server.handleUpgrade(request, socket, head, (opened) => {
      opened.on('error', (error) => log.debug('A program broke the WebSocket protocol.', { error }))
      const { path, query, accept } = taker
      accept(toProgramSocket(opened, { path, query, headers: firstOf(request.headers) }))
    })
  })
  return () => {
    for (const client of server.clients) client.close(1001, 'the hub is stopping')
    server.close()
  }
}
