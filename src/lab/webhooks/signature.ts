import { createHmac } from 'node:crypto'

/** The three headers of a signed webhook, as the emulated system makes and checks them. `at`: wall clock, milliseconds. */
export function signWebhook(secret: string, { id, at, body }: { id: string; at: number; body: string }) {
  const time = String(Math.floor(at / 1000))
  return {
    'webhook-id': id,
    'webhook-timestamp': time,
    'webhook-signature': `v1,${createHmac('sha256', secret).update(`${id}.${time}.${body}`).digest('base64')}`,
  }
}

/** Whether one of the signatures is that of the secret. */
export function isSigned(secret: string, headers: Readonly<Record<string, unknown>>, body: string): boolean {
  const time = Number(headers['webhook-timestamp'])
  const signed = signWebhook(secret, { id: String(headers['webhook-id']), at: time * 1000, body })
  return String(headers['webhook-signature']).split(' ').includes(signed['webhook-signature'])
}
