import { maxHeaderSize } from 'node:http'
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify'
import type { Caller, Need } from './authorize.ts'
import type { HttpOptions } from './http-options.ts'
import { HttpProblem, problemBody, toProblem } from './problem.ts'
import { apiPrefix, fullPath, needOf, type Route } from './route.ts'
import { securityHeaders } from './security-headers.ts'
import { createAjv } from './validators.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the caller must be allowed to do; undefined answers everyone. */
    need?: Need | 'account' | undefined
    oneTenant?: Route['oneTenant'] | undefined
  }
  interface FastifyRequest {
    caller: Caller | undefined
  }
}

const bodyLimit = 64 * 1024
const retryLater = { 'retry-after': '5' }

function answerProblem(reply: FastifyReply, problem: HttpProblem): FastifyReply {
  return reply
    .code(problem.status)
    .headers({ ...securityHeaders, ...problem.headers })
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(problemBody(problem.status, problem.message, problem.errors)))
}

/** Answers every failure as a problem (RFC 9457) and reads no form; routes and guards are still to come. */
export function createApp({
  log,
  publicUrl,
  whyUnavailable,
}: Pick<HttpOptions, 'log' | 'publicUrl' | 'whyUnavailable'>): FastifyInstance {
  const app = Fastify({
    logger: false,
    // Behind a proxy on this machine everybody would be at one address, and one who guesses would lock all out.
    trustProxy: publicUrl === undefined ? false : 'loopback',
    bodyLimit,
    requestTimeout: 30_000,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 400 },
    // Addresses that cannot be read at all pass no hook and no error handler.
    frameworkErrors: (error, _request, reply) => {
      answerProblem(reply, toProblem(error) ?? new HttpProblem(400, 'The address cannot be read.'))
    },
    // What the parser refuses never becomes a request; it still gets an answer in our form.
    clientErrorHandler: (error, socket) => {
      if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
      const [status, reason] =
        error.code === 'HPE_HEADER_OVERFLOW'
          ? ([431, `The header fields may have at most ${maxHeaderSize} bytes.`] as const)
          : ([400, 'This is not a valid HTTP request.'] as const)
      const body = JSON.stringify(problemBody(status, reason))
      socket.end(
        `HTTP/1.1 ${status} Refused\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
      )
    },
  })
  // A form that a foreign page can send without asking is no way in.
  app.removeContentTypeParser('text/plain')
  const lenient = createAjv(true)
  const strict = createAjv(false)
  app.setValidatorCompiler(({ schema, httpPart }) =>
    (httpPart === 'body' ? strict : lenient).compile(schema as object),
  )
  app.setErrorHandler((error, request, reply) => {
    const known = toProblem(error)
    const reason = known ? undefined : whyUnavailable?.(error)
    const about = { route: request.routeOptions.url, method: request.method, error }
    if (reason !== undefined) log.warn('A request could not be answered for now.', about)
    else if (!known) log.error('A request failed unexpectedly.', about)
    const later = reason === undefined ? undefined : new HttpProblem(503, reason, { headers: retryLater })
    return answerProblem(
      reply,
      known ?? later ?? new HttpProblem(500, 'Something unexpected happened. The log of the hub says more.'),
    )
  })
  app.setNotFoundHandler((_request, reply) =>
    answerProblem(
      reply,
      new HttpProblem(404, `There is nothing here. The API is at ${apiPrefix}/openapi.json.`),
    ),
  )
  return app
}

export function registerRoute(app: FastifyInstance, route: Route): void {
  const { params, query, body } = route
  app.route({
    method: route.method,
    url: fullPath(route),
    config: { need: needOf(route), oneTenant: route.oneTenant },
    ...(route.bodyLimit !== undefined && { bodyLimit: route.bodyLimit }),
    schema: {
      ...(params ? { params } : {}),
      ...(query ? { querystring: query } : {}),
      ...(body ? { body } : {}),
    },
    handler: (request, reply) => route.handle(request, reply),
  })
}
