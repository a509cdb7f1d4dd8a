import Type, { type Static } from 'typebox'
import type { AuditQuery } from '../core/history.ts'
import type { HistoryPort, PoliciesView } from '../core/history-port.ts'
import { auditRowSchema, eraseSchema, personDataSchema, policiesSchema } from './history-schemas.ts'
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

const auditQuery = Type.Object({
  tenant: Type.Optional(
    Type.String({ maxLength: 64, description: 'Id of the tenant; the only one without.' }),
  ),
  about: Type.Optional(Type.String({ maxLength: 320, description: 'Id of a person.' })),
  who: Type.Optional(Type.String({ maxLength: 320 })),
  what: Type.Optional(Type.String({ maxLength: 64, description: 'For example history.read.' })),
  from: Type.Optional(Type.Integer({ minimum: 0, description: 'Milliseconds since 1970.' })),
  to: Type.Optional(Type.Integer({ minimum: 0, description: 'Milliseconds since 1970.' })),
  before: Type.Optional(
    Type.String({ pattern: '^\\d+ .+$', maxLength: 200, description: '`next` of the page before.' }),
  ),
  limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100, description: 'How many at most.' }),
})

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
  return [...dataRoutes(historyOf), ...policyRoutes(historyOf), auditRoute(historyOf)]
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

function auditRoute(historyOf: Seen<HistoryPort>): Route {
  return {
    method: 'GET',
    path: '/audit',
    operationId: 'readAudit',
    summary: 'Who looked at or changed what, newest first',
    scope: 'admin',
    about: 'tenant',
    query: { ...auditQuery },
    answers: {
      200: {
        description: 'One page.',
        schema: Type.Object({
          entries: Type.Array(auditRowSchema),
          next: Type.Optional(
            Type.String({ description: 'For `before` of the next page; absent on the last.' }),
          ),
        }),
      },
    },
    handle: async (request) => {
      const { before, tenant, ...query } = request.query as Static<typeof auditQuery>
      const history = historyOf(request)
      const tenants = history.policies().map((one) => one.tenant)
      const only = tenants.length === 1 ? tenants[0] : undefined
      const owner = tenant ?? only
      if (owner === undefined)
        throw new HttpProblem(400, 'There are several tenants: say which, with ?tenant=.')
      const asked: AuditQuery = { ...query, tenant: owner, ...(before && { before: placeOf(before) }) }
      const entries = await history.audit(asked)
      const last = entries.at(-1)
      return entries.length === query.limit && last ? { entries, next: `${last.at} ${last.id}` } : { entries }
    },
  }
}

function placeOf(text: string): { readonly at: number; readonly id: string } {
  const space = text.indexOf(' ')
  return { at: Number(text.slice(0, space)), id: text.slice(space + 1) }
}
