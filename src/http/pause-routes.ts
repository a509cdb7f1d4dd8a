import Type, { type Static } from 'typebox'
import type { PauseAnswer, PausePort, PauseWish } from '../core/pause.ts'
import type { PersonView } from '../core/view.ts'
import {
  noSuchPerson,
  type PersonParams,
  personParams,
  type TenantQuery,
  tenantQuery,
} from './people-routes.ts'
import { HttpProblem } from './problem.ts'
import type { Route, Seen } from './route.ts'
import { personSchema } from './view-schemas.ts'

const maxMinutes = 366 * 24 * 60

const link = Type.Optional(
  Type.String({ minLength: 1, maxLength: 200, description: 'Id of a link; all where left out.' }),
)

const pauseBody = Type.Object(
  {
    minutes: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: maxMinutes })),
    until: Type.Optional(Type.Integer({ description: 'Milliseconds since 1970.' })),
    endOfDay: Type.Optional(Type.Literal(true, { description: "Until midnight in the tenant's time zone." })),
    link,
  },
  {
    additionalProperties: false,
    title: 'Pause',
    description: 'At most one of minutes, until and endOfDay; without any it lasts until switched on.',
  },
)

const resumeQuery = Type.Object({ ...tenantQuery.properties, link })

const addressParams = Type.Object({
  connector: Type.String({ minLength: 1, maxLength: 64, description: 'Id of the connector.' }),
  address: Type.String({ minLength: 1, maxLength: 320, description: 'Address there, such as an extension.' }),
})

const addressQuery = Type.Object({
  ...tenantQuery.properties,
  for: Type.Optional(
    Type.String({
      pattern: '^(day|off|[1-9][0-9]{0,5})$',
      description: 'Minutes, `day` until the end of the day, `off` ends it; without it until switched on.',
    }),
  ),
})

type AddressParams = Static<typeof addressParams>

function answer(result: PauseAnswer<PersonView>, who: string): PersonView {
  if ('person' in result) return result.person
  switch (result.refused) {
    case 'nobody':
      throw noSuchPerson(who)
    case 'several':
      throw new HttpProblem(400, `Several people are at ${who}; pause each by UPN.`)
    case 'noSuchLink':
      throw new HttpProblem(400, 'There is no link of this id. Links are named "FROM to TO".')
    case 'past':
      throw new HttpProblem(400, 'The pause would end before it begins.')
    case 'notStored':
      throw new HttpProblem(503, 'The pause could not be stored. Try again; the log of the hub says more.')
  }
}

function checkEnds({ minutes, until, endOfDay }: Static<typeof pauseBody>): void {
  const ends = [minutes, until, endOfDay].filter((end) => end !== undefined)
  if (ends.length > 1) throw new HttpProblem(400, 'Say only one of minutes, until and endOfDay.')
}

function wishOf(text: string | undefined): PauseWish {
  if (text === undefined) return {}
  return text === 'day' ? { endOfDay: true } : { minutes: Number(text) }
}

/** PUT and DELETE /people/{key}/pause, and POST /pause/{connector}/{address} for a star code on the phone. */
export function createPauseRoutes(pausesOf: Seen<PausePort<PersonView>>): readonly Route[] {
  const person = {
    path: '/people/:key/pause',
    scope: 'signal',
    about: 'people',
    self: true,
    params: { ...personParams },
  } as const
  return [
    {
      ...person,
      method: 'PUT',
      operationId: 'pausePerson',
      summary: 'Switch sync off for a person, for a while',
      description:
        'What was written for the person is taken back. At the end calls count again at once; what was chosen before the end does not take effect afterwards.',
      query: { ...tenantQuery },
      body: { ...pauseBody },
      answers: { 200: { description: 'The person.', schema: personSchema } },
      handle: async (request) => {
        const { key } = request.params as PersonParams
        const body = request.body as Static<typeof pauseBody>
        checkEnds(body)
        return answer(
          await pausesOf(request).pause({ key, tenant: (request.query as TenantQuery).tenant }, body),
          key,
        )
      },
    },
    {
      ...person,
      method: 'DELETE',
      operationId: 'resumePerson',
      summary: 'Switch sync on again',
      query: { ...resumeQuery },
      answers: { 200: { description: 'The person.', schema: personSchema } },
      handle: async (request) => {
        const { key } = request.params as PersonParams
        const { tenant, link: one } = request.query as Static<typeof resumeQuery>
        return answer(await pausesOf(request).resume({ key, tenant }, one), key)
      },
    },
    {
      method: 'POST',
      path: '/pause/:connector/:address',
      operationId: 'pauseAddress',
      summary: 'The same for whoever is at an address: for a star code on the phone',
      scope: 'signal',
      about: 'tenant',
      oneTenant: true,
      params: { ...addressParams },
      query: { ...addressQuery },
      answers: { 200: { description: 'The person.', schema: personSchema } },
      handle: async (request) => {
        const { connector, address } = request.params as AddressParams
        const query = request.query as Static<typeof addressQuery>
        const who = { connector, address, tenant: query.tenant }
        const done =
          query.for === 'off'
            ? await pausesOf(request).resume(who, undefined)
            : await pausesOf(request).pause(who, wishOf(query.for))
        return answer(done, `${connector} ${address}`)
      },
    },
  ]
}
