import Type, { type Static } from 'typebox'
import type { PersonView } from '../core/view.ts'
import { HttpProblem } from './problem.ts'
import type { Route, RouteContext } from './route.ts'
import { explainSchema, personSchema } from './view-schemas.ts'

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

function matches(person: PersonView, text: string): boolean {
  return (
    person.displayName.toLowerCase().includes(text) ||
    person.upn.toLowerCase().includes(text) ||
    person.systems.some(({ addresses }) => addresses.some((address) => address.toLowerCase().includes(text)))
  )
}

function nextPage(query: Static<typeof listQuery>): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) parameters.set(name, String(value))
  parameters.set('offset', String(query.offset + query.limit))
  return `/api/v1/people?${parameters}`
}

/** GET /people, /people/{key}, /people/{key}/explain. */
export function createPeopleRoutes({ hub }: RouteContext): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/people',
      operationId: 'listPeople',
      summary: 'Everyone, with what each system says of them and what was written there',
      scope: 'read',
      query: { ...listQuery },
      answers: { 200: { description: 'One page.', schema: pageSchema } },
      handle: (request) => {
        const query = request.query as Static<typeof listQuery>
        const text = query.text?.toLowerCase()
        const all = hub.people(query.tenant)
        const found = text === undefined ? all : all.filter((person) => matches(person, text))
        const end = query.offset + query.limit
        const page = { people: found.slice(query.offset, end), total: found.length, offset: query.offset }
        return end < found.length ? { ...page, next: nextPage(query) } : page
      },
    },
    {
      method: 'GET',
      path: '/people/:key',
      operationId: 'readPerson',
      summary: 'One person',
      scope: 'read',
      params: { ...personParams },
      query: { ...tenantQuery },
      answers: { 200: { description: 'The person.', schema: personSchema } },
      handle: (request) => {
        const { key } = request.params as PersonParams
        const person = hub.person(key, (request.query as TenantQuery).tenant)
        if (!person) throw noSuchPerson(key)
        return person
      },
    },
    {
      method: 'GET',
      path: '/people/:key/explain',
      operationId: 'explainPerson',
      summary: 'Why a person is shown as they are: inputs, rules, what lost and why, what was written',
      scope: 'read',
      params: { ...personParams },
      query: { ...tenantQuery },
      answers: { 200: { description: 'The explanation.', schema: explainSchema } },
      handle: async (request) => {
        const { key } = request.params as PersonParams
        const explanation = await hub.explain(key, (request.query as TenantQuery).tenant)
        if (!explanation) throw noSuchPerson(key)
        return explanation
      },
    },
  ]
}
