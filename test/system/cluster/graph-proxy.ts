import { once } from 'node:events'
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { Write } from './oracle/writes.ts'

/** A request on its way. */
interface Passing {
  readonly method: string
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

/** Stands between one hub and Graph: notes every write, and can be slow. */
export interface GraphProxy {
  readonly url: string
  readonly writes: readonly Write[]
  /** Every request waits so long before it goes on, milliseconds. */
  slowMs: number
  /** The next writes that are asked for here go on only so much later, whatever becomes of whoever asked; told when all are held. */
  holdNext(ms: number, count?: number): Promise<readonly Held[]>
  close(): Promise<void>
}

export interface Held {
  readonly write: Write
  /** Graph has it. */
  readonly delivered: Promise<unknown>
}

const writePath = /\/users\/([^/]+)\/presence\/(?:microsoft\.graph\.)?(\w+)$/

export async function startGraphProxy(node: string, graphUrl: string): Promise<GraphProxy> {
  const writes: Write[] = []
  const agent = new Agent({ keepAlive: true, maxSockets: 50 })
  let catching: { ms: number; left: number; caught: (held: Held) => void } | undefined
  const forward = ({ method, path, headers, body }: Passing) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const out = request(`${graphUrl}${path}`, { agent, method, headers }, resolve)
      out.once('error', reject)
      out.end(body)
    })
  const pass = async (incoming: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk as Buffer)
    const { method = 'GET', url: path = '/', headers } = incoming
    const passing = { method, path, headers, body: Buffer.concat(chunks) }
    const write = writeOf(node, passing)
    if (proxy.slowMs > 0) await wait(proxy.slowMs)
    let sent: Promise<IncomingMessage>
    if (write) writes.push(write)
    if (write && catching) {
      const { ms, caught } = catching
      catching.left -= 1
      if (catching.left === 0) catching = undefined
      sent = wait(ms).then(() => forward(passing))
      caught({ write, delivered: sent.then((answer) => answer.resume()) })
    } else sent = forward(passing)
    const answer = await sent
    if (response.destroyed) return void answer.resume()
    if (write) write.answered = answer.statusCode
    response.writeHead(answer.statusCode!, answer.headers)
    answer.pipe(response)
  }
  const proxy: GraphProxy = {
    url: '',
    writes,
    slowMs: 0,
    holdNext: (ms, count = 1) =>
      new Promise((resolve) => {
        const held: Held[] = []
        const caught = (one: Held) => {
          if (held.push(one) === count) resolve(held)
        }
        catching = { ms, left: count, caught }
      }),
    async close() {
      server.closeAllConnections()
      agent.destroy()
      server.close()
      await once(server, 'close')
    },
  }
  // Whoever asked has gone, or Graph has: either way the connection ends, as on a real way.
  const server = createServer((incoming, response) => {
    pass(incoming, response).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return Object.assign(proxy, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
}

function writeOf(node: string, { method, path, body }: Passing): Write | undefined {
  const [, user, what] = writePath.exec(path) ?? []
  if (method !== 'POST' || user === undefined || what === undefined) return undefined
  return { at: performance.now(), node, user, what, body: body.toString('utf8'), answered: undefined }
}
