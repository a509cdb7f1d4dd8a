import Type, { type Static } from 'typebox'
import type { DayView } from '../core/day-view.ts'
import type { HistoryPort } from '../core/history-port.ts'
import { activities } from '../core/presence.ts'
import { noSuchPerson, type PersonParams, personParams, refuseHidden, tenantQuery } from './people-routes.ts'
import { HttpProblem } from './problem.ts'
import type { Route, RouteContext, Seen } from './route.ts'
import { withheld } from './veil.ts'
import { whoAsks } from './who.ts'

/** A look at more than a day is an export. */
const longestMs = 25 * 3_600_000

const moment = (description: string) =>
  Type.Integer({ minimum: 0, description: `${description} Milliseconds since 1970.` })

const dayQuery = Type.Object({
  ...tenantQuery.properties,
  from: moment('Where it begins.'),
  to: moment('Where it ends; at most 25 hours later.'),
})

const spans = Type.Array(
  Type.Object({
    from: Type.Integer(),
    to: Type.Integer(),
    activity: Type.Enum([...activities]),
    heard: Type.Boolean({ description: 'False while the system could not be heard.' }),
  }),
)

const daySchema = Type.Object(
  {
    tenant: Type.String(),
    id: Type.String(),
    from: Type.Integer(),
    to: Type.Integer(),
    board: spans,
    systems: Type.Array(Type.Object({ connector: Type.String(), spans })),
    writes: Type.Array(
      Type.Object({
        at: Type.Integer(),
        until: Type.Optional(
          Type.Integer({ description: 'When it was taken back; absent while it is there.' }),
        ),
        connector: Type.String(),
        address: Type.String(),
        slot: Type.String(),
        state: Type.String(),
      }),
      { description: 'What the hub wrote, oldest first.' },
    ),
    cut: Type.Boolean({ description: 'There was more than is told: its end is missing.' }),
  },
  { title: 'Day of a person' },
)

/** GET /people/{key}/day. */
export function createDayRoutes(
  { hub, veil }: Pick<RouteContext, 'hub' | 'veil'>,
  historyOf: Seen<HistoryPort>,
): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/people/:key/day',
      operationId: 'readDay',
      summary: 'What each system of a person showed through a stretch of the past, and what was written',
      description: 'Needs a retention of history; noted in the audit log.',
      scope: 'read',
      about: 'people',
      self: true,
      params: { ...personParams },
      query: { ...dayQuery },
      answers: { 200: { description: 'The stretch.', schema: daySchema } },
      handle: async (request): Promise<DayView> => {
        const { key } = request.params as PersonParams
        const { tenant, from, to } = request.query as Static<typeof dayQuery>
        refuseHidden({ hub, veil }, request)
        const person = hub(request).person(key, tenant)
        if (!person) throw noSuchPerson(key)
        if (veil.hides(person, request.caller)) throw new HttpProblem(403, withheld)
        if (to <= from || to - from > longestMs) {
          throw new HttpProblem(400, 'Ask for a stretch of at most 25 hours, its beginning first.')
        }
        const subject = { key: person.id, tenant: person.tenant, who: whoAsks(request) }
        const told = await historyOf(request).dayOf(subject, { from, to })
        if (!told) throw noSuchPerson(key)
        if ('none' in told) throw new HttpProblem(404, told.none)
        return told
      },
    },
  ]
}
