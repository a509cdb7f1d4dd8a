import { createHmac, timingSafeEqual } from 'node:crypto'

/** Whether `hex` is the HMAC of these bytes; any letter case, in constant time. */
export function isSignedBy(
  body: Uint8Array,
  hex: string,
  by: { readonly algorithm: 'sha1' | 'sha256' | 'sha512'; readonly secret: string },
): boolean {
  const wanted = createHmac(by.algorithm, by.secret).update(body).digest()
  const given = Buffer.from(hex, 'hex')
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}
