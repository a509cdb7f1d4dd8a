import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Delivery, DeliveryAnswer } from '../../core/connector.ts'
import { readEvent, type YeastarEvent } from './events.ts'

/** `X-Signature`: Base64 of the HMAC-SHA256 of the bytes (developer guide, Webhook). In constant time. */
export function isSigned({ headers, body }: Pick<Delivery, 'headers' | 'body'>, secret: string): boolean {
  const wanted = createHmac('sha256', secret).update(body).digest()
  const given = Buffer.from(headers['x-signature'] ?? '', 'base64')
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

/** What is answered, and the event where it may be believed. */
export function judgeDelivery(
  delivery: Delivery,
  secret: string | undefined,
): { readonly answer: DeliveryAnswer; readonly event?: YeastarEvent } {
  if (secret === undefined) return { answer: { status: 404 } }
  if (delivery.method !== 'POST') return { answer: { status: 405, headers: { allow: 'POST' } } }
  if (!isSigned(delivery, secret)) return { answer: { status: 401 } }
  const event = readEvent(Buffer.from(delivery.body).toString('utf8'))
  // The PBX cannot do better next time: what is signed is taken, understood or not.
  return { answer: { status: 200 }, event }
}
