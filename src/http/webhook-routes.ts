import Type, { type Static } from 'typebox'
import type { WebhookPort } from '../core/webhook-port.ts'
import { type TenantQuery, tenantQuery } from './people-routes.ts'
import { HttpProblem } from './problem.ts'
import type { Route, Seen } from './route.ts'
import { unansweredSchema } from './view-schemas.ts'

const time = (description: string) => Type.Integer({ description: `${description} Milliseconds since 1970.` })

const webhookView = Type.Object(
  {
    tenant: Type.String(),
    id: Type.String(),
    host: Type.String({ description: 'Of its address.' }),
    waiting: Type.Integer({ description: 'Events that were not taken yet.' }),
    failed: Type.Integer({ description: 'Events that were given up and can be replayed.' }),
    trouble: Type.Optional(Type.String({ description: 'Why the last attempt failed.' })),
    restsUntil: Type.Optional(time('When it is tried again.')),
    sentAt: Type.Optional(time('Of the last event that was taken.')),
  },
  { title: 'Webhook', description: 'A program that is told of changes.' },
)

const failedEvent = Type.Object(
  {
    tenant: Type.String(),
    webhook: Type.String(),
    id: Type.String({ description: 'Of the event, the same in every attempt.' }),
    person: Type.String(),
    at: time('When it happened.'),
    failedAt: time('When it was given up.'),
    attempts: Type.Integer(),
    reason: Type.String(),
  },
  { title: 'FailedEvent' },
)

const failedQuery = Type.Object({
  ...tenantQuery.properties,
  webhook: Type.Optional(
    Type.String({ maxLength: 64, description: 'Id of the webhook; all where left out.' }),
  ),
})

const outcome = Type.Union([Type.Literal('taken'), Type.Literal('failed')])

const delivery = Type.Object(
  {
    tenant: Type.String(),
    webhook: Type.String(),
    id: Type.String({ description: 'Of the event, the same in every attempt.' }),
    type: Type.String({ description: 'Of the event.' }),
    attempt: Type.Integer({ description: '1 for the first, or for the first since a replay.' }),
    at: time('When it began.'),
    tookMs: Type.Integer({ description: 'Milliseconds.' }),
    outcome,
    status: Type.Optional(Type.Integer({ description: 'HTTP; absent where nothing answered.' })),
    reason: Type.Optional(Type.String({ description: 'Why it failed.' })),
    nextAt: Type.Optional(time('It is not tried again before; absent where it is not tried again.')),
  },
  { title: 'Delivery', description: 'One attempt to deliver an event.' },
)

const deliveriesQuery = Type.Object({
  ...failedQuery.properties,
  outcome: Type.Optional(outcome),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000, description: 'The newest so many.' })),
})

const replayBody = Type.Object(
  {
    tenant: Type.Optional(Type.String({ maxLength: 64 })),
    webhook: Type.Optional(
      Type.String({ maxLength: 64, description: 'Id of the webhook; all where left out.' }),
    ),
    id: Type.Optional(Type.String({ maxLength: 64, description: 'Of one event; all where left out.' })),
  },
  { additionalProperties: false, title: 'Replay' },
)

const oneWebhook = Type.Object(
  {
    tenant: Type.String({ minLength: 1, maxLength: 64 }),
    webhook: Type.String({ minLength: 1, maxLength: 64, description: 'Id of the webhook.' }),
  },
  { additionalProperties: false, title: 'OneWebhook' },
)

/** GET /webhooks, GET /webhooks/failed, GET /webhooks/deliveries, POST /webhooks/test, POST /webhooks/replay, POST /webhooks/tell. */
export function createWebhookRoutes(webhooks: Seen<WebhookPort>): readonly Route[] {
  return [...questions(webhooks), ...acts(webhooks)]
}

