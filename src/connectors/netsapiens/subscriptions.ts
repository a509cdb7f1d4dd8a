import type { ConnectorContext } from '../../core/connector.ts'
import { callbackSecret, canDeliver } from '../kit/callback.ts'
import { fieldsOf } from '../kit/http.ts'
import type { ApiClient, ApiReply } from './client.ts'
import { textIn } from './fields.ts'

/** One model per subscription (docs.ns-api.com/docs/event-subscriptions-1). */
export const models = ['call', 'presence'] as const
type Model = (typeof models)[number]

/** How the subscriptions stand. `delivers` is true when calls and presence are posted to us. */
export interface HookState {
  readonly delivers: boolean
  /** In words, where something is missing. */
  readonly detail?: string
  readonly fix?: string
  /** Those of ours that are in force. */
  readonly kept?: readonly KeptSubscription[]
}

/** One subscription of ours. */
export interface KeptSubscription {
  readonly model: Model
  /** Wall clock, milliseconds. */
  readonly expiresAt: number
  /** It was made, moved or prolonged just now. */
  readonly fresh: boolean
}

/** An event subscription of the domain (schema Subscription), ours or another's. */
export interface Subscription {
  readonly id: string
  readonly model: string
  readonly url: string
  /** Wall clock, milliseconds; undefined where it is not told. */
  readonly expiresAt: number | undefined
  readonly errors: number
}

/** Ours end by themselves when the hub is gone. */
const lifeMs = 7 * 86_400_000

export function decodeSubscriptions(json: unknown): readonly Subscription[] | undefined {
  if (!Array.isArray(json)) return undefined
  return json.flatMap((each) => {
    const fields = fieldsOf(each)
    const id = textIn(fields, ['id'])
    if (id === undefined) return []
    const expires = Date.parse(`${textIn(fields, ['subscription-expires-datetime'])?.replace(' ', 'T')}Z`)
    return [
      {
        ...{ id, model: textIn(fields, ['model']) ?? '', url: textIn(fields, ['post-url']) ?? '' },
        expiresAt: Number.isNaN(expires) ? undefined : expires,
        errors: Number(fields['error-count']) || 0,
      },
    ]
  })
}

/** Subscriptions of the domain; the reply where they cannot be looked at. */
export async function readSubscriptions(client: ApiClient): Promise<readonly Subscription[] | ApiReply> {
  const path = client.domainPath('subscriptions')
  const reply = await client.send({ call: 'subscriptions', method: 'GET', path, priority: 'hot' })
  if (reply.kind !== 'ok') return reply
  return (
    decodeSubscriptions(reply.json) ?? { kind: 'malformed', reason: 'the subscriptions were not understood' }
  )
}

/** Makes, moves and prolongs our subscriptions. Those of others are left alone. */
export async function keepSubscriptions(
  client: ApiClient,
  context: Pick<ConnectorContext, 'callbackUrl' | 'memory' | 'log' | 'clock'>,
): Promise<HookState> {
  const root = context.callbackUrl()
  if (!client.settings.webhooks) return { delivers: false }
  if (root === undefined) return { delivers: false, detail: 'the hub does not listen yet' }
  if (!canDeliver(root, client.url)) {
    return {
      delivers: false,
      detail: 'the platform cannot reach this hub',
      fix: 'Set "http.publicUrl" to an address of the hub that the platform reaches.',
    }
  }
  const found = await readSubscriptions(client)
  if ('kind' in found) return unusable(found)
  const url = `${root}/${await callbackSecret(context)}`
  const kept: KeptSubscription[] = []
  for (const model of models) {
    const ours = found.find((each) => each.model === model && each.url.startsWith(`${root}/`))
    const now = context.clock.wall()
    const reply = await keepOne(client, { model, url, ours, now })
    if (reply && reply.kind !== 'ok' && reply.kind !== 'malformed') return unusable(reply)
    if (reply) context.log.info('the platform posts events to the hub', { model })
    const expiresAt = reply || ours?.expiresAt === undefined ? now + lifeMs : ours.expiresAt
    kept.push({ model, expiresAt, fresh: reply !== undefined })
    if (ours && ours.url === url && ours.errors > 0) {
      context.log.warn('the platform could not deliver every event', { model, errors: ours.errors })
    }
  }
  return { delivers: true, kept }
}

async function keepOne(
  client: ApiClient,
  about: { model: Model; url: string; ours: Subscription | undefined; now: number },
): Promise<ApiReply | undefined> {
  const { model, url, ours, now } = about
  const half = (ours?.expiresAt ?? now) - now < lifeMs / 2
  if (ours && ours.url === url && !half && ours.errors === 0) return undefined
  const body = {
    model,
    'post-url': url,
    domain: client.settings.domain,
    user: '*',
    'subscription-geo-support': 'yes',
    'subscription-expires-datetime': new Date(now + lifeMs).toISOString().slice(0, 19).replace('T', ' '),
  }
  const path = client.domainPath('subscriptions')
  if (ours) {
    const change = { ...body, 'error-count': 0 }
    const at = `${path}/${encodeURIComponent(ours.id)}`
    return client.send({ call: 'subscribe', method: 'PUT', path: at, priority: 'hot', body: change })
  }
  const made = await client.send({ call: 'subscribe', method: 'POST', path, priority: 'hot', body })
  // There is one already, perhaps from an answer that was lost: the next look takes it up.
  return made.kind === 'refused' && made.status === 409 ? undefined : made
}

function unusable(reply: ApiReply): HookState {
  const what = 'event subscriptions cannot be made'
  if (reply.kind !== 'refused') {
    return { delivers: false, detail: `${what}: ${'reason' in reply ? reply.reason : 'no answer'}` }
  }
  const { message, fix } = reply.failure
  return { delivers: false, detail: `${what}: ${message}`, ...(fix && { fix }) }
}
