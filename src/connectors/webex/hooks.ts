import { fieldsOf, readJson, textOf } from '../kit/http.ts'
import type { TokenHolder } from '../kit/token-holder.ts'
import { failureOf, type WebexClient, type WebexReply } from './client.ts'

/** What a webhook of ours has to be. */
export interface WantedHook {
  readonly name: string
  readonly targetUrl: string
  readonly secret: string
}

/**
 * Sees to it that the person's calls are told to us: makes the webhook, moves it when the hub has moved, switches it on
 * again when Webex switched it off. Undefined when it stands; else why not, in words.
 */
export async function keepWebhook(
  client: WebexClient,
  wanted: WantedHook,
  as: TokenHolder,
): Promise<string | undefined> {
  const send = (method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown) =>
    client.send({
      call: 'webhooks',
      method,
      path,
      priority: 'hot',
      as,
      ...(body === undefined ? {} : { body }),
    })
  const listed = await send('GET', '/webhooks?max=100')
  const { items } = fieldsOf(listed.kind === 'ok' ? listed.json : undefined)
  if (!Array.isArray(items)) return reasonOf(listed)
  const ours = items
    .map(fieldsOf)
    .find(({ name, resource }) => name === wanted.name && resource === 'telephony_calls')
  const { name, targetUrl, secret } = wanted
  if (!ours) {
    const made = { name, targetUrl, secret, resource: 'telephony_calls', event: 'all' }
    const reply = await send('POST', '/webhooks', made)
    return reply.kind === 'ok' ? undefined : reasonOf(reply)
  }
  const stands = ours.targetUrl === targetUrl && ours.status === 'active' && ours.secret === secret
  if (stands) return undefined
  const path = `/webhooks/${encodeURIComponent(textOf(ours.id) ?? '')}`
  const reply = await send('PUT', path, { name, targetUrl, secret, status: 'active' })
  return reply.kind === 'ok' ? undefined : reasonOf(reply)
}

function reasonOf(reply: WebexReply): string {
  return reply.kind === 'ok'
    ? 'the list of webhooks was not understood'
    : failureOf(reply, 'The webhooks').message
}

/** Whose call it is: the webhook is the person's own. Undefined for a document that is no such delivery. */
export function decodeDelivery(body: Uint8Array): { readonly personId: string } | undefined {
  const fields = fieldsOf(readJson(Buffer.from(body).toString('utf8')))
  const data = fieldsOf(fields.data)
  const personId = textOf(fields.createdBy) ?? textOf(fields.actorId)
  const isCall = fields.resource === 'telephony_calls' && textOf(data.callId) !== undefined
  return isCall && personId !== undefined ? { personId } : undefined
}
