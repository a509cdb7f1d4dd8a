import type { Delivery } from '../../core/connector.ts'
import { isSignedBy } from '../kit/hmac.ts'

/**
 * `X-Spark-Signature` is the HMAC-SHA1 of the raw body in hex. Newer material names `X-Webex-Signature` with SHA-256 or
 * SHA-512; which of the two, its length tells.
 */
export function isGenuine({ headers, body }: Pick<Delivery, 'headers' | 'body'>, secret: string): boolean {
  const spark = headers['x-spark-signature']
  if (spark !== undefined) return isSignedBy(body, spark, { algorithm: 'sha1', secret })
  const webex = headers['x-webex-signature']?.replace(/^sha(256|512)=/, '')
  if (webex === undefined) return false
  return isSignedBy(body, webex, { algorithm: webex.length > 64 ? 'sha512' : 'sha256', secret })
}
