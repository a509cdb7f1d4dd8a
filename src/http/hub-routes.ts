import Type, { type Static } from 'typebox'
import type { ReleaseReport } from '../core/view.ts'
import { noSuchPerson, type TenantQuery, tenantQuery } from './people-routes.ts'
import { HttpProblem } from './problem.ts'
import type { Route, RouteContext } from './route.ts'
import { connectorViewSchema, releaseSchema } from './view-schemas.ts'
import { whoAsks } from './who.ts'

const releaseBody = Type.Object(
  {
    person: Type.Optional(
      Type.String({ minLength: 1, maxLength: 320, description: 'Id or UPN; or say `all`.' }),
    ),
    all: Type.Optional(Type.Literal(true, { description: 'Everyone of the tenant, or of all tenants.' })),
    tenant: Type.Optional(Type.String({ maxLength: 64 })),
  },
  {
    additionalProperties: false,
    minProperties: 1,
    oneOf: [{ required: ['person'] }, { required: ['all'] }],
    title: 'What to release',
  },
)

const resyncParams = Type.Object({
  tenant: Type.String({ minLength: 1, maxLength: 64, description: 'Id of the tenant.' }),
  connector: Type.String({ minLength: 1, maxLength: 64, description: 'Id of the connector.' }),
})

/** What callers see of a ledger row: whom and where, not how the ledger keeps it. */
export function describeRelease(
  { released, remaining }: ReleaseReport,
  tenants?: readonly string[],
): Static<typeof releaseSchema> {
  return {
    released: released.map(({ row, outcome }) => {
      const { tenant, presentity: person, connector, address, slot } = row
      const entry = { tenant, person, connector, address, slot, outcome: outcome.kind }
      return 'reason' in outcome ? { ...entry, reason: outcome.reason } : entry
    }),
    remaining,
    ...(tenants && { tenants: [...tenants] }),
  }
}

/** Connectors and POST /release. */
export function createHubRoutes({
  hub: hubOf,
  history: historyOf,
  configuration,
}: RouteContext): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/connectors',
      operationId: 'listConnectors',
      summary: 'Every connected system with its health and the people it could not match',
      scope: 'read',
      about: 'tenant',
      query: { ...tenantQuery },
      answers: {
        200: {
          description: 'The connectors.',
          schema: Type.Object({
            connectors: Type.Array(connectorViewSchema),
            tenants: Type.Optional(
              Type.Array(Type.String(), {
                description:
                  'Ids of the tenants, in the order of the configuration; left out where no audit log is kept.',
              }),
            ),
            rules: Type.Array(
              Type.Object({
                tenant: Type.String(),
                version: Type.Integer({ description: 'Of the rules in force.' }),
                pinned: Type.Boolean({
                  description: 'Put in force in the place of the configuration\u2019s.',
                }),
              }),
            ),
            configuration: Type.Optional(
              Type.Enum(['file', 'stored'], { description: 'Where it is kept: a file is only shown.' }),
            ),
          }),
        },
      },
      handle: (request) => {
        const { tenant } = request.query as TenantQuery
        const hub = hubOf(request)
        return {
          connectors: hub.connectors(tenant),
          ...(historyOf && { tenants: hub.tenants().filter((one) => (tenant ?? one) === one) }),
          rules: historyOf?.(request).inForce(tenant) ?? [],
          ...(configuration && { configuration }),
        }
      },
    },
    {
      method: 'POST',
      path: '/connectors/:tenant/:connector/resync',
      operationId: 'resyncConnector',
      summary: 'Have a connector read everything again that it follows',
      scope: 'admin',
      about: 'tenant',
      params: { ...resyncParams },
      answers: { 202: { description: 'It reads.', schema: Type.Object({}) } },
      handle: (request, reply) => {
        const { tenant, connector } = request.params as Static<typeof resyncParams>
        if (hubOf(request).resync(tenant, connector)) return reply.code(202).send({})
        throw new HttpProblem(404, `There is no connector "${connector}" in a tenant "${tenant}".`)
      },
    },
    {
      method: 'POST',
      path: '/release',
      operationId: 'release',
      summary: 'Withdraw what the hub wrote: for one person, or for everyone',
      scope: 'admin',
      about: 'tenant',
      body: { ...releaseBody },
      answers: { 200: { description: 'What was taken back.', schema: releaseSchema } },
      handle: async (request) => {
        const { person, tenant } = request.body as Static<typeof releaseBody>
        const hub = hubOf(request)
        const history = historyOf?.(request)
        const found = person === undefined ? undefined : hub.person(person, tenant)
        if (person !== undefined && !found) throw noSuchPerson(person)
        const tenants = history?.policies(found?.tenant ?? tenant).map((one) => one.tenant)
        for (const one of tenants ?? []) {
          const entry = { tenant: one, who: whoAsks(request), about: found?.id ?? '*', detail: '' }
          await history?.note({ ...entry, what: 'release' })
        }
        return describeRelease(await hub.release(person ?? 'all', tenant), tenants)
      },
    },
  ]
}
