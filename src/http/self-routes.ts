import type { FastifyRequest } from 'fastify'
import Type, { type Static } from 'typebox'
import type { AuditAct } from '../core/history.ts'
import type { CallsAs } from '../core/policy.ts'
import type { OwnSettings, SelfPort, SelfRefusal, SelfSubject } from '../core/self-port.ts'
import {
  noSuchPerson,
  type PersonParams,
  personParams,
  refuseHidden,
  type TenantQuery,
  tenantQuery,
} from './people-routes.ts'
import { HttpProblem } from './problem.ts'
import type { Route, RouteContext, Seen } from './route.ts'
import { whoAsks } from './who.ts'

const end = Type.Object({
  connector: Type.String({ description: 'Id of the connector.' }),
  title: Type.String(),
  kind: Type.String(),
})

const settingsSchema = Type.Object(
  {
    tenant: Type.String(),
    person: Type.String({ description: 'Id of the person.' }),
    directions: Type.Array(
      Type.Object({
        link: Type.String({ description: 'Id of the link.' }),
        ...{ from: end, to: end },
        on: Type.Boolean(),
        since: Type.Optional(Type.Number({ description: 'Since when it is off, milliseconds since 1970.' })),
        observeOnly: Type.Optional(
          Type.Literal(true, { description: 'The hub only watches here and writes nothing.' }),
        ),
      }),
    ),
    calls: Type.Optional(
      Type.Object(
        { chosen: Type.Optional(Type.Enum(['inACall', 'busy', 'nothing'])) },
        { description: 'Absent where the tenant leaves no choice.' },
      ),
    ),
  },
  { title: 'Own settings' },
)

const directionBody = Type.Object(
  {
    link: Type.String({ minLength: 1, maxLength: 200, description: 'Id of a link.' }),
    on: Type.Boolean(),
  },
  { additionalProperties: false, title: 'Direction' },
)

const callsBody = Type.Object(
  {
    as: Type.Enum(['inACall', 'busy', 'nothing', 'rules'], {
      description: 'How calls are shown in Teams; `rules` leaves it to the administrator.',
    }),
  },
  { additionalProperties: false, title: 'How calls are shown' },
)

const visitsQuery = Type.Object({
  tenant: Type.String({ minLength: 1, maxLength: 64, description: 'Id of the tenant.' }),
})

const visitsSchema = Type.Object(
  {
    tenant: Type.String(),
    all: Type.Integer({ description: 'People of the tenant.' }),
    opened: Type.Integer({ description: 'Of them, who opened their page or tab at least once.' }),
    never: Type.Array(Type.String(), { description: 'Ids of the others, at most a thousand.' }),
  },
  { title: 'Visits' },
)

function settled(result: OwnSettings | SelfRefusal | undefined, key: string): OwnSettings {
  if (result === undefined) throw noSuchPerson(key)
  if (!('refused' in result)) return result
  switch (result.refused) {
    case 'nobody':
      throw noSuchPerson(key)
    case 'noSuchLink':
      throw new HttpProblem(404, 'The person is kept in step over no such link.')
    case 'notAllowed':
      throw new HttpProblem(
        409,
        'This tenant leaves it to its rules how calls are shown (selfService.callsAs).',
      )
    case 'notStored':
      throw new HttpProblem(503, 'This could not be stored. Try again; the log of the hub says more.')
  }
}

/** /people/{key}/own: what everyone decides for themselves. */
export function createSelfRoutes(context: RouteContext, selfOf: Seen<SelfPort>): readonly Route[] {
  const { history } = context
  const place = (request: FastifyRequest): SelfSubject => {
    refuseHidden(context, request)
    const { key } = request.params as PersonParams
    const person = context.hub(request).person(key, (request.query as TenantQuery).tenant)
    if (!person) throw noSuchPerson(key)
    return { tenant: person.tenant, person: person.id }
  }
  const note = async (request: FastifyRequest, who: SelfSubject, deed: readonly [AuditAct, string]) => {
    const [what, detail] = deed
    const { tenant, person: about } = who
    await history?.(request).note({ ...{ tenant, who: whoAsks(request), about }, what, detail })
  }
  const common = {
    scope: 'admin',
    about: 'people',
    self: true,
    ...{ params: { ...personParams }, query: { ...tenantQuery } },
    answers: { 200: { description: 'What they decide, and have decided.', schema: settingsSchema } },
  } as const
  return [
    {
      ...{ ...common, method: 'GET', path: '/people/:key/own', operationId: 'readOwnSettings' },
      summary: 'What a person may decide for themselves, and has decided',
      handle: (request) =>
        settled(selfOf(request).read(place(request)), (request.params as PersonParams).key),
    },
    {
      ...{ ...common, method: 'PUT', path: '/people/:key/own/directions', operationId: 'switchDirection' },
      summary: 'Switch one direction on or off for a person',
      description:
        'Stays so, over pauses and restarts, until it is switched again. Switched off, what was written over it is taken back at once. Noted in the audit log.',
      body: { ...directionBody },
      handle: async (request) => {
        const who = place(request)
        const { link, on } = request.body as Static<typeof directionBody>
        const now = settled(await selfOf(request).switchDirection({ ...who, link, on }), who.person)
        await note(request, who, ['person.direction', `${link} ${on ? 'on' : 'off'}`])
        return now
      },
    },
    {
      ...{ ...common, method: 'PUT', path: '/people/:key/own/calls', operationId: 'chooseCalls' },
      summary: 'How the calls of a person are shown in Teams',
      description: 'Where the tenant leaves that to people (`selfService.callsAs`). Noted in the audit log.',
      body: { ...callsBody },
      handle: async (request) => {
        const who = place(request)
        const { as } = request.body as { readonly as: CallsAs | 'rules' }
        const wish = { ...who, as: as === 'rules' ? undefined : as }
        const now = settled(await selfOf(request).chooseCalls(wish), who.person)
        await note(request, who, ['person.calls', as])
        return now
      },
    },
    {
      ...{ ...common, method: 'POST', path: '/people/:key/own/visit', operationId: 'noteVisit' },
      summary: 'The person has opened their own page or tab',
      description: 'Counts only where the person asks for themselves.',
      handle: async (request) => {
        const who = place(request)
        if (isSelf(request, who)) await selfOf(request).noteVisit(who)
        return settled(selfOf(request).read(who), who.person)
      },
    },
    {
      ...{ method: 'GET', path: '/visits', operationId: 'readVisits', scope: 'admin', about: 'tenant' },
      summary: 'Who has never opened their own page or tab',
      query: { ...visitsQuery },
      answers: { 200: { description: 'How many came, and who did not.', schema: visitsSchema } },
      handle: async (request) => {
        const { tenant } = request.query as Static<typeof visitsQuery>
        const visits = await selfOf(request).visits(tenant)
        if (!visits) throw new HttpProblem(404, `There is no tenant "${tenant}".`)
        return visits
      },
    },
  ]
}

/** Somebody who signed in as the person: granted so, or an account by the person's name. */
function isSelf({ caller }: FastifyRequest, { tenant, person }: SelfSubject): boolean {
  if (!caller?.account) return false
  if (caller.name.toLowerCase() === person) return true
  return (
    caller.reach?.some(
      ({ tenant: own, only }) =>
        own === tenant && typeof only === 'object' && 'person' in only && only.person === person,
    ) ?? false
  )
}
