import { hash } from 'node:crypto'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { GraphCall, Visit } from '../../../src/lab/microsoft/world.ts'
import type { Contract } from './contract.ts'

/** Sent by tests that say wrong things to the emulated Graph; what it refuses of those may be anything. */
export const bareCaller = { 'x-bare-caller': 'test' } as const

const isBare = ({ headers }: Asked) => Object.keys(bareCaller).some((name) => headers[name])

/** What the emulated Graph serves without that presence's description knows it. */
const undescribed = /^\/(?:users(?:\/[^/]+)?|applications\(appId='[^']+'\))$/

/** A request, or a part of a batch. */
type Asked = GraphCall & { readonly headers: Readonly<Record<string, unknown>> }

interface Sent {
  readonly status: number
  readonly text: string
}

/** `microsoft.graph.setPresence` is the older spelling of `setPresence`. */
function pathOf(url: string): string {
  const [path = ''] = url.split('?')
  return path
    .replace(/^\/(?:v1\.0|beta)/, '')
    .replace('/microsoft.graph.', '/')
    .replace(/\/$/, '')
}

/** A fault may be told to answer with a status that no refusal has; that answer is the test's own. */
const isOnPurpose = ({ faults }: Visit) =>
  faults.some(({ kind, status = 500 }) => kind === 'status' && status < 400)

function parse(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    return text
  }
}

function problemsOfAnswer(contract: Contract, request: Asked, { status, text }: Sent): string[] {
  const path = pathOf(request.url)
  const json = parse(text)
  const template = contract.template(request.method, path)
  if (isBatch(request.url) && status < 400) return []
  if (template) return contract.response(request.method, template, { status, json })
  if (status >= 400) return contract.refusal(json)
  return undescribed.test(path) ? [] : ['the description has no such path']
}

function problemsOfRequest(contract: Contract, request: Asked, sent: Sent | undefined): string[] {
  const template = contract.template(request.method, pathOf(request.url))
  const refused = sent !== undefined && sent.status >= 400
  if (!template || (refused && isBare(request))) return []
  return contract.request(request.method, template, request.body)
}

interface BatchPart {
  readonly id: string
  readonly method: string
  readonly url: string
  readonly status: number
  readonly body?: unknown
}

const isBatch = (url: string) => /^\/(?:v1\.0|beta)\/\$batch$/.test(url)

/** The parts of a batch that was answered, each as an exchange of its own; $batch itself is in no description. */
function partsOf(request: Asked, { text }: Sent): { readonly part: Asked; readonly sent: Sent }[] {
  const { responses } = (parse(text) ?? {}) as { responses?: readonly BatchPart[] }
  const { requests } = request.body as { requests: readonly BatchPart[] }
  return (responses ?? []).map(({ id, status, body }) => {
    const { method, url, body: asked } = requests.find((one) => one.id === id)!
    const part = {
      ...{ method, url: url.replace(/^(?!\/)/, '/'), body: asked },
      headers: request.headers,
      visit: request.visit,
    }
    return { part, sent: { status, text: body === undefined ? '' : JSON.stringify(body) } }
  })
}

/** What is wrong with one exchange; `sent` is undefined before there is an answer. */
function problemsOf(contract: Contract, request: Asked, sent: Sent | undefined): string[] {
  const about = `${request.method} ${request.url}`
  const asked = problemsOfRequest(contract, request, sent).map((problem) => {
    const body = JSON.stringify(request.body)?.slice(0, 300)
    return `${about}, request: ${problem}; it is ${body}`
  })
  if (!sent || isOnPurpose(request.visit)) return asked
  const answered = problemsOfAnswer(contract, request, sent)
  return [
    ...asked,
    ...answered.map((one) => `${about}, answer ${sent.status}: ${one}; it is ${sent.text.slice(0, 300)}`),
  ]
}

/** Rounds of a hub repeat themselves: what was found good once needs no second look, which costs some milliseconds. */
function onceEach(look: (request: Asked, sent: Sent | undefined) => void): typeof look {
  const seen = new Set<string>()
  return (request, sent) => {
    const { method, url, body } = request
    const key = hash('sha1', `${method} ${url} ${JSON.stringify(body)} ${sent?.status} ${sent?.text}`)
    if (seen.has(key)) return
    seen.add(key)
    look(request, sent)
  }
}

/**
 * Compares every exchange with an emulated Graph that is started in this process from now on with the description,
 * and tells what is wrong. The lab does not know: its web server announces each of its kind to whoever listens.
 * Returns how to end it.
 */
export function watchGraph(load: () => Contract | undefined, tell: (problem: string) => void): () => void {
  const look = onceEach((request, sent) => {
    const contract = load()
    if (contract) for (const problem of problemsOf(contract, request, sent)) tell(problem)
  })
  const attach = (announced: unknown) => {
    const { fastify } = announced as { fastify: FastifyInstance }
    const isGraph = ({ visit }: FastifyRequest) => visit?.target === 'graph'
    // On arrival, because a fault may cut the connection instead of an answer.
    fastify.addHook('preHandler', async (request: FastifyRequest) => {
      if (isGraph(request) && !isBare(request)) look(request, undefined)
    })
    fastify.addHook('onSend', async (request: FastifyRequest, reply: FastifyReply, payload: unknown) => {
      if (!isGraph(request)) return payload
      const sent = { status: reply.statusCode, text: payload ? String(payload) : '' }
      look(request, sent)
      if (isBatch(request.url) && sent.status === 200)
        for (const one of partsOf(request, sent)) look(one.part, one.sent)
      return payload
    })
  }
  subscribe('fastify.initialization', attach)
  return () => unsubscribe('fastify.initialization', attach)
}
