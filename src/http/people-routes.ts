import type { FastifyRequest } from 'fastify'
import Type, { type Static } from 'typebox'
import type { HistoryPort, PastSubject } from '../core/history-port.ts'
import type { ExplainView } from '../core/view.ts'
import { HttpProblem } from './problem.ts'
import type { Route, RouteContext } from './route.ts'
import { explainSchema, personSchema } from './view-schemas.ts'
import { whoAsks } from './who.ts'

export const tenantQuery = Type.Object({
  tenant: Type.Optional(
    Type.String({ maxLength: 64, description: 'Id of the tenant; needed where several have such a person.' }),
  ),
})

export const personParams = Type.Object({
  key: Type.String({
    minLength: 1,
    maxLength: 320,
    description: 'Id or UPN of the person, any letter case.',
  }),
})

const listQuery = Type.Object({
  text: Type.Optional(
    Type.String({ maxLength: 200, description: 'Part of a name, UPN or address, any letter case.' }),
  ),
  tenant: Type.Optional(Type.String({ maxLength: 64, description: 'Id of a tenant.' })),
  offset: Type.Integer({ minimum: 0, default: 0, description: 'How many to pass over.' }),
  limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100, description: 'How many at most.' }),
})

const explainQuery = Type.Object({
  ...tenantQuery.properties,
  at: Type.Optional(
    Type.String({
      maxLength: 40,
      description:
        'A moment in the past: ISO 8601 (2026-11-20T09:30:00+01:00), or milliseconds since 1970. Needs a retention of history; noted in the audit log.',
    }),
  ),
})

const pageSchema = Type.Object({
  people: Type.Array(personSchema),
  total: Type.Integer({ description: 'How many match.' }),
  offset: Type.Integer(),
  next: Type.Optional(Type.String({ description: 'Address of the next page; absent on the last.' })),
})

export type PersonParams = Static<typeof personParams>
export type TenantQuery = Static<typeof tenantQuery>

export function noSuchPerson(key: string): HttpProblem {
  return new HttpProblem(404, `No person has the id or UPN "${key}".`)
}

/** @throws HttpProblem 400 for what is no moment. */
function readMoment(text: string): number {
  const at = /^\d{10,}$/.test(text) ? Number(text) : Date.parse(text.replace(/ (?=\d\d:\d\d$)/, '+'))
  if (Number.isSafeInteger(at)) return at
  throw new HttpProblem(
    400,
    `"${text}" is no moment: write 2026-11-20T09:30:00Z, or milliseconds since 1970.`,
  )
}

interface Asked extends PastSubject {
  readonly at: number
}

async function explainPast(history: HistoryPort | undefined, asked: Asked): Promise<ExplainView> {
  const { at, ...subject } = asked
  const told = await history?.explainAt(subject, at)
  if (!told) throw noSuchPerson(asked.key)
  if ('none' in told) throw new HttpProblem(404, told.none)
  return told
}

/** Who is hidden from the caller is nobody to them, whatever they ask. */
export function refuseHidden(
  { hub, veil }: Pick<RouteContext, 'hub' | 'veil'>,
  request: FastifyRequest,
): void {
  const { params, query, caller } = request
  const { key } = params as PersonParams
  const person = hub(request).person(key, (query as TenantQuery).tenant)
  if (person && veil.withholds(person, caller)) throw noSuchPerson(key)
}

function withRules(view: ExplainView | undefined, history: HistoryPort | undefined): ExplainView | undefined {
  const [policies] = (view && history?.policies(view.person.tenant)) ?? []
  if (!view || !policies) return view
  const { inForce: version, pinned } = policies
  const from = history?.keptFrom(view.person.tenant)
  return {
    ...view,
    rules: { version, ...(pinned && { pinned: true }) },
    ...(from !== undefined && { past: { from } }),
  }
}

function nextPage(query: Static<typeof listQuery>): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) parameters.set(name, String(value))
  parameters.set('offset', String(query.offset + query.limit))
  return `/api/v1/people?${parameters}`
}

/** GET /people, /people/{key}, /people/{key}/explain; POST /people/{key}/resync. */
export function createPeopleRoutes({ hub, veil, history }: RouteContext): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/people',
      operationId: 'listPeople',
      summary: 'Everyone, with what each system says of them and what was written there',
      scope: 'read',
      about: 'people',
      self: true,
      query: { ...listQuery },
      answers: { 200: { description: 'One page.', schema: pageSchema } },
      handle: (request) => {
        const query = request.query as Static<typeof listQuery>
        const { people: found, total } = hub(request).page({
          ...query,
          except: (person) => veil.withholds(person, request.caller),
        })
        const people = found.map((person) => veil.person(person, request.caller))
        const page = { people, total, offset: query.offset }
        return query.offset + query.limit < total ? { ...page, next: nextPage(query) } : page
      },
    },
    {
      method: 'GET',
      path: '/people/:key',
      operationId: 'readPerson',
      summary: 'One person',
      scope: 'read',
      about: 'people',
      self: true,
      params: { ...personParams },
      query: { ...tenantQuery },
      answers: { 200: { description: 'The person.', schema: personSchema } },
      handle: (request) => {
        const { key } = request.params as PersonParams
        const person = hub(request).person(key, (request.query as TenantQuery).tenant)
        if (!person || veil.withholds(person, request.caller)) throw noSuchPerson(key)
        return veil.person(person, request.caller)
      },
    },
    {
      method: 'GET',
      path: '/people/:key/explain',
      operationId: 'explainPerson',
      summary:
        'Why a person is shown as they are, or was: inputs, rules, what lost and why, what was written',
      scope: 'read',
      about: 'people',
      self: true,
      params: { ...personParams },
      query: { ...explainQuery },
      answers: { 200: { description: 'The explanation.', schema: explainSchema } },
      handle: async (request) => {
        const { key } = request.params as PersonParams
        const { tenant, at } = request.query as Static<typeof explainQuery>
        refuseHidden({ hub, veil }, request)
        const explanation =
          at === undefined
            ? withRules(await hub(request).explain(key, tenant), history?.(request))
            : await explainPast(history?.(request), {
                key,
                tenant,
                at: readMoment(at),
                who: whoAsks(request),
              })
        // Who has left is not found by name any more, and may be hidden all the same.
        if (!explanation || veil.withholds(explanation.person, request.caller)) throw noSuchPerson(key)
        return veil.explanation(explanation, request.caller)
      },
    },
    {
      method: 'POST',
      path: '/people/:key/resync',
      operationId: 'resyncPerson',
      summary: 'Have every system of a person read again what it says of them',
      scope: 'signal',
      about: 'people',
      self: true,
      params: { ...personParams },
      query: { ...tenantQuery },
      answers: { 202: { description: 'They read.', schema: Type.Object({}) } },
      handle: (request, reply) => {
        const { key } = request.params as PersonParams
        refuseHidden({ hub, veil }, request)
        if (hub(request).resyncPerson(key, (request.query as TenantQuery).tenant))
          return reply.code(202).send({})
        throw noSuchPerson(key)
      },
    },
  ]
}
