import { gunzipSync, gzipSync } from 'node:zlib'
import { BusFailure } from '../core/bus.ts'

/** From here on packing costs less than sending, bytes. */
const worthPacking = 16 * 1024
/** What is unpacked may be at most so large, bytes: a few bytes can stand for a gigabyte. */
const mostUnpacked = 64 * 1024 * 1024
/** First byte of gzip (RFC 1952 section 2.3.1); no JSON text begins with it. */
const gzipMark = 0x1f

/** A message as bytes. @throws BusFailure tooLarge */
export function packMessage(message: unknown, most: number): Uint8Array {
  const text = Buffer.from(JSON.stringify(message ?? null))
  const packed = text.length < worthPacking ? text : gzipSync(text, { level: 1 })
  if (packed.length <= most) return packed
  throw new BusFailure(
    'tooLarge',
    `A message of ${packed.length} bytes, and the servers carry ${most}. Raise max_payload of every NATS server`,
  )
}

/** @throws Error for bytes that are no message. */
export function unpackMessage(bytes: Uint8Array): unknown {
  const text = bytes[0] === gzipMark ? gunzipSync(bytes, { maxOutputLength: mostUnpacked }) : bytes
  return JSON.parse(Buffer.from(text).toString('utf8')) as unknown
}