function questions(webhooks: Seen<WebhookPort>): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/webhooks',
      operationId: 'listWebhooks',
      summary: 'Who is told of changes, and whether it works',
      scope: 'read',
      about: 'tenant',
      query: { ...tenantQuery },
      answers: {
        200: {
          description: 'The outgoing webhooks.',
          schema: Type.Object({ webhooks: Type.Array(webhookView) }),
        },
      },
      handle: (request) => ({ webhooks: webhooks(request).list((request.query as TenantQuery).tenant) }),
    },
    {
      method: 'GET',
      path: '/webhooks/failed',
      operationId: 'listFailedEvents',
      summary: 'Events that were given up, the newest first',
      description: 'At most 1,000 of each webhook are kept.',
      scope: 'read',
      about: 'tenant',
      query: { ...failedQuery },
      answers: {
        200: { description: 'The events.', schema: Type.Object({ events: Type.Array(failedEvent) }) },
      },
      handle: (request) => ({
        events: webhooks(request).failed(request.query as Static<typeof failedQuery>),
      }),
    },
    {
      method: 'GET',
      path: '/webhooks/deliveries',
      operationId: 'listDeliveries',
      summary: 'Attempts to deliver events, the newest first',
      description: 'The newest 1,000 of each webhook, none older than 30 days.',
      scope: 'read',
      about: 'tenant',
      query: { ...deliveriesQuery },
      answers: {
        200: { description: 'The attempts.', schema: Type.Object({ deliveries: Type.Array(delivery) }) },
      },
      handle: (request) => ({
        deliveries: webhooks(request).deliveries(request.query as Static<typeof deliveriesQuery>),
      }),
    },
  ]
}

function acts(webhooks: Seen<WebhookPort>): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/webhooks/test',
      operationId: 'testWebhook',
      summary: 'Send one event that is about nobody, and tell what came of it',
      description: 'Signed as all are, of the type `hookswitch.test`. It is not tried again.',
      scope: 'admin',
      about: 'tenant',
      body: { ...oneWebhook },
      answers: {
        200: {
          description: 'Whether it was taken, or why not.',
          schema: Type.Object({ taken: Type.Boolean(), reason: Type.Optional(Type.String()) }),
        },
      },
      handle: async (request) => {
        const { tenant, webhook } = request.body as Static<typeof oneWebhook>
        const found = await webhooks(request).test(tenant, webhook)
        if (!found) throw noWebhook(tenant, webhook)
        return found
      },
    },
    {
      method: 'POST',
      path: '/webhooks/replay',
      operationId: 'replayEvents',
      summary: 'Send events again that were given up',
      description:
        'With the ids they had. They come after what happened since: `sequence` tells the order. With `id`, an event that still waits is tried now.',
      scope: 'admin',
      about: 'tenant',
      body: { ...replayBody },
      answers: {
        200: {
          description: 'How many are on their way.',
          schema: Type.Object({ replayed: Type.Integer(), unanswered: unansweredSchema }),
        },
      },
      handle: async (request) => ({
        replayed: await webhooks(request).replay((request.body ?? {}) as Static<typeof replayBody>),
      }),
    },
    {
      method: 'POST',
      path: '/webhooks/tell',
      operationId: 'tellWebhookAgain',
      summary: 'Tell a receiver the state of everybody once more',
      description:
        'As to a new receiver, with `was` null: for one that has lost what it took. Nothing that was taken is kept here.',
      scope: 'admin',
      about: 'tenant',
      body: { ...oneWebhook },
      answers: {
        200: {
          description: 'Of how many people; who shows nothing of it is left out.',
          schema: Type.Object({ people: Type.Integer() }),
        },
      },
      handle: async (request) => {
        const { tenant, webhook } = request.body as Static<typeof oneWebhook>
        const people = await webhooks(request).tellAgain(tenant, webhook)
        if (people === undefined) throw noWebhook(tenant, webhook)
        return { people }
      },
    },
  ]
}

function noWebhook(tenant: string, webhook: string): HttpProblem {
  return new HttpProblem(404, `There is no webhook "${webhook}" of the tenant "${tenant}".`)
}
