import Type from 'typebox'
import { type EventStreams, mostStreams } from './event-stream.ts'
import { type TenantQuery, tenantQuery } from './people-routes.ts'
import { HttpProblem } from './problem.ts'
import type { Route } from './route.ts'
import { securityHeaders } from './security-headers.ts'

/** GET /events. */
export function createEventRoutes(streams: EventStreams): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/events',
      operationId: 'watchPeople',
      summary: 'Every change, as it happens (server-sent events)',
      description:
        'First everyone as `person` events, then `ready`, then a `person` event per change and `removed` with {tenant, id} for who has left. With `Last-Event-ID` of the same run only what changed since, and `ready` says {resumed: true}. A slow reader gets the newest states and is dropped when it takes nothing for 30 s.',
      scope: 'read',
      about: 'people',
      self: true,
      query: { ...tenantQuery },
      answers: {
        200: { description: 'The stream.', schema: Type.String(), mediaType: 'text/event-stream' },
      },
      handle: (request, reply) => {
        if (streams.count >= mostStreams) {
          throw new HttpProblem(503, `${mostStreams} event streams are open; no more are served.`, {
            headers: { 'retry-after': '30' },
          })
        }
        if (request.method === 'HEAD') return reply.type('text/event-stream').send()
        const { tenant } = request.query as TenantQuery
        const lastEventId = request.headers['last-event-id']
        reply.hijack()
        reply.raw.writeHead(200, {
          ...securityHeaders,
          'content-type': 'text/event-stream; charset=utf-8',
          'cache-control': 'no-store',
          // Asks a reverse proxy such as nginx not to collect the stream before passing it on.
          'x-accel-buffering': 'no',
        })
        streams.open(reply.raw, {
          ...(tenant === undefined ? {} : { tenant }),
          ...(typeof lastEventId === 'string' ? { lastEventId } : {}),
          caller: request.caller,
        })
      },
    },
  ]
}
