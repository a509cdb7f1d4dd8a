import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { GraphRefusal } from './graph-error.ts'
import type { Grant } from './tokens.ts'
import type { MicrosoftWorld } from './world.ts'

const minuteMs = 60_000
/** Lives that Graph gives a presence subscription (learn.microsoft.com/graph/api/resources/subscription). */
const life = { shortestMs: 45 * minuteMs, longestMs: 60 * minuteMs }
const validationMs = 10_000

interface Subscription {
  readonly id: string
  readonly resource: string
  readonly changeType: string
  readonly notificationUrl: string
  readonly applicationId: string
  readonly tenant: string
  endsAt: number
}

const invalid = (message: string) => new GraphRefusal(400, 'InvalidRequest', message)

function endOf(body: Readonly<Record<string, unknown>>, now: number): number {
  const asked = Date.parse(String(body.expirationDateTime))
  if (Number.isNaN(asked)) throw invalid('expirationDateTime is not a date and time.')
  if (asked > now + life.longestMs)
    throw invalid('Subscription expiration can only be 60 minutes in the future.')
  return Math.max(asked, now + life.shortestMs)
}

/** The handshake: whoever is at the address sends the token back as text. */
async function validate(url: string): Promise<void> {
  const token = `Validation: Testing client application reachability for subscription Request-Id: ${randomUUID()}`
  try {
    const address = new URL(url)
    address.searchParams.set('validationToken', token)
    const answer = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      signal: AbortSignal.timeout(validationMs),
    })
    if (answer.status === 200 && (await answer.text()) === token) return
  } catch {
    // As for a wrong answer.
  }
  throw new GraphRefusal(400, 'ValidationError', 'Subscription validation request failed.')
}

const describe = ({ endsAt, tenant: _, ...rest }: Subscription) => ({
  ...rest,
  expirationDateTime: new Date(endsAt).toISOString(),
})

/** Subscriptions to presence: made, prolonged and deleted; nothing is ever delivered. */
export function addSubscriptionRoutes(
  app: FastifyInstance,
  world: MicrosoftWorld,
  admit: (request: FastifyRequest) => { readonly grant: Grant },
): void {
  const all = new Map<string, Subscription>()
  const path = '/v1.0/subscriptions'
  const bodyOf = (request: FastifyRequest) => (request.body ?? {}) as Record<string, unknown>
  const find = (request: FastifyRequest): Subscription => {
    const { grant } = admit(request)
    const found = all.get((request.params as { readonly id: string }).id)
    if (found && found.applicationId === grant.clientId && found.endsAt > world.clock.wall()) return found
    throw new GraphRefusal(404, 'ResourceNotFound', 'The subscription does not exist.')
  }
  app.post(path, async (request, reply) => {
    const { grant } = admit(request)
    if (world.switches.subscriptions === 'refused') {
      throw new GraphRefusal(403, 'Forbidden', 'Presence subscriptions need a delegated permission.')
    }
    const { changeType, notificationUrl, resource } = bodyOf(request)
    const now = world.clock.wall()
    const endsAt = endOf(bodyOf(request), now)
    if (changeType !== 'updated' || !/^\/?communications\/presences/.test(String(resource))) {
      throw invalid('The lab knows subscriptions to presence only, with changeType updated.')
    }
    const isOwn = ({ applicationId, tenant }: Subscription) =>
      applicationId === grant.clientId && tenant === grant.tenant
    if ([...all.values()].some((one) => isOwn(one) && one.endsAt > now)) {
      throw new GraphRefusal(409, 'ExtensionError', 'A subscription already exists.')
    }
    await validate(String(notificationUrl))
    const made: Subscription = {
      ...{
        id: randomUUID(),
        resource: String(resource),
        changeType,
        notificationUrl: String(notificationUrl),
      },
      ...{ applicationId: grant.clientId, tenant: grant.tenant, endsAt },
    }
    all.set(made.id, made)
    return reply.code(201).send(describe(made))
  })
  app.patch(`${path}/:id`, async (request) => {
    const found = find(request)
    const endsAt = endOf(bodyOf(request), world.clock.wall())
    if (world.switches.subscriptions === 'renewable') found.endsAt = endsAt
    return describe(found)
  })
  app.delete(`${path}/:id`, async (request, reply) => {
    all.delete(find(request).id)
    return reply.code(204).send()
  })
}
