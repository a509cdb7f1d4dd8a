import type { Clock } from '../core/ports.ts'
import type { Channel, Message } from './message.ts'

export interface WebhookSettings {
  readonly url: string
  /** `whsec_` and base64 (standardwebhooks.com), or any other text, whose bytes are the key. */
  readonly secret: string
}

/** Headers that sign a message with each of the secrets. `at` is wall clock, milliseconds. */
export type Sign = (
  secrets: readonly string[],
  message: { readonly id: string; readonly at: number; readonly body: string },
) => Readonly<Record<string, string>>

/** How long an answer may take, milliseconds. */
const timeoutMs = 10_000

/**
 * Signed POSTs after the Standard Webhooks specification (github.com/standard-webhooks/standard-webhooks): headers
 * `webhook-id` (the same in every attempt), `webhook-timestamp` (seconds) and `webhook-signature`.
 */
export function createWebhook(
  settings: WebhookSettings,
  io: { readonly clock: Clock; readonly fetch: typeof fetch; readonly sign: Sign },
): Channel {
  // The path may hold a secret of its own.
  const name = `webhook at ${new URL(settings.url).host}`
  const abort = new AbortController()
  return {
    name,
    async send(message) {
      const body = JSON.stringify(payloadOf(message))
      const signed = io.sign([settings.secret], { id: `msg_${message.id}`, at: io.clock.wall(), body })
      const answer = await io
        .fetch(settings.url, {
          method: 'POST',
          redirect: 'manual',
          signal: AbortSignal.any([abort.signal, AbortSignal.timeout(timeoutMs)]),
          headers: { 'content-type': 'application/json', ...signed },
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
