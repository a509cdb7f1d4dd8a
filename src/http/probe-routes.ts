import Type from 'typebox'
import type { HubPort } from '../core/view.ts'
import type { Caller } from './authorize.ts'
import { HttpProblem } from './problem.ts'
import type { Route } from './route.ts'

export interface ProbeContext {
  readonly hub: Pick<HubPort, 'ready'>
  readonly metrics: (() => Promise<string>) | undefined
  /** Who asks; undefined for one who showed no valid token. */
  identify(authorization: string | undefined): Caller | undefined
}

const readySchema = Type.Object({
  ready: Type.Boolean(),
  waitingFor: Type.Array(Type.String(), {
    description: 'Kinds of system that were not heard: collaboration, pbx, crm, signal.',
  }),
  reasons: Type.Optional(
    Type.Array(Type.String(), {
      description: 'Which systems, and why; for callers with a token that may read.',
    }),
  ),
})

/**
 * Reasons name systems of every tenant. Who sends nothing is told nothing, also where the hub has no tokens: probes are passed on to the
 * outside.
 */
function mayRead(authorization: string | undefined, identify: ProbeContext['identify']): boolean {
  const caller = authorization === undefined ? undefined : identify(authorization)
  if (!caller || caller.reach) return false
  return caller.scopes.some((scope) => scope === 'read' || scope === 'admin')
}

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
        const { ready, waitingFor, reasons } = hub.ready()
        const told = mayRead(request.headers.authorization, identify) ? { reasons } : {}
        return reply.code(ready ? 200 : 503).send({ ready, waitingFor, ...told })
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
