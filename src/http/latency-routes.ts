import Type from 'typebox'
import { hops } from '../core/latency.ts'
import { type TenantQuery, tenantQuery } from './people-routes.ts'
import type { Route, Seen } from './route.ts'
import type { LatencyOf } from './within-duties.ts'

const milliseconds = Type.Optional(Type.Number({ description: 'Milliseconds; absent without a time.' }))

const figuresSchema = Type.Object(
  { count: Type.Integer(), p50: milliseconds, p95: milliseconds, max: milliseconds },
  { title: 'Figures', description: 'p50 and p95 are at most a fifth off; max is exact.' },
)

const linkSchema = Type.Object(
  {
    tenant: Type.String(),
    link: Type.String(),
    hops: Type.Array(
      Type.Object({
        hop: Type.Enum([...hops], {
          description:
            'received: from the time the source gives to the hub; decided: to the turn; sent: to the stored intent; acknowledged: to the answer; shown: to the first read that shows it; written and visible: the whole way to the answer and to that read.',
        }),
        hour: figuresSchema,
        day: figuresSchema,
      }),
    ),
    promiseMs: Type.Optional(Type.Number({ description: 'What the preset of the link promises.' })),
    kept: Type.Optional(
      Type.Boolean({ description: 'Whether 95 of 100 writes of the last day kept it; absent without any.' }),
    ),
  },
  { title: 'Latency of a link' },
)

/** GET /latency. */
export function createLatencyRoutes(latency: Seen<LatencyOf>): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/latency',
      operationId: 'readLatency',
      summary: 'How long changes take, by link and hop, over the last hour and day',
      description:
        'Counts since the hub began. Only writes that a change set off are measured, not refreshes.',
      scope: 'read',
      about: 'tenant',
      query: { ...tenantQuery },
      answers: {
        200: { description: 'The links.', schema: Type.Object({ links: Type.Array(linkSchema) }) },
      },
      handle: (request) => ({ links: latency(request)((request.query as TenantQuery).tenant) }),
    },
  ]
}
