import Type from 'typebox'
import { type AlertPort, problemKinds } from '../core/alert.ts'
import { type TenantQuery, tenantQuery } from './people-routes.ts'
import type { Route, Seen } from './route.ts'
import type { Veil } from './veil.ts'

const time = (description: string) => Type.Integer({ description: `${description} Milliseconds since 1970.` })

const alertSchema = Type.Object(
  {
    key: Type.String({ description: 'The same problem has the same key.' }),
    kind: Type.Enum([...problemKinds]),
    title: Type.String(),
    text: Type.String(),
    fix: Type.Optional(Type.String({ description: 'What to do.' })),
    since: time('When it began.'),
    raisedAt: time('When it was found.'),
    told: Type.Boolean({ description: 'False while quiet hours hold it back.' }),
    tenant: Type.Optional(Type.String({ description: 'Absent where it concerns the whole hub.' })),
    person: Type.Optional(Type.String({ description: 'Id of the person it is about, if it is about one.' })),
  },
  { title: 'Alert' },
)

const channelSchema = Type.Object(
  {
    name: Type.String(),
    waiting: Type.Integer({ description: 'Messages that were not taken yet.' }),
    trouble: Type.Optional(Type.String({ description: 'Why the last attempt failed.' })),
    sentAt: Type.Optional(time('Of the last message that was taken.')),
  },
  { title: 'Channel', description: 'A way in which people are told.' },
)

/** GET /alerts. */
export function createAlertRoutes(alertsOf: Seen<AlertPort>, veil: Veil): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/alerts',
      operationId: 'listAlerts',
      summary: 'What is wrong now, and whether people could be told',
      scope: 'read',
      about: 'tenant',
      query: { ...tenantQuery },
      answers: {
        200: {
          description: 'The alerts.',
          schema: Type.Object({ alerts: Type.Array(alertSchema), channels: Type.Array(channelSchema) }),
        },
      },
      handle: (request) => {
        const alerts = alertsOf(request)
        const shown = alerts
          .current((request.query as TenantQuery).tenant)
          .filter(
            ({ tenant, person }) =>
              tenant === undefined ||
              person === undefined ||
              !veil.withholds({ tenant, id: person }, request.caller),
          )
        return {
          alerts: shown.map((alert) => ({
            ...alert,
            since: Math.round(alert.since),
            raisedAt: Math.round(alert.raisedAt),
          })),
          channels: alerts.channels(),
        }
      },
    },
  ]
}
