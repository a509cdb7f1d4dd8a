import { createHmac, timingSafeEqual } from 'node:crypto'

/** A message may be this much older or newer than our clock, milliseconds, as the specification's own libraries have it. */
export const toleranceMs = 5 * 60_000

export interface SignedMessage {
  /** The same in every attempt. */
  readonly id: string
  /** Wall clock of this attempt, milliseconds. */
  readonly at: number
  readonly body: string
}

/** Why a delivery is not believed; in words for its sender, without a secret. */
export type Distrust = 'unsigned' | 'stale' | 'forged'

/** `whsec_` and base64 (standardwebhooks.com), or any other text, whose bytes are the key. */
function keyOf(secret: string): Buffer {
  const encoded = /^whsec_([A-Za-z0-9+/]+=*)$/.exec(secret)?.[1]
  return encoded === undefined ? Buffer.from(secret, 'utf8') : Buffer.from(encoded, 'base64')
}

function digest(secret: string, parts: readonly (string | Uint8Array)[]): Buffer {
  const hmac = createHmac('sha256', keyOf(secret))
  for (const part of parts) hmac.update(part)
  return hmac.digest()
}

/**
 * Headers of a signed message after the Standard Webhooks specification
 * (github.com/standard-webhooks/standard-webhooks): one signature per secret, so that a receiver may know either of two
 * while they are changed.
 */
export function signedHeaders(secrets: readonly string[], { id, at, body }: SignedMessage) {
  const timestamp = String(Math.floor(at / 1000))
  const signatures = secrets.map(
    (secret) => `v1,${digest(secret, [`${id}.${timestamp}.`, body]).toString('base64')}`,
  )
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') }
}

/** Undefined when one of the secrets has signed these bytes lately. `now` is wall clock, milliseconds. */
export function distrust(
  { headers, body }: { readonly headers: Readonly<Record<string, string>>; readonly body: Uint8Array },
  secrets: readonly string[],
  now: number,
): Distrust | undefined {
  const id = headers['webhook-id'] ?? ''
  const timestamp = headers['webhook-timestamp'] ?? ''
  const signature = headers['webhook-signature'] ?? ''
  if (id === '' || signature === '' || !/^\d{1,12}$/.test(timestamp)) return 'unsigned'
  const given = signature
    .split(' ')
    .flatMap((one) => (one.startsWith('v1,') ? [Buffer.from(one.slice(3), 'base64')] : []))
  let known = false
  for (const secret of secrets) {
    const wanted = digest(secret, [`${id}.${timestamp}.`, body])
    for (const one of given) if (one.length === wanted.length && timingSafeEqual(one, wanted)) known = true
  }
  if (!known) return 'forged'
  return Math.abs(now - Number(timestamp) * 1000) > toleranceMs ? 'stale' : undefined
}
