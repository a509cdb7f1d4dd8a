import { createHmac } from 'node:crypto'
import type { Clock } from '../core/ports.ts'
import type { Channel, Message } from './message.ts'

export interface WebhookSettings {
  readonly url: string
  /** `whsec_` and base64 (standardwebhooks.com), or any other text, whose bytes are the key. */
  readonly secret: string
}

/** How long an answer may take, milliseconds. */
const timeoutMs = 10_000

/**
 * Signed POSTs after the Standard Webhooks specification (github.com/standard-webhooks/standard-webhooks): headers
 * `webhook-id` (the same in every attempt), `webhook-timestamp` (seconds) and `webhook-signature`.
 */
export function createWebhook(
  settings: WebhookSettings,
  io: { readonly clock: Clock; readonly fetch: typeof fetch },
): Channel {
  // The path may hold a secret of its own.
  const name = `webhook at ${new URL(settings.url).host}`
  const abort = new AbortController()
  return {
    name,
    async send(message) {
      const body = JSON.stringify(payloadOf(message))
      const timestamp = String(Math.floor(io.clock.wall() / 1000))
      const id = `msg_${message.id}`
      const answer = await io
        .fetch(settings.url, {
          method: 'POST',
          redirect: 'manual',
          signal: AbortSignal.any([abort.signal, AbortSignal.timeout(timeoutMs)]),
          headers: {
            'content-type': 'application/json',
            'webhook-id': id,
            'webhook-timestamp': timestamp,
            'webhook-signature': `v1,${sign(settings.secret, `${id}.${timestamp}.${body}`)}`,
          },
          body,
        })
        .catch((cause: unknown) => {
          throw new Error(`The ${name} cannot be reached.`, { cause })
        })
      await answer.body?.cancel()
      if (!answer.ok) throw new Error(`The ${name} answered ${answer.status}.`)
    },
    close: () => abort.abort(),
  }
}

/** Base64 of HMAC-SHA256. */
export function sign(secret: string, content: string): string {
  const encoded = /^whsec_([A-Za-z0-9+/]+=*)$/.exec(secret)?.[1]
  const key = encoded === undefined ? Buffer.from(secret, 'utf8') : Buffer.from(encoded, 'base64')
  return createHmac('sha256', key).update(content, 'utf8').digest('base64')
}

function payloadOf({ at, digest, raised, cleared }: Message) {
  return {
    type: digest ? 'alerts.digest' : 'alerts.changed',
    timestamp: new Date(at).toISOString(),
    data: {
      raised,
      cleared: cleared.map(({ problem, clearedAt }) => ({ ...problem, clearedAt })),
    },
  }
}
