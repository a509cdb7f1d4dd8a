import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { requireSameOrigin } from './origin.ts'
import { HttpProblem } from './problem.ts'

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
const patienceMs = 10_000

/**
 * Passes /lab/* on to the lab's control API, so that the demo's page needs one origin only. JSON in and out; calls
 * from the pages of other sites are refused.
 */
export function registerLabProxy(app: FastifyInstance, labUrl: string): void {
  async function pass(request: FastifyRequest, reply: FastifyReply) {
    requireSameOrigin(request.headers)
    const target = new URL(request.url, labUrl)
    if (!target.pathname.startsWith('/lab/')) throw new HttpProblem(404, 'The lab has no such address.')
    const init: RequestInit = {
      method: request.method,
      headers: { 'content-type': 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(patienceMs),
    }
    if (request.method !== 'GET' && request.body !== undefined) init.body = JSON.stringify(request.body)
    let answer: Response
    let text: string
    try {
      answer = await fetch(target, init)
      text = await answer.text()
    } catch {
      throw new HttpProblem(502, 'The lab does not answer. Is it still running?')
    }
    const type = answer.headers.get('content-type') ?? ''
    const isJson = /^application\/(problem\+)?json\b/.test(type)
    if (text !== '' && !isJson)
      throw new HttpProblem(502, 'The lab answered with something that is not JSON.')
    if (text !== '') reply.type(type)
    return reply.code(answer.status).send(text)
  }
  app.route({ method: [...methods], url: '/lab/*', config: { need: { scope: 'admin' } }, handler: pass })
}

/** Without a lab the board's question is answered with nothing, so that no browser reports a missing address. */
export function registerNoLab(app: FastifyInstance): void {
  app.get('/lab/state', { config: { need: { scope: 'admin' } } }, async (_request, reply) =>
    reply.code(204).send(),
  )
}
