import type { FastifyInstance } from 'fastify'
import { HttpProblem } from './problem.ts'
import { fullPath, type Method, type Route } from './route.ts'

/** HEAD comes with GET. */
const otherMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const

/** Every other method at a known address: 405 with Allow (RFC 9110 section 15.5.6). */
export function registerRefusals(app: FastifyInstance, routes: readonly Route[]): void {
  const byPath = new Map<string, Method[]>()
  for (const route of routes) {
    byPath.set(fullPath(route), [...(byPath.get(fullPath(route)) ?? []), route.method])
  }
  for (const [url, allowed] of byPath) {
    app.route({
      method: otherMethods.filter((method) => !(allowed as string[]).includes(method)),
      url,
      exposeHeadRoute: !(allowed as string[]).includes('GET'),
      handler: (request) => {
        throw new HttpProblem(405, `${request.method} is not possible here, only ${allowed.join(', ')}.`, {
          headers: { allow: allowed.join(', ') },
        })
      },
    })
  }
}
