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
    const own = writesOf(node, passing)
    if (proxy.slowMs > 0) await wait(proxy.slowMs)
    let sent: Promise<IncomingMessage>
    writes.push(...own)
    if (own.length > 0 && catching) {
      const { ms, caught } = catching
      catching.left -= own.length
      if (catching.left <= 0) catching = undefined
      sent = wait(ms).then(() => forward(passing))
      const delivered = sent.then((answer) => answer.resume())
      for (const write of own) caught({ write, delivered })
    } else sent = forward(passing)
    const answer = await sent
    if (response.destroyed) return void answer.resume()
    const answered: Buffer[] = []
    for await (const chunk of answer) answered.push(chunk as Buffer)
    const text = Buffer.concat(answered)
    noteAnswers(own, answer.statusCode!, { isBatch: isBatch(path), text: text.toString('utf8') })
    response.writeHead(answer.statusCode!, answer.headers)
    response.end(text)
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

/** What a request asks Graph to write: a write by itself, or those of a batch in their order. */
function writesOf(node: string, passing: Passing): Write[] {
  const { method, path, body } = passing
  if (method !== 'POST') return []
  if (!isBatch(path)) return writeOf(node, { path, body: body.toString('utf8') })
  const { requests } = JSON.parse(body.toString('utf8')) as { requests: readonly BatchPart[] }
  return requests.flatMap((part) =>
    writeOf(node, { path: part.url, body: JSON.stringify(part.body), part: part.id }),
  )
}

interface BatchPart {
  readonly id: string
  readonly url: string
  readonly body: unknown
}

/** A write that came as a part of a batch bears the part's id. */
type Noted = Write & { readonly part?: string }

const isBatch = (path: string) => path.endsWith('/$batch')

/** None for any other request; `part`: its id in a batch. */
function writeOf(
  node: string,
  { path, body, part }: { readonly path: string; readonly body: string; readonly part?: string },
): Noted[] {
  const [, user, what] = writePath.exec(path) ?? []
  if (user === undefined || what === undefined) return []
  const write = { at: performance.now(), node, user, what, body, answered: undefined }
  return [{ ...write, ...(part !== undefined && { part }) }]
}

function noteAnswers(
  writes: readonly Noted[],
  status: number,
  { isBatch, text }: { readonly isBatch: boolean; readonly text: string },
): void {
  const parts = isBatch && status === 200 ? (JSON.parse(text) as Responses).responses : undefined
  for (const write of writes) {
    write.answered = parts ? parts.find(({ id }) => id === write.part)?.status : status
  }
}

interface Responses {
  readonly responses: readonly { readonly id: string; readonly status: number }[]
}
