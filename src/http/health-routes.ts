import Type from 'typebox'
import { queueNames, repairKinds, type SystemDetails } from '../core/workings.ts'
import type { Caller } from './authorize.ts'
import { type TenantQuery, tenantQuery } from './people-routes.ts'
import type { Route, Seen } from './route.ts'
import type { Veil } from './veil.ts'
import type { HealthOf } from './within-duties.ts'

const time = (description: string) => Type.Integer({ description: `${description} Milliseconds since 1970.` })

const queueSchema = Type.Object(
  {
    queue: Type.Enum([...queueNames], {
      description:
        'turns: people whose state is to be worked out or stored; answers: writes without an answer yet; putOff: writes that the system put off or did not answer, to be sent again; the others: requests in front of the budget, the most urgent first.',
    }),
    depth: Type.Integer(),
    oldestAt: Type.Optional(time('Since when the first of them waits.')),
  },
  { title: 'Queue', description: 'One in which nothing waits is left out.' },
)

const budgetSchema = Type.Object(
  {
    used: Type.Integer({ description: 'Requests within the last 30 s.' }),
    limit: Type.Integer({ description: 'Allowed within 30 s, now.' }),
    ceiling: Type.Integer({ description: 'To which it may grow.' }),
    growth: Type.Integer({ description: 'By how much, with each 30 s without a refusal.' }),
    blockedUntil: Type.Optional(time('Nothing is sent until then.')),
    refusals: Type.Integer({ description: 'How often the system asked for fewer requests (429).' }),
    throttled: Type.Optional(
      Type.Object(
        {
          since: time('The first refusal.'),
          lastAt: time('The last one.'),
          retryAfterMs: Type.Number({ description: 'What the last one told to wait, milliseconds.' }),
        },
        { description: 'Refusals that the budget has not recovered from.' },
      ),
    ),
  },
  { title: 'Request budget' },
)

const subscriptionSchema = Type.Object(
  {
    kind: Type.String({ description: 'In the words of the system.' }),
    count: Type.Integer({ description: 'How many are in force.' }),
    expiresAt: Type.Optional(time('When the first of them ends unless it is renewed.')),
    renewals: Type.Integer({ description: 'How often one was made or renewed since the connector began.' }),
    heardAt: Type.Optional(time('Of the last notification.')),
    trouble: Type.Optional(Type.String({ description: 'Why there are none, or not all.' })),
  },
  { title: 'Subscription' },
)

const credentialSchema = Type.Object(
  {
    what: Type.Enum(['token', 'secret', 'certificate']),
    setting: Type.Optional(Type.String({ description: 'Path of the setting; a token has none.' })),
    expiresAt: Type.Optional(time('When it ends.')),
    trouble: Type.Optional(Type.String({ description: 'Why it could not be renewed.' })),
  },
  { title: 'Credential', description: 'What a system is signed in to with; never itself.' },
)

const kind = Type.Enum([...repairKinds], {
  description:
    'vanished: what was written had gone and was written again; unanswered: a write whose fate was not known was made sure of; leftover: something of ours that nobody remembered; missed: what changed while the system could not be heard.',
})

const systemSchema = Type.Object(
  {
    tenant: Type.String(),
    connector: Type.String(),
    title: Type.String(),
    queues: Type.Array(queueSchema),
    budget: Type.Optional(budgetSchema),
    subscriptions: Type.Array(subscriptionSchema),
    credentials: Type.Array(credentialSchema),
    repairs: Type.Object({
      counts: Type.Array(Type.Object({ kind, count: Type.Integer() })),
      latest: Type.Array(
        Type.Object({ kind, at: time('When.'), person: Type.String(), address: Type.String() }),
      ),
    }),
  },
  { title: 'Workings of a system' },
)

/** GET /health. */
export function createHealthRoutes(health: Seen<HealthOf>, veil: Veil): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/health',
      operationId: 'readHealth',
      summary: 'How each system works: queues, request budget, subscriptions, ends of credentials, repairs',
      description:
        'Counts since the hub began. What is wrong is in GET /alerts, states of health and unknown words in GET /connectors.',
      scope: 'read',
      about: 'tenant',
      query: { ...tenantQuery },
      answers: {
        200: {
          description: 'The systems, and what waits in the hub as a whole for those who run it.',
          schema: Type.Object({ queues: Type.Array(queueSchema), systems: Type.Array(systemSchema) }),
        },
      },
      handle: async (request) => {
        const { queues, systems } = await health(request)((request.query as TenantQuery).tenant)
        return { queues, systems: systems.map((one) => withoutHidden(one, veil, request.caller)) }
      },
    },
  ]
}

/** Whose state was mended is told to those who may see why something is shown of them. */
function withoutHidden(system: SystemDetails, veil: Veil, caller: Caller | undefined): SystemDetails {
  const { counts, latest } = system.repairs
  const mayTell = ({ person: id }: { readonly person: string }) => {
    const place = { tenant: system.tenant, id }
    return !veil.withholds(place, caller) && !veil.hides(place, caller)
  }
  return { ...system, repairs: { counts, latest: latest.filter(mayTell) } }
}
