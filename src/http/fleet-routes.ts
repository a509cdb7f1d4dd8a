import type { FastifyRequest } from 'fastify'
import Type from 'typebox'
import type { AlertPort } from '../core/alert.ts'
import { viewFleet } from '../core/fleet.ts'
import type { Route, RouteContext, Seen } from './route.ts'
import type { SeenConsent } from './within-consent.ts'

export interface FleetContext extends Pick<RouteContext, 'hub' | 'history'> {
  readonly alerts: Seen<AlertPort> | undefined
  readonly consent: Seen<SeenConsent> | undefined
}

const rowSchema = Type.Object({
  tenant: Type.String(),
  condition: Type.Enum(['broken', 'attention', 'fine']),
  people: Type.Integer({ description: 'People whose presence is kept.' }),
  connectors: Type.Object({ all: Type.Integer(), down: Type.Integer(), degraded: Type.Integer() }),
  unmatched: Type.Integer({ description: 'People and phones that could not be matched.' }),
  openItems: Type.Integer({ description: 'Action items that nobody has done.' }),
  rules: Type.Optional(Type.Integer({ description: 'Version of the rules in force.' })),
  reasons: Type.Array(Type.String(), { description: 'What is wrong, the weightiest first; at most five.' }),
})

/** GET /fleet: for whoever runs the hub for many. */
export function createFleetRoutes(context: FleetContext): readonly Route[] {
  return [
    {
      ...{ method: 'GET', path: '/fleet', operationId: 'readFleet', scope: 'read' },
      summary: 'Every tenant with how it stands, those with problems first',
      answers: {
        200: {
          description: 'The tenants.',
          schema: Type.Object({ tenants: Type.Array(rowSchema) }, { title: 'Fleet' }),
        },
      },
      handle: async (request) => ({ tenants: await readFleet(context, request) }),
    },
  ]
}

async function readFleet({ hub, history, alerts, consent }: FleetContext, request: FastifyRequest) {
  const connectors = hub(request).connectors()
  const policies = history?.(request).policies() ?? []
  const people = new Map<string, number>()
  for (const { tenant } of hub(request).present()) people.set(tenant, (people.get(tenant) ?? 0) + 1)
  const items = (await consent?.(request).actionItems()) ?? []
  const named = [...connectors, ...policies, ...items].map(({ tenant }) => tenant)
  return viewFleet({
    tenants: [...new Set([...named, ...people.keys()])],
    ...{ people, connectors, items },
    alerts: alerts?.(request).current() ?? [],
    rules: new Map(policies.map(({ tenant, inForce }) => [tenant, inForce])),
  })
}
