import Type, { type Static } from 'typebox'
import type { HistoryPort, PoliciesView } from '../core/history-port.ts'
import { createAuditRoutes } from './audit-routes.ts'
import { eraseSchema, personDataSchema, policiesSchema } from './history-schemas.ts'
import {
  noSuchPerson,
  type PersonParams,
  personParams,
  type TenantQuery,
  tenantQuery,
} from './people-routes.ts'
import { HttpProblem } from './problem.ts'
import type { Route, Seen } from './route.ts'
import { whoAsks } from './who.ts'

const rollbackBody = Type.Object(
  {
    tenant: Type.Optional(Type.String({ maxLength: 64 })),
    version: Type.Integer({ minimum: 1 }),
    comment: Type.String({ minLength: 1, maxLength: 1000, description: 'Why, for whoever reads it later.' }),
  },
  { additionalProperties: false, title: 'Rollback' },
)

const unpinBody = Type.Object(
  {
    tenant: Type.Optional(Type.String({ maxLength: 64 })),
    comment: Type.String({ default: '', maxLength: 1000 }),
  },
  { additionalProperties: false, title: 'Unpin' },
)

const versionParams = Type.Object({
  version: Type.Integer({ minimum: 1, description: 'Number of a version.' }),
})

/** What is stored about a person, versions of the rules, and the audit log. */
export function createHistoryRoutes(historyOf: Seen<HistoryPort>): readonly Route[] {
  return [...dataRoutes(historyOf), ...policyRoutes(historyOf), ...createAuditRoutes(historyOf)]
}

function dataRoutes(historyOf: Seen<HistoryPort>): readonly Route[] {
  const common = {
    path: '/people/:key/data',
    scope: 'admin',
    about: 'people',
    self: true,
    params: { ...personParams },
    query: { ...tenantQuery },
  } as const
  return [
    {
      ...common,
      method: 'GET',
      operationId: 'exportPerson',
      summary: 'Everything that is stored about a person',
      description: 'Noted in the audit log.',
      answers: { 200: { description: 'The data.', schema: personDataSchema } },
      handle: async (request) => {
        const { key } = request.params as PersonParams
        const { tenant } = request.query as TenantQuery
        const data = await historyOf(request).personData({ key, tenant, who: whoAsks(request) })
        if (!data) throw noSuchPerson(key)
        return data
      },
    },
    {
      ...common,
      method: 'DELETE',
      operationId: 'erasePerson',
      summary: 'Erase the past of a person: history and closed writes',
      description:
        'The present state, and writes that may still be there, stay until the person is taken out: without them nothing could be taken back. Noted in the audit log.',
      answers: { 200: { description: 'What was erased, and what stays.', schema: eraseSchema } },
      handle: async (request) => {
        const { key } = request.params as PersonParams
        const { tenant } = request.query as TenantQuery
        const report = await historyOf(request).erase({ key, tenant, who: whoAsks(request) })
        if (!report) throw noSuchPerson(key)
        return report
      },
    },
  ]
}

function policyRoutes(historyOf: Seen<HistoryPort>): readonly Route[] {
  const done = { 200: { description: 'The versions.', schema: policiesSchema } }
  return [
    {
      method: 'GET',
      path: '/policies',
      operationId: 'listPolicies',
      summary: 'Versions of the rules, and which are in force',
      scope: 'read',
      about: 'tenant',
      query: { ...tenantQuery },
      answers: {
        200: {
          description: 'By tenant.',
          schema: Type.Object({ policies: Type.Array(policiesSchema) }),
        },
      },
      handle: (request) => ({ policies: historyOf(request).policies((request.query as TenantQuery).tenant) }),
    },
    {
      method: 'GET',
      path: '/policies/:version',
      operationId: 'readPolicy',
      summary: 'The rules of one version',
      scope: 'admin',
      about: 'tenant',
      oneTenant: true,
      params: { ...versionParams },
      query: { ...tenantQuery },
      answers: { 200: { description: 'The rules.', schema: Type.Object({}) } },
      handle: (request) => {
        const { version } = request.params as Static<typeof versionParams>
        const policy = historyOf(request).policy(version, (request.query as TenantQuery).tenant)
        if (policy === undefined) throw new HttpProblem(404, `There is no version ${version} of the rules.`)
        return policy
      },
    },
    {
      method: 'POST',
      path: '/policies/rollback',
      operationId: 'rollBackPolicy',
      summary: 'Put an earlier version of the rules in force',
      description: 'It stays in force over restarts and changes of the configuration, until it is unpinned.',
      scope: 'admin',
      about: 'tenant',
      oneTenant: true,
      body: { ...rollbackBody },
      answers: done,
      handle: async (request) => {
        const wish = request.body as Static<typeof rollbackBody>
        return orProblem(await historyOf(request).rollback({ ...wish, who: whoAsks(request) }))
      },
    },
    {
      method: 'POST',
      path: '/policies/unpin',
      operationId: 'unpinPolicy',
      summary: 'Back to the rules of the configuration',
      scope: 'admin',
      about: 'tenant',
      oneTenant: true,
      body: { ...unpinBody },
      answers: done,
      handle: async (request) => {
        const wish = request.body as Static<typeof unpinBody>
        return orProblem(await historyOf(request).unpin({ ...wish, who: whoAsks(request) }))
      },
    },
  ]
}

function orProblem(answer: PoliciesView | { readonly none: string }): PoliciesView {
  if ('none' in answer) throw new HttpProblem(404, answer.none)
  return answer
}
