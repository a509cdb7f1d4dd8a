import Type from 'typebox'
import type { ExternalSignal } from '../core/view.ts'
import {
  noSuchPerson,
  type PersonParams,
  personParams,
  type TenantQuery,
  tenantQuery,
} from './people-routes.ts'
import { HttpProblem } from './problem.ts'
import type { Route, RouteContext } from './route.ts'
import { personSchema } from './view-schemas.ts'

const signalParams = Type.Object({
  ...personParams.properties,
  source: Type.String({
    pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$',
    description: 'Names the system that speaks; each has one signal per person.',
  }),
})

const state = Type.Enum(['available', 'away', 'busy', 'inACall', 'doNotDisturb'])

const signalBody = Type.Object(
  {
    state,
    ttl: Type.Number({ minimum: 1, maximum: 86_400, description: 'Seconds it lasts unless said again.' }),
    note: Type.Optional(Type.String({ maxLength: 200 })),
    wrapUp: Type.Optional(
      Type.Object(
        { state, seconds: Type.Number({ minimum: 1, maximum: 86_400 }) },
        {
          additionalProperties: false,
          description: 'What follows when the state ends or runs out, and for how long: work after a call.',
        },
      ),
    ),
  },
  { additionalProperties: false, title: 'Signal' },
)

type SignalParams = PersonParams & { source: string }

/** PUT and DELETE /people/{key}/signals/{source}: what an external system says of a person. */
export function createSignalRoutes({ hub, veil }: RouteContext): readonly Route[] {
  const common = {
    path: '/people/:key/signals/:source',
    scope: 'signal',
    about: 'people',
    params: { ...signalParams },
    query: { ...tenantQuery },
  } as const
  return [
    {
      ...common,
      method: 'PUT',
      operationId: 'putSignal',
      summary: 'Say a state for a person, for a time',
      description:
        'The same request again prolongs it. It ends by itself after `ttl` seconds, or with DELETE; then its wrap-up follows, where it has one.',
      body: { ...signalBody },
      answers: { 200: { description: 'The person, signal included.', schema: personSchema } },
      handle: async (request) => {
        const { key, source } = request.params as SignalParams
        const signal = request.body as ExternalSignal
        const person = await hub(request).putSignal(
          { key, source, tenant: (request.query as TenantQuery).tenant },
          signal,
        )
        if (!person) throw noSuchPerson(key)
        return veil.person(person, request.caller)
      },
    },
    {
      ...common,
      method: 'DELETE',
      operationId: 'deleteSignal',
      summary: 'Take back what was said',
      description: 'Its wrap-up begins, where it has one; a second DELETE ends that.',
      answers: { 204: { description: 'It no longer counts.' } },
      handle: async (request, reply) => {
        const { key, source } = request.params as SignalParams
        const { tenant } = request.query as TenantQuery
        if (!(await hub(request).deleteSignal({ key, source, tenant }))) {
          if (!hub(request).person(key, tenant)) throw noSuchPerson(key)
          throw new HttpProblem(404, `"${source}" says nothing of this person.`)
        }
        return reply.code(204).send()
      },
    },
  ]
}
