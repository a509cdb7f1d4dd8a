import { createHash, timingSafeEqual } from 'node:crypto'
import type { Delivery } from '../../core/connector.ts'
import { distrust } from '../kit/standard-webhooks.ts'
import type { Settings } from './settings.ts'

const digest = (text: string) => createHash('sha256').update(text, 'utf8').digest()

/** Why a delivery is not believed, in words for its sender; undefined when it has proved itself. */
export function doubt(
  delivery: Delivery,
  { proof, secrets, secretHeader }: Pick<Settings, 'proof' | 'secrets' | 'secretHeader'>,
  now: number,
): string | undefined {
  if (secrets.length === 0) return 'nothing is taken here: no secret is configured'
  if (proof === 'header') {
    const given = digest((delivery.headers[secretHeader] ?? '').replace(/^Bearer +/i, ''))
    const known = secrets.filter((secret) => timingSafeEqual(digest(secret), given))
    return known.length > 0 ? undefined : `the header ${secretHeader} does not carry the secret`
  }
  switch (distrust(delivery, secrets, now)) {
    case undefined:
      return undefined
    case 'unsigned':
      return 'webhook-id, webhook-timestamp and webhook-signature are needed (Standard Webhooks)'
    case 'stale':
      return 'webhook-timestamp is more than five minutes away from the time here'
    case 'forged':
      return 'no signature of webhook-signature fits'
  }
}
