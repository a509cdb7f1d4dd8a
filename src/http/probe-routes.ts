import Type from 'typebox'
import type { Caller } from './authorize.ts'
import { HttpProblem } from './problem.ts'
import type { Route, RouteContext } from './route.ts'

export interface ProbeContext extends Pick<RouteContext, 'hub'> {
  readonly metrics: (() => Promise<string>) | undefined
  /** Whether to tell this caller why the hub is not ready; undefined for one who showed no valid token. */
  identify(authorization: string | undefined): Caller | undefined
}

const readySchema = Type.Object({
  ready: Type.Boolean(),
  reasons: Type.Array(Type.String(), {
    description: 'What is waited for; empty for callers without a token.',
  }),
})

/** /livez, /readyz and /metrics, at the root as their users expect. */
export function createProbeRoutes({ hub, metrics, identify }: ProbeContext): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/livez',
      absolute: true,
      operationId: 'live',
      summary: 'Whether the process answers',
      scope: undefined,
      answers: { 200: { description: 'It does.', schema: Type.Object({ live: Type.Literal(true) }) } },
      handle: () => ({ live: true }),
    },
    {
      method: 'GET',
      path: '/readyz',
      absolute: true,
      operationId: 'ready',
      summary: 'Whether every connector was heard and the hub does its work',
      scope: undefined,
      answers: {
        200: { description: 'Ready.', schema: readySchema },
        503: { description: 'Not yet, or no longer.', schema: readySchema },
      },
      handle: (request, reply) => {
        const { ready, reasons } = hub.ready()
        const trusted = identify(request.headers.authorization) !== undefined
        return reply.code(ready ? 200 : 503).send({ ready, reasons: trusted ? reasons : [] })
      },
    },
    {
      method: 'GET',
      path: '/metrics',
      absolute: true,
      operationId: 'metrics',
      summary: 'Figures for Prometheus',
      scope: 'read',
      answers: {
        200: { description: 'Text exposition format.', schema: Type.String(), mediaType: 'text/plain' },
      },
      handle: async (_request, reply) => {
        if (!metrics) throw new HttpProblem(404, 'This hub keeps no metrics.')
        return reply.type('text/plain; version=0.0.4; charset=utf-8').send(await metrics())
      },
    },
  ]
}
